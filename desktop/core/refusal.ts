/**
 * An expected refusal: travels to the renderer as `{ code, message, data }`. Codes of the server are those of `shared/api/problems.ts`;
 * the core's own:
 *
 *   unknown             no such tenant, item or conversation on this computer
 *   not_saved           the disk did not take it; the text is still where it was typed
 *   needs_connection    cannot be done offline
 *   offline             the server was asked and did not answer
 *   signed_out          a new sign-in is needed
 *   locked              this computer has not spoken with the server for too long, or was shut out
 *   newer_database      written by a newer console
 *   not_available       this host or this server cannot do it
 *   internal            a defect of ours
 */
export class Refusal extends Error {
  readonly code: string;
  readonly data: Record<string, unknown>;
  constructor(code: string, message: string, data: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = "Refusal";
    this.code = code;
    this.data = data;
  }
}
