/** Addresses by hash: the page is the same in Electron, in the browser host and in a popped-out window. */
import { createHashHistory, createRootRoute, createRoute, createRouter, redirect, type RouteComponent } from "@tanstack/react-router";
import { PageFailed } from "./frame/page-failed.tsx";
import type { Section } from "./sections.ts";

function readPlace(search: Readonly<Record<string, unknown>>): {
  readonly tenant?: string;
  readonly tab?: string;
  readonly page?: string;
  readonly item?: string;
} {
  const text = (key: string) => (typeof search[key] === "string" && search[key] !== "" ? { [key]: search[key] } : {});
  return { ...text("tenant"), ...text("tab"), ...text("page"), ...text("item") };
}

/** One route a section; the frame around them is the root. */
export function createConsoleRouter(sections: readonly Section[], frame: RouteComponent, viewOf: (section: Section) => RouteComponent) {
  const root = createRootRoute({ component: frame, validateSearch: readPlace });
  const home = createRoute({
    getParentRoute: () => root,
    path: "/",
    beforeLoad: () => {
      // oxlint-disable-next-line typescript/only-throw-error -- the router's own way to say it
      throw redirect({ to: "/inbox" });
    },
  });
  const routes = sections.map((section) => createRoute({ getParentRoute: () => root, path: `/${section.id}`, component: viewOf(section) }));
  return createRouter({
    routeTree: root.addChildren([home, ...routes]),
    history: createHashHistory(),
    defaultNotFoundComponent: () => null,
    defaultErrorComponent: PageFailed,
    // Everything is local: nothing to preload, nothing to restore but what each view remembers itself.
    defaultPreload: false,
    scrollRestoration: false,
  });
}
