import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { markRead, setLabels, setStatus, setSubject, snooze } from "../../shared/sync/mutators/conversation-state.ts";
import { assignConversation, handOver, returnToQueue } from "../../shared/sync/mutators/conversations.ts";
import type { Mutator } from "../../shared/sync/mutators/define.ts";
import { pairId } from "../../shared/sync/ids.ts";
import { writer, type Actor, type MemberActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { action, endpoint, type Endpoint, type Staff } from "../core/http/endpoint.ts";
import { problem } from "../core/problem.ts";
import { mutate } from "../core/sync/mutation.ts";
import type { Unit } from "../core/work.ts";
import { findConversation, lockConversation, mayReach } from "./access.ts";
import { Conversation, Label, ReadMark } from "./entities.ts";
import { createLabel, mergeLabel, removeLabel, updateLabel } from "./labels.ts";
import { mutationOf } from "./mutations.ts";
import { countConversations, listConversations, pageForMember, searchConversations, showConversation, showMessage } from "./read-member.ts";
import { labelToRow } from "./rows.ts";
import { sendAsMember, type MemberMessage } from "./send-message.ts";
import { sendTestMessage } from "./test-message.ts";

type At = Unit<Staff>;

async function changed(unit: At, core: Core, mutator: Mutator, conversationId: string, args: object) {
  await mutate(core, writer(unit), mutationOf(mutator), { conversationId, ...args });
  return showConversation(unit, conversationId);
}

async function sent(core: Core, actor: Actor, message: MemberMessage) {
  const member = writer({ actor }).actor;
  await sendAsMember(core, member, message);
  return core.work<MemberActor, Awaited<ReturnType<typeof showMessage>>>(member, (unit) => showMessage(unit, message.id), {
    readOnly: true,
  });
}

export const conversationEndpoints: Endpoint[] = [
  action(conversationsApi.list, (unit: At, { query }) => listConversations(unit, query)),
  action(conversationsApi.counts, (unit: At) => countConversations(unit)),
  action(conversationsApi.search, (unit: At, { query }) => searchConversations(unit, query)),
  action(conversationsApi.get, (unit: At, { params }) => showConversation(unit, params.conversationId)),
  action(conversationsApi.messages, (unit: At, { params, query }) => pageForMember(unit, params.conversationId, query)),
  endpoint(conversationsApi.test, ({ core, actor, body }) => sendTestMessage(core, writer({ actor }).actor, body)),
  endpoint(conversationsApi.send, ({ core, actor, params, body }) => sent(core, actor, { ...params, ...body, kind: "operator" })),
  endpoint(conversationsApi.note, ({ core, actor, params, body }) => sent(core, actor, { ...params, ...body, kind: "note" })),

  action(conversationsApi.assign, async (unit: At, { core, params, body }) => {
    const { conversationId } = params;
    if (body.ifAssigneeId !== undefined) {
      await lockConversation(unit, conversationId);
      const { assigneeId = null } = await findConversation(unit, conversationId);
      if (assigneeId !== body.ifAssigneeId && assigneeId !== body.assigneeId) throw problem("stale_state", { data: { assigneeId } });
    }
    return changed(unit, core, assignConversation, conversationId, { assigneeId: body.assigneeId });
  }),
  action(conversationsApi.handOver, async (unit: At, { core, params, body }) => {
    const { conversationId } = params;
    await mutate(core, writer(unit), mutationOf(handOver), { conversationId, ...body });
    const handed = await unit.em.findOne(Conversation, { tenantId: unit.tenantId, id: conversationId });
    return { conversation: handed && mayReach(unit.actor, handed) ? await showConversation(unit, conversationId) : null };
  }),
  action(conversationsApi.returnToQueue, (unit: At, { core, params }) => changed(unit, core, returnToQueue, params.conversationId, {})),
  action(conversationsApi.setStatus, (unit: At, { core, params, body }) => changed(unit, core, setStatus, params.conversationId, body)),
  action(conversationsApi.snooze, (unit: At, { core, params, body }) => changed(unit, core, snooze, params.conversationId, body)),
  action(conversationsApi.setLabels, (unit: At, { core, params, body }) => changed(unit, core, setLabels, params.conversationId, body)),
  action(conversationsApi.setSubject, (unit: At, { core, params, body }) => changed(unit, core, setSubject, params.conversationId, body)),
  action(conversationsApi.read, async (unit: At, { core, params, body }) => {
    const member = writer(unit);
    await mutate(core, member, mutationOf(markRead), { conversationId: params.conversationId, number: body.number });
    const id = pairId(member.actor.memberId, params.conversationId);
    const mark = await unit.em.findOne(ReadMark, { tenantId: unit.tenantId, id }, { refresh: true });
    return { number: mark?.number ?? 0 };
  }),

  action(labelsApi.list, async (unit: At) => ({
    items: (await unit.em.find(Label, { tenantId: unit.tenantId }, { orderBy: { name: "asc" } })).map(labelToRow),
  })),
  action(labelsApi.create, async (unit: At, { body }) => labelToRow(await createLabel(writer(unit), body))),
  action(labelsApi.merge, async (unit: At, { params, body }) => labelToRow(await mergeLabel(writer(unit), params.labelId, body.into))),
  action(labelsApi.update, async (unit: At, { params, body }) => labelToRow(await updateLabel(writer(unit), params.labelId, body))),
  action(labelsApi.remove, async (unit: At, { params }) => {
    await removeLabel(writer(unit), params.labelId);
    return undefined;
  }),
];
