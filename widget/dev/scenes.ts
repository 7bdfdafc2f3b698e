/** DEVELOPMENT ONLY. Every state of the widget, as a scene that can be photographed: which tenant, which page, and what happens on it. */
import type { VisitConfig } from "@switchboard/shared/api/visit-shapes.ts";
import type { FrameLocator, Page } from "./browser.ts";
import { configOf, Office, type Visitor } from "./office.ts";
import type { DevServer } from "./server.ts";

export interface Stage {
  page: Page;
  chat: FrameLocator;
  office: Office;
  server: DevServer;
  /** Opens the chat by the launcher and waits until it stands. */
  open(): Promise<Visitor>;
  write(text: string): Promise<void>;
  say(text: string, name?: string): Promise<void>;
}
export interface Scene {
  name: string;
  config?: Parameters<typeof configOf>[0];
  team?: Office["team"];
  language?: "en" | "th" | "ja";
  phone?: boolean;
  dark?: boolean;
  forced?: boolean;
  play(stage: Stage): Promise<void>;
}

const shop = { key: "shop", name: "Baan Mai Ceramics", texts: { firstLine: "Hello, what can we do for you?" } };
const thai: Parameters<typeof configOf>[0] = { key: "shop", name: "บ้านใหม่ เซรามิก", texts: { firstLine: "สวัสดีค่ะ มีอะไรให้เราช่วยไหมคะ" } };
const bikes = { key: "shop", name: "Lumphini Bikes", look: { colour: "#8c3b0b" } };
const tea: Parameters<typeof configOf>[0] = { key: "shop", name: "きつね茶屋", look: { colour: "#7a2c73", theme: "dark" } };
const field = (
  key: string,
  kind: VisitConfig["preChatFields"][number]["kind"],
  more: Partial<VisitConfig["preChatFields"][number]> = {},
) => ({
  key,
  kind,
  label: "",
  required: false,
  choices: [],
  ...more,
});
const form = [
  field("name", "text", { required: true }),
  field("email", "email", { required: true }),
  field("topic", "choice", { label: "Topic", choices: ["Delivery", "Repair", "Something else"] }),
];
const either = [field("name", "text", { required: true }), field("email", "email"), field("phone", "phone")];
const closed: VisitConfig["hours"] = { state: "closed", changesAt: "2026-11-23T02:00:00.000Z", zone: "Asia/Bangkok" };
const away: Office["team"] = { state: "closed", position: null, waitSeconds: null };

async function talk({ open, write, say, server, office }: Stage, lines: [string, string, string, string]): Promise<void> {
  const visitor = await open();
  await write(lines[0]);
  await say(lines[1], lines[3]);
  await write(lines[2]);
  server.tell(visitor, "typing", { conversation: office.open(visitor).conversation.id, on: true, name: lines[3] });
}
const english: [string, string, string, string] = [
  "Are the celadon bowls still in stock, the set of 6?",
  "Hello. Four sets are left, ready to ship on Monday: https://shop.example/bowls",
  "What is delivery to Chiang Mai, and can I claim when something breaks?",
  "Napat",
];

