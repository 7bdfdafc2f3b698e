/** The people and conversations of the pictures: Friday 20 November 2026, 14:31 in Bangkok. */
import { bareLine, type ConversationLine, type MessageLine, type TimelineLine } from "../../../bridge/inbox.ts";
import type { OpenTenant } from "../../../bridge/session.ts";
import type { Person } from "../../../bridge/shapes.ts";
import { permissionsOfRole } from "@switchboard/shared/model/permissions.ts";
import type { OpenConversation } from "../../inbox/pane.tsx";
import { storyNow } from "../moment.ts";
import { fakeId } from "./ids.ts";

export const minutes = (count: number): string => new Date(storyNow - count * 60_000).toISOString();
export const seconds = (count: number): string => new Date(storyNow - count * 1000).toISOString();

export const tenantIds = { bm: fakeId("tenant bm"), lb: fakeId("tenant lb"), kt: fakeId("tenant kt") };
type TenantKey = keyof typeof tenantIds;

const tenant = (key: TenantKey, name: string, colour: OpenTenant["colour"], needsMe: number): OpenTenant => ({
  tenantId: tenantIds[key],
  memberId: fakeId(`member napat ${key}`),
  name,
  tag: key.toUpperCase(),
  colour,
  role: "admin",
  permissions: permissionsOfRole("admin"),
  zone: "Asia/Bangkok",
  answerWithin: { firstSeconds: 60, laterSeconds: 300 },
  needsMe,
  state: "ready",
});
export const tenants: readonly OpenTenant[] = [
  tenant("bm", "Baan Mai Ceramics", "teal", 1),
  tenant("lb", "Lumphini Bikes", "rust", 2),
  tenant("kt", "Kitsune Tea House", "plum", 2),
];

const person = (name: string, presence: Person["presence"] = "online"): Person => ({
  id: fakeId(`person ${name}`),
  name,
  initials: name.slice(0, 1),
  presence,
});
export const colleagues = { mali: person("Mali Srisuk"), jonas: person("Jonas Berg"), aiko: person("Aiko Mori", "away") };
export const meIn = (tenantId: string): Person => ({
  ...person("Napat Wongsawat"),
  id: tenants.find((one) => one.tenantId === tenantId)?.memberId ?? fakeId("nobody"),
});

export interface Conversation {
  readonly open: OpenConversation;
  readonly messages: readonly MessageLine[];
  readonly timeline: readonly TimelineLine[];
  readonly earlier?: "local" | "server" | "none";
}

type Written = readonly [kind: MessageLine["kind"], body: string, minutesAgo: number, given?: Partial<MessageLine>];

interface Told {
  readonly key: string;
  readonly tenant: TenantKey;
  readonly name: string;
  readonly named?: boolean;
  readonly mine?: boolean;
  readonly presence?: ConversationLine["visitorPresence"];
  readonly startedMinutes: number;
  readonly waitingSeconds?: number;
  readonly unread?: boolean;
  readonly written: readonly Written[];
  readonly line?: Partial<ConversationLine>;
  readonly open?: Partial<OpenConversation>;
  readonly timeline?: readonly (readonly [
    kind: TimelineLine["kind"],
    given: Partial<TimelineLine>,
    afterNumber: number,
    minutesAgo: number,
  ])[];
}

function tell(told: Told): Conversation {
  const tenantId = tenantIds[told.tenant];
  const id = fakeId(`conversation ${told.key}`);
  const me = meIn(tenantId);
  const messages = told.written.map(([kind, body, ago, given], index): MessageLine => {
    const mine = kind === "operator" && given?.author === undefined;
    return {
      id: fakeId(`${told.key} message ${index}`),
      number: given?.send === "pending" ? 0 : index + 1,
      kind,
      author: kind === "visitor" || kind === "system" ? null : mine ? me : null,
      mine,
      body,
      at: minutes(ago),
      send: "confirmed",
      delivery: kind === "operator" ? "read" : null,
      mid: null,
      rejection: null,
      ...given,
    };
  });
  const last = messages.at(-1);
  const lastNumber = messages.filter((message) => message.number > 0).length;
  const open: OpenConversation = {
    tenantId,
    id,
    name: told.name,
    named: told.named !== false,
    initials: told.name.slice(0, 1),
    visitorPresence: told.presence ?? "online",
    status: "open",
    unread: told.unread === true,
    waitingSince: told.waitingSeconds === undefined ? null : seconds(told.waitingSeconds),
    startedAt: minutes(told.startedMinutes),
    lastAt: last?.at ?? minutes(told.startedMinutes),
    snoozedUntil: null,
    assignee: told.mine === false ? null : me,
    teamName: null,
    labels: [],
    subject: null,
    preview: {
      kind: last === undefined ? "none" : last.kind,
      by: last?.author !== null && last?.mine === false ? (last.author.name.split(" ")[0] ?? null) : null,
      mine: last?.mine === true,
      text: last?.body ?? "",
      state: last?.kind === "operator" ? (last.send === "confirmed" ? last.delivery : "pending") : null,
    },
    pending: messages.filter((message) => message.send === "pending").length,
    rejected: 0,
    contact: {
      id: fakeId(`contact ${told.key}`),
      name: told.named === false ? null : told.name,
      alias: told.name,
      email: null,
      phone: null,
      company: null,
      language: "en",
      zone: "Europe/Berlin",
      verified: false,
      labels: [],
      attributes: [],
    },
    pages: [],
    past: [],
    pastEarlier: false,
    notes: [],
    tasks: [],
    followups: [],
    assignReason: null,
    lastNumber,
    myReadNumber: told.unread === true ? lastNumber - 1 : lastNumber,
    viewers: [],
    typing: null,
    blocked: false,
    can: { reply: true, note: true, assign: true, close: true, block: true, task: true, followup: true, editContact: true },
    ...told.line,
    ...told.open,
  };
  const timeline = (told.timeline ?? []).map(([kind, given, afterNumber, ago], index): TimelineLine => ({
    id: `${told.key} event ${index}`,
    at: minutes(ago),
    kind,
    afterNumber,
    ...bareLine,
    ...given,
  }));
  return { open, messages, timeline };
}

