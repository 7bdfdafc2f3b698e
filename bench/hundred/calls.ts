/**
 * What people and widgets of a tenant do all day, as data: every reading call of members, visitors and the public that the server
 * registers, and the writing calls below. Left out, by name: what signs in, sends mail, ends or deletes, and what only an owner or a
 * super-admin does once in a while; those are not traffic.
 */
import type { Contract } from "@switchboard/shared/api/contract.ts";
import { protocolVersion, schemaVersion } from "@switchboard/shared/sync/protocol.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { features } from "@switchboard/server/features.ts";
import { idOf, ownerOf } from "../seed/names.ts";

/** Where a call happens: a conversation, its tenant, and the device that the tenant's admin has. */
export interface Place {
  conversation: number;
  tenant: number;
  device: string;
  epoch: string;
  /** How far that device has followed. */
  cursor: number;
}

export interface Asked {
  name: string;
  method: string;
  as: "member" | "visitor" | "public";
  path(at: Place): string;
  body?(at: Place): unknown;
}

export const place = (conversation: number, tenants: number, device: { id: string; epoch: string; cursor: number }): Place => ({
  conversation,
  tenant: ownerOf(conversation, tenants),
  device: device.id,
  epoch: device.epoch,
  cursor: device.cursor,
});

const caller = { protocol: protocolVersion, schema: schemaVersion, app: "bench" };
export const due = { at: "2030-01-15T09:00:00.000Z", zone: "Asia/Bangkok" };

const quarter = { from: "2029-12-01", to: "2030-02-28" };

const params: Record<string, (at: Place) => string> = {
  kind: () => "domains",
  version: () => "1",
  memberId: ({ tenant }) => idOf("member", tenant),
  contactId: ({ conversation }) => idOf("contact", conversation),
  conversationId: ({ conversation }) => idOf("conversation", conversation),
  conversation: ({ conversation }) => idOf("conversation", conversation),
  taskId: ({ tenant }) => idOf("task", tenant),
  followupId: ({ tenant }) => idOf("followup", tenant),
};

const queries: Record<string, (at: Place) => Record<string, string | number>> = {
  "visit.config": ({ tenant }) => ({ tenant: `house-${tenant}` }),
  "conversations.search": () => ({ q: "ordinary length" }),
  "reports.tasks": () => quarter,
  "reports.followups": () => quarter,
  "sync.history": ({ device, conversation }) => ({ device, ...caller, conversation: idOf("conversation", conversation) }),
  "sync.audit": ({ device }) => ({ device, ...caller, scopes: "tenant", cursor: 0 }),
};

/** Read seldom, and whole: a report, or the picture that an admin looks at beside the branding; not traffic. */
const seldom = new Set(["audit.export", "audit.verify", "logos.get", "reports.export", "sync.audit"]);

function pathOf({ name, path }: Pick<Contract, "name" | "path">, at: Place): string {
  const filled = path.replaceAll(/:(\w+)/gu, (_, param: string) => params[param]?.(at) ?? `:${param}`);
  const query = Object.entries(queries[name]?.(at) ?? {}).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return query.length > 0 ? `${filled}?${query.join("&")}` : filled;
}

const contracts = features.flatMap(({ endpoints }) => endpoints.map(({ contract }) => contract));
const sides = { member: "member", account: "member", visitor: "visitor", public: "public" } as const;

export const readings: readonly Asked[] = contracts.flatMap((contract) => {
  const { name, method, access } = contract;
  if (method !== "GET" || access.who === "platform" || seldom.has(name)) return [];
  return [{ name, method, as: sides[access.who], path: (at: Place) => pathOf(contract, at) }];
});

function writing(name: string, body: (at: Place) => unknown): Asked {
  const contract = contracts.find((one) => one.name === name);
  if (!contract || contract.access.who === "platform") throw new Error(`There is no call "${name}".`);
  return { name, method: contract.method, as: sides[contract.access.who], path: (at) => pathOf(contract, at), body };
}

const text = "Is the blue one still there in size 42?";

export const writings: readonly Asked[] = [
  writing("conversations.send", () => ({ id: newId(), body: text })),
  writing("conversations.note", () => ({ id: newId(), body: "Called back, nobody there." })),
  writing("conversations.read", () => ({ number: 1 })),
  writing("conversations.setSubject", () => ({ subject: `About size ${Math.ceil(Math.random() * 50)}` })),
  writing("visit.send", ({ conversation }) => ({ id: newId(), conversation: idOf("conversation", conversation), text })),
  writing("visit.read", () => ({ read: 1 })),
  writing("visit.page", () => ({ url: "https://shop.example/shoes", title: "Shoes" })),
  writing("contacts.update", () => ({ company: `Company ${Math.ceil(Math.random() * 50)}` })),
  writing("tasks.create", () => ({ id: newId(), title: "Send the catalogue" })),
  writing("followups.create", () => ({ id: newId(), due, type: "call", channel: "phone" })),
  writing("routing.setAvailability", () => ({ duty: "available" })),
  // As a device does it: what came since it last asked. From the beginning it would read all that this run has written, again and again.
  writing("sync.pull", ({ device, epoch, cursor }) => ({ device, ...caller, epoch, cursor, settled: 0 })),
];

/** What each tenant must have before: a task and a follow-up with known ids. */
export const firstThings: readonly Asked[] = [
  writing("tasks.create", ({ tenant }) => ({ id: idOf("task", tenant), title: "Call back" })),
  writing("followups.create", ({ tenant }) => ({ id: idOf("followup", tenant), due, type: "call", channel: "phone" })),
];
export const hello = writing("sync.hello", () => ({ device: null, ...caller, nonce: null, cursor: null, epoch: null }));
