/** What people on the shop page say: data only. A visit is a few pages, then words, each after a while; some wait for an answer first. */
export interface Shopper {
  name: string | null;
  language: string;
  zone: string;
  pages: readonly string[];
  /** `null` waits for the team's answer before the next line. */
  lines: readonly (string | null)[];
}

export const shoppers: readonly Shopper[] = [
  {
    name: "Ingrid Solheim",
    language: "en",
    zone: "Europe/Oslo",
    pages: ["Celadon bowls, set of 6", "Delivery"],
    lines: ["Hello, do you ship to Norway?", null, "Great. And how long does it take?", null, "Thank you!"],
  },
  {
    name: null,
    language: "th",
    zone: "Asia/Bangkok",
    pages: ["ชามศิลาดล ชุด 6 ใบ"],
    lines: ["สวัสดีครับ มีสีอื่นไหมครับ", "อยากได้สีน้ำเงิน", null, "ขอบคุณครับ"],
  },
  {
    name: "小林 さくら",
    language: "ja",
    zone: "Asia/Tokyo",
    pages: ["青磁の器 6客セット", "配送について"],
    lines: ["食洗機で使えますか？", null, "わかりました。ありがとうございます。"],
  },
  {
    name: "Mateo Quispe-Huamán",
    language: "en",
    zone: "America/Lima",
    pages: ["Red clay teapot", "Tall vase", "Red clay teapot"],
    lines: ["Is the teapot lead free?", "It is for my mother, she drinks a lot of tea.", null, "Perfect, I take two."],
  },
  {
    name: null,
    language: "en",
    zone: "Europe/London",
    pages: ["Wave plate"],
    lines: ["One plate arrived chipped. What do I do?", null, "I will send the photo in the evening."],
  },
  {
    name: "Chukwuemeka Oluwaseun-Babatunde",
    language: "en",
    zone: "Africa/Lagos",
    pages: ["Workshop", "Pair of coffee cups"],
    lines: ["Do you have a workshop on a Sunday?", "We would be four people, two of them children.", null, "We will book then."],
  },
  { name: null, language: "en", zone: "America/Toronto", pages: ["Our story", "Celadon bowls, set of 6"], lines: [] },
  {
    name: "Élodie Marchand",
    language: "en",
    zone: "Europe/Paris",
    pages: ["Tall vase"],
    lines: ["How tall is the tall vase?", null, "And how heavy?", null, "I see."],
  },
];