const jonas = { author: colleagues.jonas, mine: false } as const;

const mali = { name: "Mali Srisuk", me: false };
const myself = { name: "Napat", me: true };

export function createWorld(): readonly Conversation[] {
  return [
    tell({
      key: "supansa",
      tenant: "bm",
      name: "สุพรรษา ศรีวัฒนานุกูลกิจ",
      startedMinutes: 14,
      waitingSeconds: 42,
      timeline: [
        ["started", { page: "Celadon bowl set, 6 pieces" }, 0, 14],
        ["handed_over_from", { by: mali, to: myself, fromTeam: "Sales" }, 2, 10],
      ],
      written: [
        ["visitor", "สวัสดีค่ะ ชามศิลาดลชุด 6 ใบ ยังมีของไหมคะ", 14.5],
        ["operator", "สวัสดีค่ะคุณสุพรรษา ตอนนี้เหลือ 4 ชุด พร้อมส่งวันจันทร์ค่ะ", 13],
        [
          "note",
          "@Napat breakage is covered if she sends a photo within 48 hours. Free delivery from ฿1,500.",
          9,
          { author: colleagues.mali, mine: false },
        ],
        ["visitor", "ส่งไปเชียงใหม่ค่าส่งเท่าไหร่คะ แล้วถ้าแตกระหว่างทางเคลมได้ไหม", 1.4],
        ["visitor", "ขอใบกำกับภาษีด้วยนะคะ", 0.7],
      ],
      open: {
        teamName: "Delivery",
        typing: { text: "แล้วถ้าสั่งวันนี้จะได้รับภายในวันพุ" },
        labels: [
          { id: fakeId("label repeat"), name: "Repeat buyer", colour: "teal" },
          { id: fakeId("label tax"), name: "Tax invoice", colour: "steel" },
        ],
        contact: {
          id: fakeId("contact supansa"),
          name: "สุพรรษา ศรีวัฒนานุกูลกิจ",
          alias: "Visitor Quiet Heron",
          email: "supansa.sri@example.com",
          phone: null,
          company: null,
          language: "th",
          zone: "Asia/Bangkok",
          verified: true,
          labels: [{ id: fakeId("label Wholesale"), name: "Wholesale", colour: "teal" }],
          attributes: [],
        },
        pages: [
          { title: "Celadon bowl set, 6 pieces", url: "https://shop.baanmai.example/celadon", seconds: 372, now: true },
          { title: "Delivery and breakage", url: "https://shop.baanmai.example/delivery", seconds: 128, now: false },
          { title: "Bowls", url: "https://shop.baanmai.example/bowls", seconds: 61, now: false },
        ],
        tasks: [
          {
            id: fakeId("task celadon"),
            title: "Reserve one celadon set",
            status: "open",
            priority: "high",
            dueAt: "2026-11-20T10:00:00Z",
            dueAllDay: false,
            assignee: "Jonas",
          },
        ],
        followups: [
          {
            id: fakeId("followup call"),
            type: "call",
            channel: "phone",
            notes: "Ask about the tax invoice",
            status: "scheduled",
            at: "2026-11-24T03:00:00Z",
            missingAddress: true,
          },
        ],
        past: [
          { id: fakeId("past glaze"), subject: "Glaze safe for the oven?", preview: "", at: "2026-10-02T03:00:00Z", status: "closed" },
          { id: fakeId("past address"), subject: null, preview: "ขอเปลี่ยนที่อยู่จัดส่ง", at: "2026-07-18T03:00:00Z", status: "closed" },
        ],
        notes: [{ id: fakeId("note thai"), author: "Mali", body: "Prefers Thai. Buys for a café in Nimman.", at: minutes(4000) }],
      },
    }),
    tell({
      key: "maximiliane",
      tenant: "lb",
      name: "Maximiliane von Hohenfels-Brandt",
      presence: "idle",
      startedMinutes: 66,
      waitingSeconds: 242,
      timeline: [["started", {}, 0, 68]],
      written: [
        ["visitor", "Hello, order LB-20871 arrived with a bent front fork. Two photos attached.", 67.8],
        ["operator", "I’m sorry about that, Maximiliane. I have opened a claim. A courier can collect the fork on Monday.", 60.8],
        ["visitor", "Monday works, but after 15:00 please. Can you send me the return label?", 4.03],
        [
          "operator",
          "Here is the label: https://lumphinibikes.example/returns/LB-20871. The courier comes on Monday between 15:00 and 18:00.",
          2.8,
          { send: "pending", delivery: null, mid: 41 },
        ],
      ],
      open: {
        teamName: "Warranty",
        viewers: [{ person: colleagues.jonas, writing: false, note: false }],
        pending: 1,
        contact: {
          id: fakeId("contact max"),
          name: "Maximiliane von Hohenfels-Brandt",
          alias: "Visitor Brisk Otter",
          email: "max@example.de",
          phone: "+49 30 5550 172",
          company: "Hohenfels GmbH",
          language: "de",
          zone: "Europe/Berlin",
          verified: false,
          labels: [],
          attributes: [{ key: "Plan", label: "Plan", value: "Gold" }],
        },
      },
    }),
    tell({
      key: "hatice",
      tenant: "kt",
      name: "Hatice Yıldırım-Aksoy",
      startedMinutes: 3.2,
      waitingSeconds: 72,
      unread: true,
      written: [
        ["visitor", "Merhaba! Does the matcha set ship to Türkiye?", 3],
        ["visitor", "Is the matcha set a gift box, or do I order the box apart?", 1.2],
      ],
    }),
    tell({
      key: "david",
      tenant: "bm",
      name: "Dávid Szentgyörgyi",
      startedMinutes: 26,
      unread: true,
      written: [
        ["visitor", "When does the kiln class start?", 26],
        ["operator", "The kiln class starts at 9:30", 20, { author: colleagues.mali, mine: false, delivery: "delivered" }],
      ],
    }),
    tell({
      key: "amber",
      tenant: "lb",
      name: "Visitor Amber Finch",
      named: false,
      startedMinutes: 31,
      written: [
        ["visitor", "Does 52 cm fit me?", 31],
        ["operator", "52 cm fits from 170 to 178 cm", 28, { delivery: "sent" }],
      ],
    }),
    tell({
      key: "sasaki",
      tenant: "kt",
      name: "佐々木 健太郎",
      presence: "idle",
      startedMinutes: 44,
      written: [
        ["visitor", "明日届きますか", 44],
        ["operator", "明日の午前中にお届けします", 40, { delivery: "delivered" }],
      ],
    }),
    tell({
      key: "bernadette",
      tenant: "bm",
      name: "Bernadette Okonkwo",
      startedMinutes: 52,
      written: [
        ["visitor", "Any places left?", 52],
        ["operator", "The workshop has two places left", 50, { delivery: "delivered" }],
      ],
    }),
    tell({
      key: "kittipong",
      tenant: "bm",
      name: "กิตติพงษ์ ตั้งเจริญ",
      presence: "offline",
      startedMinutes: 1500,
      written: [["visitor", "ขอเลื่อนวันส่งค่ะ", 1500]],
      line: { status: "pending", snoozedUntil: "2026-11-23T02:00:00Z" },
    }),
    tell({
      key: "oluwaseun",
      tenant: "lb",
      name: "Oluwaseun Adebayo-Williams",
      mine: false,
      startedMinutes: 1.8,
      waitingSeconds: 108,
      written: [["visitor", "Do you ship the touring frame to Lagos?", 1.8]],
    }),
    tell({
      key: "tanaka",
      tenant: "kt",
      name: "田中 美咲",
      mine: false,
      startedMinutes: 0.35,
      waitingSeconds: 21,
      written: [["visitor", "こんにちは、急須の在庫はありますか", 0.35]],
    }),
    tell({
      key: "closed",
      tenant: "kt",
      name: "Chandra Handayani Wijaya",
      startedMinutes: 300,
      written: [
        ["visitor", "Thank you, it arrived", 290],
        ["operator", "Enjoy the tea", 280, jonas],
      ],
      line: { status: "closed" },
    }),
  ];
}

/** A long one, to scroll and to measure: every number carries itself. */
export function longConversation(count: number): Conversation {
  const base = tell({ key: "long", tenant: "bm", name: "Long Conversation", startedMinutes: count, written: [] });
  const messages = Array.from({ length: count }, (_unused, index): MessageLine => {
    const number = index + 1;
    const mine = number % 3 === 0;
    return {
      id: fakeId(`long ${number}`),
      number,
      kind: mine ? "operator" : "visitor",
      author: mine ? meIn(base.open.tenantId) : null,
      mine,
      body: `${number}. ${"A line of text that may wrap in a narrow pane. ".repeat(1 + (number % 4))}`,
      at: minutes(count - index),
      send: "confirmed",
      delivery: mine ? "read" : null,
      mid: null,
      rejection: null,
    };
  });
  return { ...base, messages, open: { ...base.open, lastNumber: count, myReadNumber: count, lastAt: minutes(0) } };
}
