import { fakeId } from "../fake/ids.ts";
import { colleagues, longConversation, minutes, seconds, tenantIds } from "../fake/world.ts";
import { storyNow } from "../moment.ts";
import type { FakeState } from "../fake/state.ts";
import type { AppStory } from "../story.ts";

const conversation = (key: string, tenant: keyof typeof tenantIds) => ({
  tenantId: tenantIds[tenant],
  conversationId: fakeId(`conversation ${key}`),
});
const supansa = conversation("supansa", "bm");
const max = conversation("maximiliane", "lb");
const pane = (key: string, shown: typeof supansa | undefined) => ({ key, shown, pinned: false });
const twoPanes = { panes: [pane("a", supansa), pane("b", max)], focused: 0 };

const asPictured = (state: FakeState): void => {
  state.drafts = {
    [`${supansa.conversationId} reply`]: "เคลมได้ภายใน 48 ชั่วโมงค่ะ คำสั่งซื้อหมายเลข ‹order number› ส่งวันจันทร์ ค่าส่ง ฿80 ค่ะ",
    [`${max.conversationId} note`]: "@Aiko please book the courier slot for Monday after 15:00, Bangkok time.",
  };
  state.sync = {
    ...state.sync,
    pending: 2,
    rejected: 1,
    receiving: { kind: "catch-up", done: 31, total: 46 },
    lastOffline: { from: minutes(3.8), to: seconds(40) },
  };
};

export const ringing = {
  id: "ring 1",
  kind: "waiting",
  tenantId: tenantIds.lb,
  about: { view: "conversation", id: fakeId("conversation oluwaseun"), name: "Oluwaseun Adebayo-Williams" },
  since: seconds(108),
  text: "Do you ship the touring frame to Lagos?",
  by: null,
  system: true,
};

