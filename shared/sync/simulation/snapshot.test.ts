/** Snapshot + deltas = fresh snapshot, byte by byte, for every mutator and every kind of change by admins and jobs. */
import { describe, expect, it } from "vitest";
import { canonical } from "../audit.ts";
import { entityNames } from "../entities.ts";
import { mutators } from "../mutators/index.ts";
import { examples } from "../testing/acts.ts";
import { exampleRows, exampleTenant, idOf, laterTime, me, someTime } from "../testing/rows.ts";
import { put, remove } from "../view.ts";
import type { Change } from "../view.ts";
import { createDatabase } from "./database.ts";
import { createDevice } from "./device.ts";
import type { Device } from "./device.ts";
import { createRandom } from "./random.ts";
import { createServer } from "./server.ts";

const colleague = idOf("member", 2);
const otherTeam = idOf("team", 2);

function house(given: readonly Change[] = []) {
  const database = createDatabase();
  database.commit([
    ...exampleTenant.map(({ entity, row }) => ({ entity, id: row.id, row }) as Change), // a change is a named row
    put("member", { ...exampleRows.member, id: colleague, role: "operator" }),
    put("team", { id: otherTeam, name: "Support", createdAt: someTime }),
    put("teamMember", { id: idOf("teamMember", 2), teamId: idOf("team"), memberId: colleague }),
    put("conversation", { ...exampleRows.conversation, id: idOf("conversation", 2), teamId: idOf("team"), lastNumber: 0 }),
    put("message", { ...exampleRows.message, id: idOf("message", 20), conversationId: idOf("conversation", 2), number: 0 }),
    ...given,
  ]);
  let ids = 0;
  const random = createRandom(1);
  const newId = () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, "0")}`;
  const server = createServer({ database, removed: null, now: () => laterTime, meanwhile: () => undefined, newId });
  const open = (memberId: string): Device => {
    const name = `d${ids}`;
    const send = (deliver: () => void) => deliver();
    const device = createDevice({
      name,
      memberId,
      random,
      removed: null,
      server,
      now: () => laterTime,
      send,
      changed: () => undefined,
      tell: () => undefined,
    });
    device.hello();
    while (device.client().nextBootstrap()) device.bootstrap();
    return device;
  };
  return { database, open };
}

const content = (device: Device) =>
  entityNames.flatMap((entity) => Array.from(device.cache.list(entity), (row) => `${entity} ${canonical(row)}`)).toSorted();

function catchUp(device: Device): string[] {
  device.push(false);
  for (let pages = 0; pages < 4; pages += 1) device.pull(50);
  expect(device.client().waiting()).toEqual([]);
  return content(device);
}

describe("a device that follows holds what a fresh one is given", () => {
  it.each(mutators.filter((one) => one.name !== "nothing"))("after $name", ({ name }) => {
    const example = examples[name];
    const given = Object.entries(example?.given ?? {}).map(([entity, row]) => ({ entity, id: row.id, row }) as Change); // as above
    const { open } = house(given);
    const author = open(me);
    const followers = [open(me), open(colleague)];
    const before = content(author);
    author.act(name, example?.args, true);
    const after = catchUp(author);
    expect(author.outbox.rejected()).toEqual([]);
    // Except for a mark on what cannot be newer, the example changes something.
    expect(after).not.toEqual(before);
    expect(after).toEqual(content(open(me)));
    for (const follower of followers) expect(catchUp(follower)).toEqual(content(open(follower.memberId)));
  });

  const { conversation, task, team, contact, message, label, member } = exampleRows;
  const second = { ...conversation, id: idOf("conversation", 2), teamId: idOf("team"), lastNumber: 1 };
  const changes: Record<string, Change[]> = {
    "a member joins a team": [put("teamMember", { id: idOf("teamMember", 3), teamId: otherTeam, memberId: colleague })],
    "a member leaves a team": [remove("teamMember", idOf("teamMember", 2))],
    "a conversation moves out of sight": [put("conversation", { ...conversation, teamId: otherTeam })],
    "a conversation moves into sight": [put("conversation", { ...second, teamId: null })],
    "a member becomes an admin": [put("member", { ...member, id: colleague, role: "admin" })],
    "an admin becomes an operator": [put("member", { ...member, role: "operator" })],
    "a role without rights": [put("member", { ...member, id: colleague, role: idOf("role") })],
    "a team ends and its conversations go to the inbox": [put("conversation", { ...second, teamId: null }), remove("team", team.id)],
    "a conversation is deleted": [remove("conversation", conversation.id)],
    "a message is edited": [put("message", { ...message, body: "Hello!", editedAt: laterTime })],
    "a message is deleted": [remove("message", message.id)],
    "a visitor writes": [put("message", { ...message, id: idOf("message", 9), body: "Still there?", at: laterTime })],
    "a contact is renamed": [put("contact", { ...contact, name: "Somchai" })],
    "a label ends": [remove("label", label.id)],
    "a task is deleted": [remove("task", task.id)],
  };

  it.each(Object.entries(changes))("after: %s", (_what, change) => {
    const { database, open } = house();
    const followers = [open(me), open(colleague)];
    database.commit(change);
    for (const follower of followers) expect(catchUp(follower)).toEqual(content(open(follower.memberId)));
  });
});
