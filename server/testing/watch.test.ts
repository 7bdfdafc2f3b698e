/** What the rules and the dashboard ask for is told by a server that has hardly begun, and each rule says what to do. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { visitApi } from "../../shared/api/visit.ts";
import { senderOf } from "../conversations/index.ts";
import { createWorld, type World } from "./world.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const alerts = read("deploy/watch/alerts.yml");
const dashboard = JSON.parse(read("deploy/watch/dashboard.json")) as { panels: { targets: { expr: string }[] }[] };
const namesIn = (text: string) => [...new Set(text.match(/switchboard_[a-z0-9_]+/g))];

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

describe("what is watched", () => {
  it("is told from the beginning", async () => {
    // A first call, whatever its answer: a histogram has no buckets before it. And what is made with the first message.
    await world
      .api()
      .call(visitApi.config, { query: { tenant: "nobody" } })
      .catch(() => undefined);
    senderOf(world.core);
    const told = new Set(namesIn(await world.core.metrics.text()));
    const asked = [...namesIn(alerts), ...dashboard.panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)))];
    expect(asked.length).toBeGreaterThan(15);
    expect(asked.filter((name) => !told.has(name))).toEqual([]);
  });

  it("has a runbook for each alert", () => {
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, "")
        .replaceAll(" ", "-");
    const headings = new Set([...read("docs/runbooks.md").matchAll(/^## (.*)$/gm)].map(([, heading = ""]) => slug(heading)));
    const runbooks = [...alerts.matchAll(/runbook: docs\/runbooks\.md#(\S+)/g)].map(([, anchor = ""]) => anchor);
    expect(runbooks).toHaveLength([...alerts.matchAll(/- alert:/g)].length);
    expect(runbooks.filter((anchor) => !headings.has(anchor))).toEqual([]);
  });
});