export const inboxStories: readonly AppStory[] = [
  { name: "inbox", adjust: asPictured, memory: { layout: twoPanes, modes: { [max.conversationId]: "note" } } },
  {
    name: "inbox-four",
    memory: {
      layout: {
        panes: [pane("a", supansa), pane("b", max), pane("c", conversation("hatice", "kt")), pane("d", conversation("david", "bm"))],
        focused: 2,
      },
      columns: { list: 316, context: 280, showContext: false },
    },
  },
  { name: "inbox-empty", adjust: (state) => void (state.conversations = []) },
  {
    name: "inbox-offline",
    memory: { layout: twoPanes },
    adjust(state) {
      state.online = false;
      state.sync = { ...state.sync, link: "offline", since: minutes(4), pending: 1 };
      const [first] = state.conversations;
      if (first !== undefined) state.conversations = [{ ...first, earlier: "server" }, ...state.conversations.slice(1)];
    },
  },
  {
    name: "inbox-rejected",
    memory: { layout: { panes: [pane("a", max), pane("b", conversation("hatice", "kt"))], focused: 0 } },
    adjust(state) {
      const reject = (key: string, mid: number, body: string, rejection: { code: string; data: Record<string, unknown> }) => {
        state.conversations = state.conversations.map((one) =>
          one.open.id === fakeId(`conversation ${key}`)
            ? {
                ...one,
                open: { ...one.open, pending: 0, rejected: 1 },
                messages: [
                  ...one.messages.filter((message) => message.number > 0),
                  {
                    id: fakeId(`rejected ${key}`),
                    number: 0,
                    kind: "operator",
                    author: null,
                    mine: true,
                    body,
                    at: minutes(2),
                    send: "rejected",
                    delivery: null,
                    mid,
                    rejection,
                  },
                ],
              }
            : one,
        );
      };
      reject("maximiliane", 7, "Yes, we can hold the frame until Friday.", { code: "expired", data: { newer: 3 } });
      reject("hatice", 8, "It is a gift box.", { code: "colleague_answered", data: { name: "Jonas" } });
      state.outbox = [
        {
          tenantId: tenantIds.lb,
          mid: 6,
          name: "sendMessage",
          state: "sending",
          about: { kind: "conversation", id: max.conversationId, name: "Maximiliane" },
          text: "Here is the label. The courier comes on Monday between 15:00 and 18:00.",
          at: minutes(2.8),
          rejection: null,
        },
        {
          tenantId: tenantIds.lb,
          mid: 7,
          name: "sendMessage",
          state: "rejected",
          about: { kind: "conversation", id: max.conversationId, name: "Maximiliane" },
          text: "Yes, we can hold the frame until Friday.",
          at: minutes(20),
          rejection: { code: "expired", data: { newer: 3 } },
        },
        {
          tenantId: tenantIds.bm,
          mid: 9,
          name: "updateContact",
          state: "rejected",
          about: { kind: "contact", id: null, name: "Dávid Szentgyörgyi" },
          text: null,
          at: minutes(20),
          rejection: { code: "not_visible", data: {} },
        },
      ];
      state.sync = { ...state.sync, sending: 1, pending: 1, rejected: 2 };
    },
  },
  {
    name: "inbox-alarm",
    memory: { layout: twoPanes },
    adjust: (state) =>
      void (state.alarms = {
        ...state.alarms,
        ringing: [
          ringing,
          {
            ...ringing,
            id: "ring 2",
            kind: "mention",
            about: { ...ringing.about, name: "Dávid Szentgyörgyi" },
            text: "",
            by: "Mali Srisuk",
          },
        ],
      }),
  },
  {
    name: "inbox-read-only",
    memory: { layout: { panes: [pane("a", supansa), pane("b", conversation("closed", "kt"))], focused: 0 } },
    adjust(state) {
      state.conversations = state.conversations.map((one) =>
        one.open.id === supansa.conversationId
          ? {
              ...one,
              open: { ...one.open, teamName: "Warranty", can: { ...one.open.can, reply: false, note: false, close: false, assign: false } },
            }
          : one,
      );
    },
  },
  {
    name: "inbox-collision",
    memory: { layout: { panes: [pane("a", max)], focused: 0 } },
    after: (core) =>
      setTimeout(() => {
        core.change(
          (state) => void (state.drafts = { ...state.drafts, [`${max.conversationId} reply`]: "I will book a courier for Monday." }),
        );
        setTimeout(
          () =>
            core.say("maximiliane", {
              kind: "operator",
              author: colleagues.jonas,
              body: "The courier is booked for Monday, 16:00.",
              at: new Date(storyNow).toISOString(),
              delivery: "read",
            }),
          100,
        );
      }, 100),
  },
  {
    name: "inbox-long",
    memory: { layout: { panes: [pane("a", conversation("long", "bm")), pane("b", supansa)], focused: 0 } },
    adjust: (state) => void (state.conversations = [longConversation(2000), ...state.conversations]),
  },
  {
    name: "start-up",
    adjust: (state) => void (state.sync = { ...state.sync, receiving: { kind: "bootstrap", done: 12_400, total: 100_000 } }),
  },
  { name: "sign-in", adjust: (state) => void (state.session = { ...state.session, state: "signed-out", account: null, tenants: [] }) },
  {
    name: "inbox-sample",
    memory: { layout: twoPanes },
    adjust(state) {
      state.conversations = state.conversations.map((one) =>
        one.open.id === supansa.conversationId ? { ...one, open: { ...one.open, status: "sample", waitingSince: null } } : one,
      );
    },
  },
  {
    name: "inbox-contact-labels",
    memory: { layout: { panes: [pane("a", supansa), pane("b", conversation("closed", "kt"))], focused: 0 } },
    adjust(state) {
      const names = ["Wholesale", "ลูกค้าประจำที่สั่งซื้อทุกเดือนและจ่ายตรงเวลา", "Buys for a café in Nimman, always asks", "卸売"];
      const worn = names.map((name) => ({ id: fakeId(`label ${name}`), name, colour: "teal" }));
      state.conversations = state.conversations.map((one) =>
        one.open.id === supansa.conversationId
          ? { ...one, open: { ...one.open, contact: { ...one.open.contact, labels: worn } } }
          : {
              ...one,
              open: {
                ...one.open,
                contact: { ...one.open.contact, labels: worn.slice(0, 2) },
                can: { ...one.open.can, editContact: false },
              },
            },
      );
    },
  },
  {
    name: "tenant-choice-invited",
    adjust(state) {
      state.session = {
        ...state.session,
        tenants: (state.session["tenants"] as object[]).map((tenant) => ({ ...tenant, state: "choose" })),
      };
      state.invitations = [
        {
          id: fakeId("invitation 1"),
          tenant: "みどり文具店",
          roleName: "Operator",
          invitedBy: "Aiko Lindqvist",
          expiresAt: minutes(-2_880),
        },
      ];
    },
  },
  {
    name: "tenant-choice",
    adjust: (state) =>
      void (state.session = {
        ...state.session,
        tenants: (state.session["tenants"] as { state: string }[]).map((tenant, index) => ({
          ...tenant,
          state: index === 2 ? "locked" : "choose",
        })),
      }),
  },
];