export const scenes: Scene[] = [
  {
    name: "launcher-greeting",
    config: { ...shop, texts: { greeting: "Hello. Questions about glazes or delivery? Ask us." } },
    play: async () => {},
  },
  {
    name: "launcher-label-left",
    config: { ...bikes, look: { colour: "#ffd400", position: "left", launcherLabel: "Ask us", launcherIcon: "question" } },
    play: async () => {},
  },
  { name: "launcher-hand", config: { ...bikes, look: { launcherIcon: "hand" } }, play: async () => {} },
  {
    name: "launcher-unread",
    config: shop,
    async play({ open, write, say, page }) {
      await open();
      await write("Good morning");
      await page.locator(".b").click();
      await say("Hello, how can we help?");
      await say("Are you still there?");
      await page.locator(".b span", { hasText: "2" }).waitFor();
    },
  },
  { name: "chat", config: shop, play: (stage) => talk(stage, english) },
  {
    name: "chat-thai",
    config: thai,
    language: "th",
    play: (stage) =>
      talk(stage, [
        "สวัสดีค่ะ ชามศิลาดลชุด 6 ใบ ยังมีของไหมคะ",
        "สวัสดีค่ะคุณสุพรรษา ตอนนี้เหลือ 4 ชุด พร้อมส่งวันจันทร์ค่ะ",
        "ส่งไปเชียงใหม่ค่าส่งเท่าไหร่คะ แล้วถ้าแตกระหว่างทางเคลมได้ไหม",
        "นภัทร",
      ]),
  },
  {
    name: "chat-japanese-dark",
    config: tea,
    language: "ja",
    play: (stage) =>
      talk(stage, [
        "明日のお茶会の予約を変更できますか。",
        "はい、できます。空いている時間をご案内します。",
        "午後3時は空いていますか。",
        "森 愛子",
      ]),
  },
  {
    name: "chat-right-to-left",
    config: { ...tea, name: "Kitsune Tea House", look: { colour: "#7a2c73" } },
    async play(stage) {
      await talk(stage, ["هل يمكن إرسال الطلب رقم KT-3391 إلى دبي؟", "نعم، التوصيل خلال 5 أيام عمل.", "شكرًا", "أيكو"]);
      await stage.chat.locator("html").evaluate((root) => root.setAttribute("dir", "rtl"));
    },
  },
  { name: "chat-device-dark", config: { ...shop, look: { theme: "device" } }, dark: true, play: (stage) => talk(stage, english) },
  { name: "chat-light-brand", config: { ...shop, look: { colour: "#ffd400" } }, play: (stage) => talk(stage, english) },
  { name: "chat-forced-colours", config: shop, forced: true, play: (stage) => talk(stage, english) },
  {
    name: "chat-text-200",
    config: shop,
    async play(stage) {
      await talk(stage, english);
      await stage.chat.locator("html").evaluate((root) => root.style.setProperty("font-size", "200%"));
      await stage.page.waitForTimeout(100);
    },
  },
  {
    name: "chat-history",
    config: shop,
    async play({ open, office, page, chat, say }) {
      const visitor = await open();
      const thread = office.open(visitor);
      for (let day = 40; day > 0; day--)
        office.write(thread, day % 3 === 0 ? "visitor" : "team", `Message of ${day} days ago`, {
          at: new Date(Date.now() - day * 43_200_000).toISOString(),
        });
      await page.reload();
      await chat.getByText("Message of 1 days ago").waitFor();
      await chat.locator(".log").evaluate((log) => log.scrollTo(0, 0));
      await page.waitForTimeout(100);
      await say("Something new below");
      await chat.locator(".newer").waitFor();
    },
  },
  { name: "form", config: { ...bikes, behaviour: { preChat: true }, preChatFields: form }, play: async ({ open }) => void (await open()) },
  {
    name: "form-errors",
    config: {
      ...bikes,
      behaviour: { preChat: true },
      preChatFields: form,
      texts: { consent: "I agree that Lumphini Bikes keeps my words to answer me." },
    },
    async play({ open, chat }) {
      await open();
      await chat.locator("input").nth(0).fill("Maximiliane von Hohenfels");
      await chat.locator("input").nth(1).fill("maximiliane@hohenfels");
      await chat.getByRole("button", { name: "Start the chat" }).click();
    },
  },
  {
    name: "queue",
    config: bikes,
    team: { state: "busy", position: 2, waitSeconds: 110 },
    async play({ open, write }) {
      await open();
      await write("Do you ship the touring frame to Lagos?");
    },
  },
  {
    name: "queue-by-email",
    config: bikes,
    team: { state: "busy", position: 2, waitSeconds: 110 },
    async play({ open, write, chat }) {
      await open();
      await write("Do you ship the touring frame to Lagos?");
      await chat.getByRole("button", { name: "Answer me by e-mail instead" }).click();
    },
  },
  {
    name: "leave-thai",
    config: { ...thai, hours: closed, offlineFields: either },
    team: away,
    language: "th",
    play: async ({ open }) => void (await open()),
  },
  {
    name: "left",
    config: { ...shop, hours: closed, offlineFields: either },
    team: away,
    async play({ open, chat }) {
      await open();
      await chat.getByLabel("Your name").fill("Kittipong");
      await chat.getByLabel("E-mail or phone").fill("kittipong@shop.example");
      await chat.locator("textarea").fill("I would like to change the address.");
      await chat.getByRole("button", { name: "Send message" }).click();
      await chat.getByText("Your message is here").waitFor();
    },
  },
  {
    name: "closed-hours-chat",
    config: { ...shop, hours: closed, texts: { away: "We are closed now and answer in the morning." }, behaviour: { offlineForm: false } },
    team: away,
    async play({ open, write }) {
      await open();
      await write("Is the vase waterproof?");
    },
  },
  {
    name: "lost",
    config: bikes,
    async play({ open, write, say, server, chat }) {
      await open();
      await write("When do you pick it up?");
      await say("The courier is booked for Monday, 16:00.", "Jonas");
      server.down(true);
      await chat.locator("textarea").fill("Perfect. Do I need the original box?");
      await chat.locator("textarea").press("Enter");
      await chat.getByText("Waiting for the connection").waitFor();
    },
  },
  {
    name: "refused-text",
    config: shop,
    async play({ open, write, server, chat }) {
      await open();
      await write("Good morning");
      server.refuseNext = [
        { code: "too_large", seconds: 0 },
        { code: "rate_limited", seconds: 20 },
      ];
      await chat.locator("textarea").fill("A very, very long text");
      await chat.locator("textarea").press("Enter");
      await chat.getByText("Not sent").waitFor();
      await chat.locator("textarea").fill("And one too many");
      await chat.locator("textarea").press("Enter");
      await chat.getByText("a lot at once").waitFor();
    },
  },
  {
    name: "closed",
    config: shop,
    async play(stage) {
      const visitor = await stage.open();
      await stage.write("Thank you");
      await stage.say("You are welcome. Have a nice day.");
      const { conversation } = stage.office.open(visitor);
      conversation.status = "closed";
      stage.server.tell(visitor, "conversation", conversation);
      await stage.chat.getByText("This chat is closed").waitFor();
    },
  },
  {
    name: "blocked",
    config: shop,
    async play({ open, write, server, chat }) {
      const visitor = await open();
      await write("Good morning");
      visitor.blocked = true;
      server.tell(visitor, "bye", { reason: "blocked" });
      await chat.getByText("does not take messages").waitFor();
    },
  },
  {
    name: "identity",
    config: { ...shop, behaviour: { identityRequired: true } },
    async play({ page, chat }) {
      await page.locator(".b").click();
      await chat.getByText("Sign in on this page").waitFor();
    },
  },
  { name: "typing-preview", config: { ...shop, behaviour: { typingPreview: true } }, play: (stage) => talk(stage, english) },
  { name: "phone-chat", config: shop, phone: true, play: (stage) => talk(stage, english) },
  {
    name: "phone-launcher",
    config: { ...shop, texts: { greeting: "Hello. Questions about glazes or delivery? Ask us." } },
    phone: true,
    play: async () => {},
  },
  {
    name: "phone-form-dark",
    config: { ...bikes, look: { ...bikes.look, theme: "device" }, behaviour: { preChat: true }, preChatFields: form },
    phone: true,
    dark: true,
    play: async ({ open }) => void (await open()),
  },
];
