/** Every command of the bridge. The type says that none is missing. */
import type { CommandName, CommandOutput, CommandParsed } from "../../bridge/index.ts";
import { isExternal } from "./external.ts";
import { findOlder } from "../search/search.ts";
import type { Desk } from "../desk.ts";
import { keepUnread } from "../tenant/kept-unread.ts";
import { Refusal } from "../refusal.ts";
import { setAvailability } from "../tenant/availability.ts";
import { callApi } from "./api.ts";
import { takeNext } from "./inbox.ts";
import { discard, edit, retry } from "./outbox.ts";
import { readHistory } from "./work.ts";

type Done<T> = T | Promise<T>;
export type Deeds = { readonly [N in CommandName]: (desk: Desk, input: CommandParsed<N>) => Done<CommandOutput<N>> };

const nothing = {};

export const deeds: Deeds = {
  "session.signIn": async (desk, input) => {
    const choices = await desk.session.signIn(input);
    desk.resume();
    return { tenants: choices.map(({ tenantId, name, role }) => ({ tenantId, name, role })) };
  },
  "session.openTenant": async (desk, { tenantId }) => {
    await desk.openTenant(tenantId);
    return nothing;
  },
  "session.closeTenant": async (desk, { tenantId, discardUnsent }) => ({ unsent: await desk.closeTenant(tenantId, discardUnsent) }),
  "session.signOut": async (desk, { discardUnsent }) => ({ unsent: await desk.signOut(discardUnsent) }),
  "session.invitations": async (desk) => ({ items: [...(await desk.session.invitations())] }),
  "session.answerInvitation": async (desk, { invitationId, accept }) => {
    await desk.session.answerInvitation(invitationId, accept);
    return nothing;
  },
  "session.setAvailability": async (desk, input) => {
    await setAvailability(desk.tenant(input.tenantId), input);
    return nothing;
  },

  "draft.save": (desk, { tenantId, placeId, mode, text }) => {
    desk.tenant(tenantId).saveDraft(placeId, mode, text);
    return nothing;
  },
  "conversation.loadEarlier": async (desk, { tenantId, conversationId, before }) => ({
    complete: await desk.tenant(tenantId).history.load(conversationId, before),
  }),
  "conversation.showEarlierPast": async (desk, { tenantId, conversationId }) => {
    const { store, past } = desk.tenant(tenantId);
    const contactId = store.cache.get("conversation", conversationId)?.contactId ?? null;
    if (contactId !== null) await past.showEarlier(contactId);
    return nothing;
  },
  "inbox.viewing": (desk, { conversations }) => {
    desk.setViewing(conversations);
    return nothing;
  },
  "conversation.unread": (desk, { tenantId, conversationId, on }) => {
    keepUnread(desk.tenant(tenantId), conversationId, on);
    return nothing;
  },
  "inbox.typing": (desk, { tenantId, conversationId, on, note }) => {
    desk.tenant(tenantId).link.say("typing", { conversation: conversationId, on, kind: note ? "note" : "message" });
    return nothing;
  },
  "inbox.takeNext": takeNext,
  "search.older": findOlder,

  mutate(desk, { tenantId, name, args }) {
    const tenant = desk.tenant(tenantId);
    const { conversationId } = args;
    if (name === "sendMessage" && typeof conversationId === "string") keepUnread(tenant, conversationId, false);
    return { mid: tenant.mutate(name, args) };
  },
  undo: (desk, { tenantId, mid }) => ({ undone: desk.tenant(tenantId).undo(mid) }),
  "outbox.retry": retry,
  "outbox.edit": edit,
  "outbox.discard": discard,
  "sync.now": (desk) => {
    desk.resume();
    return nothing;
  },
  api: callApi,
  "work.history": readHistory,

  "personal.set": (desk, { key, value }) => {
    desk.personal.set(key, value);
    return nothing;
  },

  "alarms.silence": (desk, { minutes }) => {
    desk.alarms.silence(minutes);
    return nothing;
  },
  "alarms.doNotDisturb": (desk, { on }) => {
    desk.personal.set("doNotDisturb", on ? true : null);
    desk.touched(new Set(["alarms"]));
    return nothing;
  },
  "alarms.test": (desk) => {
    desk.alarms.test();
    return nothing;
  },
  "alarms.soundUnlocked": (desk) => {
    desk.alarms.soundUnlocked();
    return nothing;
  },
  "alarms.answer": (desk, { id, action, minutes }) => {
    desk.alarms.answer(id, action, minutes);
    return nothing;
  },

  "shell.openExternal": (desk, { url }) => {
    if (!isExternal(url)) throw new Refusal("invalid_input", "Only web, mail and telephone links are opened.", { field: "url" });
    desk.ports.shell.openExternal(url);
    return nothing;
  },
  "shell.popOut": (desk, { tenantId, conversationId }) => {
    desk.ports.shell.popOut(tenantId, conversationId);
    return nothing;
  },
  "shell.window": (desk, { action }) => {
    desk.ports.shell.window(action);
    return nothing;
  },
  "shell.installUpdate": (desk) => {
    desk.ports.shell.installUpdate();
    return nothing;
  },
};
