/** What a visitor can do. Views know this and the state, nothing else. */
import type { Values } from "./form.ts";
import type { LeftMessage } from "./session.ts";

export interface Actions {
  close(): void;
  send(text: string): void;
  typing(text: string): void;
  retry(id: string): void;
  discard(id: string): void;
  showEarlier(): void;
  begin(answers: Values, consent: boolean): Promise<void>;
  leave(message: LeftMessage): Promise<void>;
  /** Asks for an answer by e-mail, or goes back to waiting. */
  byEmail(on: boolean): void;
  startFresh(): void;
  /** Writes on in the closed conversation. */
  goOn(): void;
  showConversation(): void;
  sound(on: boolean): void;
  /** What was typed and not sent, of a field of this tab. */
  draft(name: string, text?: string): string;
}
