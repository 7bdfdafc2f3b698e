/** Whoever had on their computer what is kept no longer has it no longer, byte for byte as a fresh device. Covers SECURITY P-06. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { contactsApi } from "../../shared/api/contacts.ts";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { dayMs } from "../../shared/model/dates.ts";
import { newId } from "../core/ids.ts";
import { readyDevice } from "../sync/testing/device.ts";
import { makeOffice, type Office } from "../sync/testing/office.ts";
import { due } from "../testing/twins.ts";
import { createWorld, type World } from "../testing/world.ts";
import { keepAll, night } from "./make.ts";

let world: World;
let office: Office;
beforeAll(async () => {
  world = await createWorld();
  office = await makeOffice(world, "keeping.example");
});
afterAll(() => world.stop());

async function same(): Promise<void> {
  await world.settle();
  for (const { name, api, member, device } of office.readers) {
    await device.follow(3);
    expect([name, device.rows()]).toEqual([name, (await readyDevice(api, member.memberId, office.now)).rows()]);
  }
}

async function laterBy(count: number): Promise<void> {
  world.clock.advance(count * dayMs);
  for (const reader of office.readers) await reader.enter();
}

const held = () => office.readers.map(({ device }) => device.rows().join("\n"));

it("loses conversations, messages, what happened in them, marks, notices, tasks, reminders and contacts, and nothing else", async () => {
  const { api, member } = office.admin;
  const [gone, ofTeam, kept] = [
    await office.make.conversation(),
    await office.make.conversation(office.teamId),
    await office.make.conversation(),
  ];
  const task = await api.call(tasksApi.create, {
    body: { id: newId(), title: "Ask for the size", conversationId: gone.id, assigneeId: member.memberId, due, remindBefore: [10] },
  });
  await api.call(conversationsApi.note, {
    params: { conversationId: gone.id },
    body: { id: newId(), body: "Look", mentions: [office.outside.member.memberId] },
  });
  await office.outside.api.call(conversationsApi.read, { params: { conversationId: gone.id }, body: { number: 2 } });
  await api.call(tasksApi.move, { params: { taskId: task.id }, body: { to: "completed" } });
  const lone = (await api.call(contactsApi.create, { body: { id: newId(), name: "Niran" } })).id;
  for (const { id } of [gone, ofTeam, kept])
    await api.call(conversationsApi.setStatus, { params: { conversationId: id }, body: { to: "closed" } });
  // Everybody knows them from here on, and is away until they have gone.
  await same();
  const ids = [gone.id, ofTeam.id, task.id, lone, gone.contactId, ofTeam.contactId];
  for (const id of ids) expect(held()[0]).toContain(id);
  expect(held()[2]).toContain(gone.id);
  await laterBy(20);
  await kept.write("One more thing");
  await laterBy(10);
  const rules = { ...keepAll, conversationDays: 30, contactDays: 30 };
  await api.call(tenantsApi.saveSettings, { params: { kind: "retention" }, body: { document: rules, base: 1 } });
  await night(world);
  for (const { device } of office.readers) await device.follow(3);
  for (const rows of held()) for (const id of ids) expect(rows).not.toContain(id);
  for (const rows of held()) expect(rows).toContain(kept.id);
  await same();
});
