/** Who lives in the demo: data only. Names in several scripts and lengths, because those break layouts. */
import type { Language } from "../../shared/i18n/languages.ts";
import type { BusinessType } from "../../shared/model/templates.ts";

export interface DemoVisitor {
  name: string | null;
  email?: string;
  phone?: string;
  language: string;
  zone: string;
  page: string;
  /** The visitor begins; a `note` is for the team only. */
  lines: readonly [readonly ["visitor", string], ...(readonly ["visitor" | "operator" | "note", string])[]];
  assigned?: boolean;
  closed?: boolean;
}

export interface DemoTenant {
  name: string;
  type: BusinessType;
  language: Language;
  zone: string;
  admin: { name: string; email: string };
  /** A second admin: tasks and follow-ups are worth most where two share them. */
  colleague?: { name: string; email: string };
  operators: readonly { name: string; email: string }[];
  teams: readonly string[];
  /** Answers around the clock, so that whoever tries the shop page at night meets a chat and not a form. */
  always?: boolean;
  visitors: readonly DemoVisitor[];
}

export const demoPassword = "seven green umbrellas";
export const superAdmin = { name: "Root Admin", email: "root@switchboard.example" };
/** Works for both tenants: to see several tenants in one inbox. */
export const napat = { name: "Napat Wongsakul", email: "napat@demo.example" };

export const demoTenants: readonly DemoTenant[] = [
  {
    name: "Baan Mai Ceramics",
    type: "shop",
    language: "en",
    zone: "Asia/Bangkok",
    admin: { name: "Mali Srisuk", email: "mali@baanmai.example" },
    colleague: { name: "ปรียา สมหวัง", email: "preeya@baanmai.example" },
    operators: [{ name: "Jonas Berg", email: "jonas@baanmai.example" }],
    teams: ["Delivery", "Sales"],
    always: true,
    visitors: [
      {
        name: "สุพรรษา ศรีวัฒนานุกูลกิจ",
        email: "supansa.sri@example.com",
        language: "th",
        zone: "Asia/Bangkok",
        page: "Celadon bowl set, 6 pieces",
        assigned: true,
        lines: [
          ["visitor", "สวัสดีค่ะ ชามศิลาดลชุด 6 ใบ ยังมีของไหมคะ"],
          ["operator", "สวัสดีค่ะคุณสุพรรษา ตอนนี้เหลือ 4 ชุด พร้อมส่งวันจันทร์ค่ะ"],
          ["note", "Breakage is covered if she sends a photo within 48 hours. Free delivery from ฿1,500."],
          ["visitor", "ส่งไปเชียงใหม่ค่าส่งเท่าไหร่คะ แล้วถ้าแตกระหว่างทางเคลมได้ไหม"],
          ["visitor", "ขอใบกำกับภาษีด้วยนะคะ"],
        ],
      },
      {
        name: "Dávid Szentgyörgyi",
        email: "david@example.com",
        phone: "+36 30 555 0199",
        language: "en",
        zone: "Europe/Budapest",
        page: "Kiln class for beginners",
        assigned: true,
        lines: [
          ["visitor", "Hi! When does the next kiln class start?"],
          ["operator", "The kiln class starts at 10:00 on Saturday. Two places are left."],
        ],
      },
      {
        name: null,
        language: "ja",
        zone: "Asia/Tokyo",
        page: "Matcha bowl",
        lines: [["visitor", "こんにちは。抹茶碗はギフト用の箱に入っていますか？"]],
      },
      {
        name: "Oluwaseun Adebayo-Williams",
        language: "en",
        zone: "Africa/Lagos",
        page: "Delivery and breakage",
        lines: [["visitor", "Do you deliver to Lagos, and how long does it take?"]],
      },
      {
        name: "Bernadette Okonkwo",
        email: "bernadette@example.com",
        language: "en",
        zone: "Europe/London",
        page: "Workshop for two",
        assigned: true,
        closed: true,
        lines: [
          ["visitor", "Is the workshop for two still bookable as a present?"],
          ["operator", "The workshop has two dates left in December. I have sent you the voucher by e-mail."],
          ["visitor", "Wonderful, thank you!"],
        ],
      },
    ],
  },
  {
    name: "Lindqvist & Berg Bikes",
    type: "shop",
    language: "en",
    zone: "Europe/Stockholm",
    admin: { name: "Aiko Lindqvist", email: "aiko@lbbikes.example" },
    operators: [{ name: "Tomás Herrera", email: "tomas@lbbikes.example" }],
    teams: ["Warranty"],
    visitors: [
      {
        name: "Maximiliane von Hohenfels-Wittgenstein zu Berleburg",
        email: "maximiliane@example.com",
        language: "de",
        zone: "Europe/Berlin",
        page: "My orders",
        assigned: true,
        lines: [
          ["visitor", "Hello, order LB-20871 arrived with a bent front fork."],
          ["operator", "I’m sorry about that, Maximiliane. I have opened a claim. A courier can collect the fork on Monday."],
          ["visitor", "Monday works, but after 15:00 please. Can you send me the return label?"],
        ],
      },
      {
        name: "Hatice Yıldırım-Aksoy",
        language: "tr",
        zone: "Europe/Istanbul",
        page: "City bike 52 cm",
        lines: [["visitor", "Is 52 cm right for somebody who is 1.72 m tall?"]],
      },
    ],
  },
];
