/**
 * Under this key the answers to a question of the tenant's own are kept with the contact: it belongs to one question, in all forms and for
 * good, so that no answer is ever read as one to another question.
 */
export function newQuestionKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return `field_${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
