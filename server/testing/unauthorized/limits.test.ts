/** One caller cannot hold the database or write a stranger's mailbox full. Covers SECURITY. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountsApi } from "../../../shared/api/accounts.ts";
import { enterAs, makeTenant, type MadeTenant } from "../../accounts/make.ts";
import { service } from "../../core/actor.ts";
import { sql } from "../../core/database/sql.ts";
import { problemOf } from "../answers.ts";
import { createWorld, type World } from "../world.ts";

let world: World;
let tenant: MadeTenant;

beforeAll(async () => {
  world = await createWorld({ limits: true, env: { STATEMENT_TIMEOUT_MS: "150" } });
  tenant = await makeTenant(world.core);
});
afterAll(() => world.stop());

describe("a statement that takes too long", () => {
  it("is cut, in a unit of work and beside it", async () => {
    const slow = sql`select pg_sleep(20)`;
    await expect(world.core.work(service(tenant.id, "test"), ({ rows }) => rows(slow))).rejects.toMatchObject({ code: "57014" });
    await expect(world.core.pools.app.query("select pg_sleep(20)")).rejects.toMatchObject({ code: "57014" });
  });

  it("leaves the process able to serve", async () => {
    const { token } = await enterAs(world.core, tenant.admin);
    expect(await world.api(token).call(accountsApi.me)).toMatchObject({ account: { email: tenant.admin.email } });
  });
});

describe("mail to somebody who did not ask", () => {
  it("stops after twenty a day, whoever sends it and from wherever", async () => {
    const to = "victim@people.example";
    const sent = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) => world.core.mailer.send({ to, subject: "Hello", html: "<p>x</p>", text: "x", key: `bomb-${n}` })),
    );
    expect(sent.filter(({ status }) => status === "fulfilled")).toHaveLength(20);
    await expect.poll(() => world.mailbox.mails.filter((mail) => mail.to === to).length).toBe(20);
    await world.core.mailer.send({ to: "another@people.example", subject: "Hello", html: "<p>x</p>", text: "x", key: "other" });
  });

  it("stops after ten calls from one address, known or unknown", async () => {
    const codes: (string | null)[] = [];
    for (let n = 0; n < 14; n += 1)
      codes.push(await problemOf(world.api().call(accountsApi.forgotPassword, { body: { email: `nobody${n}@people.example` } })));
    expect(codes.filter((code) => code === null).length).toBeLessThanOrEqual(10);
    expect(codes.at(-1)).toBe("rate_limited");
  });
});
