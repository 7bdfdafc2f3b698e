/** What the sample shop says. It is a customer's page, not part of the product, and so has its own words. */
import type { Language } from "@switchboard/shared/i18n/languages.ts";

export interface ShopWords {
  shop: string;
  products: string;
  workshop: string;
  story: string;
  delivery: string;
  path: string;
  name: string;
  price: string;
  stock: string;
  about: string;
  add: string;
  free: string;
  broken: string;
  invoice: string;
  related: string;
  vase: string;
  teapot: string;
  cups: string;
  plate: string;
}

export const shopWords: Readonly<Record<Language, ShopWords>> = {
  en: {
    shop: "Baan Mai Ceramics",
    products: "Products",
    workshop: "Workshop",
    story: "Our story",
    delivery: "Delivery",
    path: "Products › Bowls and cups › Celadon bowls, set of 6",
    name: "Celadon bowls, set of 6",
    price: "฿1,290",
    stock: "4 sets left · ready to ship on Monday",
    about: "Jade-green celadon glaze, fired at 1,250 °C, safe in oven and microwave. No two bowls have the same crackle.",
    add: "Add to basket",
    free: "Free delivery from ฿1,500",
    broken: "Broken on the way? Tell us within 48 hours",
    invoice: "Tax invoice on request",
    related: "Goes well with it",
    vase: "Tall vase",
    teapot: "Red clay teapot",
    cups: "Pair of coffee cups",
    plate: "Wave plate",
  },
  th: {
    shop: "บ้านใหม่ เซรามิก",
    products: "สินค้า",
    workshop: "เวิร์กช็อป",
    story: "เรื่องของเรา",
    delivery: "การจัดส่ง",
    path: "สินค้า › ชามและถ้วย › ชามศิลาดล ชุด 6 ใบ",
    name: "ชามศิลาดล ชุด 6 ใบ",
    price: "฿1,290",
    stock: "เหลือ 4 ชุด · พร้อมส่งวันจันทร์",
    about: "เคลือบศิลาดลสีเขียวหยก เผาที่ 1,250 °C ใช้กับเตาอบและไมโครเวฟได้ แต่ละใบมีลายราน้ำนมไม่ซ้ำกัน",
    add: "หยิบใส่ตะกร้า",
    free: "ส่งฟรีเมื่อซื้อครบ ฿1,500",
    broken: "แตกเสียหายเคลมได้ภายใน 48 ชั่วโมง",
    invoice: "ออกใบกำกับภาษีได้",
    related: "สินค้าที่เกี่ยวข้อง",
    vase: "แจกันทรงสูง",
    teapot: "กาน้ำชาดินแดง",
    cups: "ถ้วยกาแฟคู่",
    plate: "จานขอบคลื่น",
  },
  ja: {
    shop: "バーンマイ陶器店",
    products: "商品",
    workshop: "ワークショップ",
    story: "私たちについて",
    delivery: "配送",
    path: "商品 › 鉢とカップ › 青磁の鉢 6点セット",
    name: "青磁の鉢 6点セット",
    price: "฿1,290",
    stock: "残り4セット · 月曜日に発送できます",
    about: "翡翠色の青磁釉を1,250 °Cで焼き上げました。オーブンと電子レンジで使えます。貫入の模様は一つずつ異なります。",
    add: "かごに入れる",
    free: "฿1,500以上で送料無料",
    broken: "配送中の破損は48時間以内にご連絡ください",
    invoice: "領収書を発行できます",
    related: "おすすめの商品",
    vase: "背の高い花瓶",
    teapot: "赤土の急須",
    cups: "ペアのコーヒーカップ",
    plate: "波縁の皿",
  },
};
