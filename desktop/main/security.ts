/** Every web contents gets the policies of `policy.ts`, whoever made it. Electron's objects are handed in, so that tests need no binary. */
import type { App, Session, WebContents } from "electron";
import { allowsPermission, isOwnPage } from "./policy.ts";

type GuardedApp = Pick<App, "on">;
type GuardedSession = Pick<Session, "setPermissionRequestHandler" | "setPermissionCheckHandler" | "setDevicePermissionHandler">;

export interface Guard {
  app: GuardedApp;
  session: GuardedSession;
  openExternal(address: string): void;
}

export function guard({ app, session, openExternal }: Guard): void {
  app.on("web-contents-created", (_event, contents) => guardContents(contents, openExternal));
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(allowsPermission(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, from) => allowsPermission(permission, from.endsWith("/") ? from : `${from}/`));
  session.setDevicePermissionHandler(() => false);
}

export function guardContents(contents: WebContents, openExternal: (address: string) => void): void {
  const stay = (event: { preventDefault(): void; url: string }) => {
    if (!isOwnPage(event.url)) event.preventDefault();
  };
  contents.on("will-navigate", stay);
  contents.on("will-frame-navigate", stay);
  contents.on("will-redirect", stay);
  contents.on("will-attach-webview", (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    // A link in a message: the system's browser, if it is a link at all. Never a window of ours.
    openExternal(url);
    return { action: "deny" };
  });
}
