/** Hostile text in every place where somebody may write, and pages that tell when any of it does something. */
import { readFileSync } from "node:fs";
import type { BrowserContext } from "@playwright/test";
import { accountsApi } from "@switchboard/shared/api/accounts.ts";
import { conversationsApi, labelsApi } from "@switchboard/shared/api/conversations.ts";
import { followupsApi } from "@switchboard/shared/api/followups.ts";
import { platformApi, supportApi } from "@switchboard/shared/api/platform.ts";
import { repliesApi } from "@switchboard/shared/api/replies.ts";
import { tasksApi } from "@switchboard/shared/api/tasks.ts";
import { teamApi } from "@switchboard/shared/api/team.ts";
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { visitApi } from "@switchboard/shared/api/visit.ts";
import { createClient, type Client } from "@switchboard/shared/client/client.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { listenAsMember } from "@switchboard/server/conversations/make.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { demoPassword, superAdmin } from "@switchboard/server/demo/people.ts";
import type { Installation } from "./installation.ts";

/** One string a line; each would call `pwned` if anything took it for more than text. */
export const corpus: readonly string[] = readFileSync(new URL("corpus/xss.txt", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "");

/** What the API takes as text: no control characters. What has some is refused at the door, which other tests show. */
// oxlint-disable-next-line no-control-regex -- they are the point
const storable = corpus.filter((line) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(line) && line.isWellFormed());

/** As many different strings of the corpus as asked, spread over all of it, none longer than the field. */
export function some(count: number, longest: number): string[] {
  const fitting = storable.filter((line) => line.trim().length <= longest);
  return Array.from({ length: count }, (_, at) => fitting[Math.floor((at * fitting.length) / count)] ?? "x");
}
const one = (longest: number, at = 0.37) => some(100, longest)[Math.floor(at * 100)] ?? "x";

/** The whole corpus in messages of at most this many characters. */
export function messages(longest = 3_000): string[] {
  const made: string[] = [];
  let text = "";
  for (const line of storable) {
    if (text.length + line.length > longest) {
      made.push(text);
      text = "";
    }
    text += `${line}\n`;
  }
  return [...made, text];
}

export interface Watch {
  /** Every time that a string of the corpus did something, and every time that a policy had to stop one. */
  readonly fired: string[];
}

/** Before the first page: whatever opens in this context is watched, frames too. */
export async function watch(context: BrowserContext): Promise<Watch> {
  const fired: string[] = [];
  await context.exposeBinding("pwned", ({ frame }, what?: string) => void fired.push(`${what ?? "ran"} on ${frame.url()}`));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      const { pwned } = globalThis as unknown as { pwned: (what: string) => void }; // exposed just above
      pwned(`violation of ${violatedDirective} by ${blockedURI} ${sample}`);
    });
  });
  context.on("dialog", (dialog) => {
    fired.push(`a dialog says ${dialog.message()}`);
    void dialog.dismiss();
  });
  // No picture, style sheet or beacon of anybody else, and no page of theirs (SECURITY X-04).
  context.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(?:https?|wss?):$/.test(protocol) && hostname !== "localhost" && hostname !== "127.0.0.1")
      fired.push(`asks for ${request.url()}`);
  });
  return { fired };
}

export interface HostileTenant {
  id: string;
  slug: string;
  name: string;
  email: string;
  password: string;
  admin: Client;
  conversationId: string;
  /** Somebody of the team is there, so that the widget shows the chat, until this is called. */
  leave(): void;
}

const password = "nine yellow bicycles";

