/** How a device of the console stays equal with the server. The handbook's page on sync is the description; rows: `sync/entities.ts`. */
import {
  auditAnswer,
  auditQuery,
  bootstrapAnswer,
  bootstrapRequest,
  helloAnswer,
  helloRequest,
  historyAnswer,
  historyQuery,
  pullAnswer,
  pullRequest,
  pushAnswer,
  pushRequest,
  syncLimits,
} from "../sync/protocol.ts";
import { z } from "zod";
import { contract, member } from "./contract.ts";
import { id, page, pageQuery } from "./fields.ts";

export const deviceShape = z.object({
  id: id("device"),
  memberId: id("member"),
  /** Of the computer, as its session was named. */
  name: z.string(),
  app: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  revokedAt: z.string().nullable(),
  can: z.object({ revoke: z.boolean() }),
});

const devicePage = { ...pageQuery, cursor: id("device").optional() };

const versions = ["upgrade_needed"] as const;

export const syncApi = {
  hello: contract({
    name: "sync.hello",
    method: "POST",
    path: "/api/v1/sync/hello",
    access: member("any"),
    summary: "Become a device, or come back as one",
    description:
      "`verdict` says how to go on: `ok` pull, `reset` drop confirmed rows and bootstrap, `upgrade` install a newer console and keep the outbox, `wipe` destroy the local database.",
    body: helloRequest,
    output: helloAnswer,
    errors: ["not_found"],
    idempotent: false,
  }),
  bootstrap: contract({
    name: "sync.bootstrap",
    method: "POST",
    path: "/api/v1/sync/bootstrap",
    access: member("any"),
    summary: "A page of everything that a fresh device needs",
    description: "`startSeq` is fixed by the first page; pull from it when `next` is null.",
    body: bootstrapRequest,
    output: bootstrapAnswer,
    errors: ["not_found", ...versions],
    rate: "heavy",
    idempotent: false,
    bulk: true,
  }),
  pull: contract({
    name: "sync.pull",
    method: "POST",
    path: "/api/v1/sync/pull",
    access: member("any"),
    summary: "What changed after the cursor, and which mutations it covers",
    body: pullRequest,
    output: pullAnswer,
    errors: ["not_found", ...versions],
    rate: "read",
    idempotent: false,
    bulk: true,
  }),
  push: contract({
    name: "sync.push",
    method: "POST",
    path: "/api/v1/sync/push",
    access: member("any"),
    summary: "Execute what was done on the device, in order, each once",
    description: "The device's own numbers make it repeatable: a number that was executed answers its stored result.",
    body: pushRequest,
    output: pushAnswer,
    errors: ["not_found", ...versions],
    bodyLimit: syncLimits.pushBytes,
    idempotent: false,
    // One that cannot be kept must be answered, or it would block the device's line for ever.
    judgesEach: true,
  }),
  history: contract({
    name: "sync.history",
    method: "GET",
    path: "/api/v1/sync/history",
    access: member("conversations.read"),
    summary: "Older messages of a conversation",
    query: historyQuery,
    output: historyAnswer,
    errors: ["not_found", ...versions],
  }),
  audit: contract({
    name: "sync.audit",
    method: "GET",
    path: "/api/v1/sync/audit",
    access: member("any"),
    summary: "Counts and hashes of what the device should hold",
    query: auditQuery,
    output: auditAnswer,
    errors: ["not_found", ...versions],
    rate: "heavy",
  }),
  devices: contract({
    name: "sync.devices",
    method: "GET",
    path: "/api/v1/sync/devices",
    access: member("any"),
    summary: "One's own devices that hold this tenant's data, newest first",
    query: z.strictObject(devicePage),
    output: page(deviceShape),
  }),
  teamDevices: contract({
    name: "sync.teamDevices",
    method: "GET",
    path: "/api/v1/team/devices",
    access: member("security.manage"),
    summary: "Everybody's devices that hold this tenant's data, newest first",
    query: z.strictObject(devicePage),
    output: page(deviceShape),
  }),
  revokeDevice: contract({
    name: "sync.revokeDevice",
    method: "DELETE",
    path: "/api/v1/sync/devices/:deviceId",
    access: member("any"),
    summary: "Tell a device to destroy what it has",
    description:
      "It gets nothing any more and wipes itself when it next connects; unsent work on it is lost. Its session is ended separately.",
    params: z.strictObject({ deviceId: id("device") }),
    errors: ["not_found", "forbidden"],
  }),
};
