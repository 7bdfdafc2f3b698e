/** What a member can write about a contact. Contracts, synced row, mutator and the server's action are made of this one list. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { email, text } from "./fields.ts";

/** In a body or a mutation: what is left out stays, null takes it away. */
export const contactDetails = {
  name: text(limits.personName).nullable().optional(),
  email: email().nullable().optional(),
  phone: text(limits.phone, 3).nullable().optional(),
  company: text(limits.company).nullable().optional(),
  jobTitle: text(limits.jobTitle).nullable().optional(),
  language: text(35).nullable().optional(),
};
export type ContactField = keyof typeof contactDetails;
export const contactFields = Object.keys(contactDetails) as ContactField[]; // the keys of the line before

/** In a row or an answer: null is shown as missing. */
export const contactFacts = Object.fromEntries(contactFields.map((field) => [field, z.string().nullable()])) as Record<
  ContactField,
  z.ZodNullable<z.ZodString>
>; // one for each