async function mailedSecret({ url }: Installation, to: string): Promise<string> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const mails = (await (await fetch(`${url}/demo/mail.json`)).json()) as { to: string; text: string }[];
    const secret = /https?:\/\/\S+#([\w.-]+)/.exec(mails.find((mail) => mail.to === to)?.text ?? "")?.[1];
    if (secret !== undefined) return secret;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No mail with a link to ${to}.`);
}

/** A tenant in which everything that has a text has one from the corpus. */
export async function makeHostileTenant(installation: Installation): Promise<HostileTenant> {
  const { url } = installation;
  const clientOf = (token?: string, agent?: string) =>
    createClient({
      baseUrl: url,
      fetch: (address, init) =>
        fetch(address, { ...init, headers: { ...(init?.headers as object), ...(agent ? { "user-agent": agent } : {}) } }),
      ...(token === undefined ? {} : { token: () => token }),
    });
  const open = clientOf();
  const email = `eve${newId().slice(-6)}@hostile.example`;
  const name = "<img src=x onerror=pwned()>\"'><svg/onload=pwned()>";
  const account = { email, password, name: "<script>pwned()</script> Eve", language: "en", zone: "UTC" } as const;
  await open.call(accountsApi.signUp, { body: { ...account, business: name, site: "hostile.example", businessType: "shop" } });
  await open.call(accountsApi.verifyEmail, { body: { secret: await mailedSecret(installation, email) } });
  const device = { name: one(limits.deviceName) };
  const signedIn = await open.call(accountsApi.signIn, { body: { email, password, device } });
  const [tenant] = signedIn.tenants;
  if (!tenant) throw new Error("Who signed up has a tenant.");
  const admin = clientOf(signedIn.access.token);
  // Without the limits of a plan, which would end the corpus early.
  const root = await open.call(accountsApi.platformSignIn, {
    body: { email: superAdmin.email, password: demoPassword, device: { name: "x" } },
  });
  const plan = { plan: "enterprise", reason: "a test" } as const;
  await clientOf(root.access.token).call(platformApi.setPlan, { params: { tenantId: tenant.tenantId }, body: plan });
  await settle(admin, url);
  const teams = await Promise.all(
    some(3, limits.teamName).map((text) => admin.call(teamApi.createTeam, { body: { id: newId(), name: text, memberIds: [] } })),
  );
  await many(some(8, limits.labelName), (text) => admin.call(labelsApi.create, { body: { id: newId(), name: text, colour: "#336699" } }));
  await many(some(8, limits.replyTitle), (text, at) =>
    admin.call(repliesApi.create, { body: { id: newId(), scope: "tenant", title: text, text: messages()[at] ?? text } }),
  );
  await admin.call(teamApi.createRole, { body: { id: newId(), name: one(limits.roleName), permissions: ["conversations.read"] } });
  await admin.call(teamApi.invite, { body: { id: newId(), email: `guest${newId().slice(-6)}@hostile.example`, role: "operator" } });
  await open.call(accountsApi.forgotPassword, { body: { email } });
  const conversationId = await talk(url, tenant.slug, admin, clientOf);
  await admin.call(conversationsApi.handOver, {
    params: { conversationId },
    body: { teamId: teams[0]?.id ?? null, assigneeId: null, comment: { id: newId(), body: one(limits.handOverComment) } },
  });
  await work(admin, conversationId);
  await admin.call(supportApi.ask, { body: { id: newId(), subject: one(limits.subject, 0.1), body: some(12, 70).join("\n") } });
  const ear = await listenAsMember(url, { token: signedIn.access.token });
  return { id: tenant.tenantId, slug: tenant.slug, name, email, password, admin, conversationId, leave: ear.close };
}

/** One after the other: a person who writes, not a flood. */
async function many<T>(list: readonly T[], run: (item: T, at: number) => Promise<unknown>): Promise<void> {
  for (const [at, item] of list.entries()) await run(item, at);
}

async function save(
  admin: Client,
  kind: "branding" | "domains" | "hours",
  change: (document: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  const { document, version } = await admin.call(tenantsApi.getSettings, { params: { kind } });
  const changed = change({ ...document });
  await admin.call(tenantsApi.saveSettings, { params: { kind }, body: { document: changed as never, base: version } });
}

async function settle(admin: Client, url: string): Promise<void> {
  await save(admin, "domains", () => ({ entries: [url] }));
  // Around the clock, so that the widget shows the chat whenever this runs.
  await save(admin, "hours", (document) => ({ ...document, always: true }));
  const [title, firstLine, greeting, away, launcherLabel, consent] = [
    one(limits.widgetTitle, 0.2),
    one(limits.widgetFirstLine, 0.4),
    one(limits.widgetFirstLine, 0.6),
    one(limits.widgetAway, 0.8),
    one(limits.widgetTitle, 0.5),
    some(6, 80).join(" "),
  ];
  const label = { en: one(limits.formLabel, 0.3) };
  const choices = some(6, limits.formLabel);
  await save(admin, "branding", (document) => ({
    ...document,
    texts: { en: { title, firstLine, greeting, away, launcherLabel, consent } },
    preChat: { enabled: true, fields: [{ key: "topic", kind: "choice", label, required: false, choices: [...new Set(choices)] }] },
  }));
}

/** Visitors whose browser says nothing but lies, and an answer as bad. */
async function talk(url: string, slug: string, admin: Client, clientOf: (token?: string, agent?: string) => Client): Promise<string> {
  const ascii = storable.filter((line) => /^[\u0020-\u007e]+$/.test(line));
  let conversationId = "";
  await many(some(6, limits.personName), async (text, at) => {
    const page = { url: `${url}/demo/?x=${encodeURIComponent(text)}#"><svg onload=pwned()>`, title: one(limits.pageTitle, at / 6) };
    const agent = ascii[at * 31] ?? "x";
    const started = await clientOf(undefined, agent).call(visitApi.start, { body: { tenant: slug, page, referrer: one(200, at / 6) } });
    const visitor = clientOf(started.token ?? undefined, agent);
    const more = Object.fromEntries(some(4, limits.attributeName).map((key, index) => [key, one(limits.attributeValue, index / 4)]));
    await visitor.call(visitApi.attributes, { body: { attributes: { name: text, company: one(limits.company, at / 6), ...more } } });
    await visitor.call(visitApi.page, { body: page });
    await visitor.call(visitApi.begin, { body: { id: newId(), answers: {}, consent: true } });
    const said = at === 0 ? messages() : [one(limits.message, at / 6)];
    await many(said, async (line) => {
      const sent = await visitor.call(visitApi.send, { body: { id: newId(), conversation: null, text: line } });
      if (at === 0) conversationId = sent.conversation.id;
    });
  });
  const params = { conversationId };
  await many(messages().slice(0, 4), (body) => admin.call(conversationsApi.note, { params, body: { id: newId(), body } }));
  await admin.call(conversationsApi.setSubject, { params, body: { subject: one(limits.subject) } });
  return conversationId;
}

async function work(admin: Client, conversationId: string): Promise<void> {
  const { contactId } = await admin.call(conversationsApi.get, { params: { conversationId } });
  const due = { at: new Date(Date.now() + 3_600_000).toISOString(), zone: "UTC" };
  await many(some(6, limits.taskTitle), async (title, at) => {
    const task = await admin.call(tasksApi.create, {
      body: { id: newId(), title, description: messages()[at] ?? "", due, contactId: contactId ?? null },
    });
    await admin.call(tasksApi.comment, { params: { taskId: task.id }, body: { id: newId(), body: some(30, 90).join("\n") } });
  });
  await many(some(6, limits.followupType), (type, at) =>
    admin.call(followupsApi.create, {
      body: { id: newId(), type, channel: "phone", due, notes: messages(2_000)[at] ?? "", contactId: contactId ?? null, conversationId },
    }),
  );
}
