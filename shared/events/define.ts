/** A domain event: something that happened, in words that stay true. Its payload is checked when it is recorded. */
import type { z } from "zod";

export interface EventDefinition<P extends z.ZodObject = z.ZodObject> {
  type: string;
  payload: P;
  /** The payload field that holds the conversation, for the conversation's timeline. */
  conversation?: string;
  /** The payload field that holds the object the event is about, for that object's history. */
  subject?: string;
  /** The payload field that says which part of it changed, in a word of the code and never of a person: told live with the type. */
  topic?: string;
  /** Announce to the tenant's admins by mail: keys, domains, members, identity secrets (SECURITY P-04). */
  security?: boolean;
}

export function defineEvent<P extends z.ZodObject>(
  type: string,
  payload: P,
  options: Partial<Record<"conversation" | "subject" | "topic", Extract<keyof z.output<P>, string>>> & { security?: boolean } = {},
): EventDefinition<P> {
  return { type, payload, ...options };
}

export type PayloadOf<E extends EventDefinition> = z.output<E["payload"]>;
