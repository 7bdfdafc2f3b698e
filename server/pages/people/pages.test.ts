/** The people's pages as somebody walks through them: no button leads nowhere. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createWorld, type World } from "../../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

const read = async (path: string) => await (await fetch(world.url + path, { headers: person })).text();
const person = { accept: "text/html,application/xhtml+xml,*/*;q=0.8" };

describe("the people's pages", () => {
  const paths = ["/signup", "/signed-up", "/verify", "/forgotten", "/reset", "/invite", "/console", "/no-such-page"];

  it.each(paths)("%s leads nowhere that does not answer", async (path) => {
    const leads = [...(await read(path)).matchAll(/(?:href|src|data-then|data-done)="(\/[^"]*)"/g)].map(([, address = ""]) => address);
    expect(leads.length).toBeGreaterThan(2);
    for (const lead of leads) expect([lead, (await fetch(world.url + lead)).status]).toEqual([lead, 200]);
  });

  it("tells the way to the console, with the address that it asks for, also to whoever types the bare address", async () => {
    expect(await read("/console")).toContain(world.core.config.PUBLIC_URL);
    expect((await fetch(world.url)).url).toBe(`${world.url}/console`);
  });

  it.each([
    ["en", "There is nothing at this address"],
    ["th", "ไม่มีอะไรอยู่ที่ที่อยู่นี้"],
    ["ja", "このアドレスには何もありません"],
  ])("tells a person in %s that there is nothing at an address", async (language, title) => {
    const answer = await fetch(`${world.url}/admin/no-such-page`, { headers: { ...person, "accept-language": language } });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain(`<h1>${title}</h1>`);
  });

  it("tells a program nothing more than that", async () => {
    const type = async (path: string, accept: string) =>
      (await fetch(world.url + path, { headers: { accept } })).headers.get("content-type");
    expect(await type("/api/v1/no-such-thing", person.accept)).toContain("application/problem+json");
    expect(await type("/no-such-script.js", "*/*")).toContain("text/plain");
  });
});
