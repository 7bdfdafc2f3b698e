/** The first line of a follow-up's notes is what to do; the rest is what to know. One text, because that is what travels. */
export interface Told {
  readonly what: string;
  readonly more: string;
}

export function tellApart(notes: string): Told {
  const at = notes.indexOf("\n");
  return at < 0 ? { what: notes.trim(), more: "" } : { what: notes.slice(0, at).trim(), more: notes.slice(at + 1).trim() };
}

export function tellTogether({ what, more }: Told): string {
  const line = what.replaceAll(/\s+/g, " ").trim();
  return more.trim() === "" ? line : `${line}\n${more.trim()}`;
}
