/** The reader's language from `Accept-Language`; English when none of ours is asked for. */
import type { Language } from "../../../shared/i18n/languages.ts";

interface Accepting {
  acceptsLanguages(...languages: string[]): string | false;
}

export function languageOf(ctx: Accepting): Language {
  const found = ctx.acceptsLanguages("en", "th", "ja");
  return found === "th" || found === "ja" ? found : "en";
}
