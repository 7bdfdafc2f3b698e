/** What is said in the sample conversation; the rest of the preview speaks with the widget's own sentences. */
import type { Language } from "@switchboard/shared/i18n/languages.ts";

export interface SampleWords {
  name: string;
  answer: string;
  question: string;
  offer: string;
}

export const sampleWords: Readonly<Record<Language, SampleWords>> = {
  en: {
    name: "Nina",
    answer: "Hello. What can we do for you?",
    question: "Is the set of six still there?",
    offer: "It is. We can send it on Monday.",
  },
  th: {
    name: "นภา",
    answer: "สวัสดีค่ะ มีอะไรให้เราช่วยไหมคะ",
    question: "ชุดละ 6 ใบยังมีอยู่ไหมคะ",
    offer: "มีค่ะ พร้อมส่งวันจันทร์ค่ะ",
  },
  ja: {
    name: "中村",
    answer: "こんにちは。ご用件をお聞かせください。",
    question: "6個セットはまだありますか。",
    offer: "ございます。月曜日に発送できます。",
  },
};
