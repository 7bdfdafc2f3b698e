import { expect, it } from "vitest";
import { popOutHash, readPopOut } from "./inbox/pop-out-address.ts";
import type { RendererPort } from "./port.ts";
import { withTabShell } from "./tab-shell.ts";

const ref = { tenantId: "0190a3c2-0000-7000-8000-000000000001", conversationId: "0190a3c2-0000-7000-8000-000000000002" };

function tab() {
  const opened: (readonly [string, string, string])[] = [];
  const asked: string[] = [];
  const port = {
    live: () => () => undefined,
    on: () => () => undefined,
    command: (name: string) => {
      asked.push(name);
      return Promise.resolve({});
    },
  } as unknown as RendererPort;
  const shell = withTabShell(port, {
    open: (...how) => opened.push(how),
    location: { pathname: "/console/" },
  });
  return { opened, asked, shell };
}

it("opens links and conversations by the browser itself, within the click", async () => {
  const { opened, asked, shell } = tab();
  const link = shell.command("shell.openExternal", { url: "https://example.com/a" });
  const window = shell.command("shell.popOut", ref);
  expect(opened).toEqual([
    ["https://example.com/a", "_blank", "noopener,noreferrer"],
    [`/console/${popOutHash(ref)}`, `conversation-${ref.conversationId}`, "popup,width=720,height=800"],
  ]);
  await link;
  await window;
  expect(asked).toEqual([]);
});

it.each(["javascript:alert(1)", "data:text/html,a", "file:///etc/passwd", "switchboard://conversation/1"])(
  "does not open %s",
  async (url) => {
    const { opened, shell } = tab();
    await expect(shell.command("shell.openExternal", { url })).rejects.toMatchObject({ code: "invalid_input" });
    expect(opened).toEqual([]);
  },
);

it("asks the core for everything else", async () => {
  const { asked, shell } = tab();
  await shell.command("sync.now", {});
  expect(asked).toEqual(["sync.now"]);
});

it("reads the address that it writes, and no other", () => {
  expect(readPopOut(popOutHash(ref))).toEqual(ref);
  expect(readPopOut(`#/pop-out/${ref.tenantId}/${ref.conversationId}`)).toEqual(ref);
  expect(readPopOut("#/inbox")).toBeUndefined();
  expect(readPopOut(`${popOutHash(ref)}/more`)).toBeUndefined();
});
