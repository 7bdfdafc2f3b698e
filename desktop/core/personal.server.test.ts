/** What a person chose on one computer, on another of theirs, against the real server. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeMember, makeTenant } from "../../server/accounts/make.ts";
import type { CommandInput } from "../bridge/index.ts";
import type { TestConsole } from "./testing/console.ts";
import { startProxy } from "./testing/proxy.ts";
import { openShop, type Shop } from "./testing/server.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

const key = "shortcuts" as const;
const choose = ({ page }: TestConsole, value: CommandInput<"personal.set">["value"]) => page.do("personal.set", { key, value });
const chosen = ({ page }: TestConsole, value: unknown) =>
  page.until("personal.get", { key }, (now) => JSON.stringify(now.value) === JSON.stringify(value));

it("follows the person at once, is nobody else's, and of two changes the later one stays on both", async () => {
  const opal = await shop.member();
  const proxy = await startProxy(shop.world.url);
  const [desk, laptop] = [await shop.console(opal), await shop.console(opal, {}, proxy.url)];
  const [tablet, colleague] = [await shop.console(opal), await shop.console(await shop.member())];
  await choose(desk, { single: "e" });
  await chosen(laptop, { single: "e" });
  expect(await colleague.page.ask("personal.get", { key })).toEqual({ value: null });

  // Both without hearing of each other: the one who chose last has the last word.
  proxy.down(true);
  await laptop.page.until("sync.state", {}, ({ link }) => link !== "online");
  await choose(laptop, { single: "l" });
  await choose(desk, { single: "d" });
  await chosen(tablet, { single: "d" });
  proxy.down(false);
  await laptop.page.do("sync.now", {});
  // The laptop's arrives last, whoever chose first: the server's order decides.
  await chosen(desk, { single: "l" });
  await chosen(laptop, { single: "l" });
  await choose(desk, null);
  await chosen(laptop, null);
  await proxy.close();
}, 60_000);

it("is the same in every tenant: a computer that has another one open than the first takes what is newer", async () => {
  const opal = await shop.member();
  const other = await makeTenant(shop.world.core, { site: "other.example" });
  await makeMember(shop.world.core, other.id, { account: opal });
  const open = async (made: TestConsole, tenantId: string) => {
    await made.page.do("session.openTenant", { tenantId });
    await made.page.until("session.state", {}, ({ tenants }) => tenants.some((one) => one.tenantId === tenantId && one.state === "ready"));
  };
  const [first, second] = [await shop.console(opal), await shop.console(opal)];
  await open(second, other.id);
  await choose(first, "old");
  await chosen(second, "old");
  await choose(second, "new");
  await chosen(first, "new");
}, 60_000);

it("silences the person's other computers, and only theirs, until it is taken back on any of them", async () => {
  const [opal, jonas] = [await shop.member(), await shop.member()];
  const [desk, laptop, colleague] = [await shop.console(opal), await shop.console(opal), await shop.console(jonas)];
  const quiet = ({ page }: TestConsole, on: boolean) => page.until("alarms.state", {}, ({ doNotDisturb }) => doNotDisturb === on);
  const heard = ({ page }: TestConsole) => page.heard("alarm.sound").length;
  await desk.page.do("alarms.doNotDisturb", { on: true });
  await quiet(laptop, true);
  await quiet(colleague, false);
  const before = heard(laptop);
  await shop.visitor("Hello?");
  await colleague.page.until("alarms.state", {}, ({ ringing }) => ringing.length > 0);
  await laptop.page.until("alarms.state", {}, ({ badge }) => badge > 0);
  expect([heard(laptop) - before, (await laptop.page.ask("alarms.state", {})).sound]).toEqual([0, "off"]);
  await laptop.page.do("alarms.doNotDisturb", { on: false });
  await quiet(desk, false);
}, 60_000);
