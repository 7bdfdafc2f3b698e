/** Languages by their names in the reader's language: nobody knows a code. */

/** What browsers say of their language, without the country. */
const codes =
  "aa ab af am ar as az ba be bg bn bo br bs ca ceb cs cv cy da de dv dz ee el en eo es et eu fa ff fi fil fo fr fy ga gd gl gn gu ha haw he hi hmn hr ht hu hy id ig is it ja jv ka kk km kn ko ku ky lb lg ln lo lt lv mai mg mi mk ml mn mr ms mt my nb ne nl nn no nso ny oc om or pa pl ps pt qu rm rn ro ru rw sa sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt ug uk ur uz ve vi wo xh yi yo yue zh zu".split(
    " ",
  );

interface LanguageChoice {
  readonly value: string;
  readonly label: string;
}

/** By name. `kept` are those that a rule has already, should the list not know them. */
export function languageChoices(reader: string, kept: readonly string[]): LanguageChoice[] {
  const nameOf = languageNamer(reader);
  const { compare } = new Intl.Collator(reader);
  return [...new Set([...codes, ...kept])].map((value) => ({ value, label: nameOf(value) })).toSorted((a, b) => compare(a.label, b.label));
}

export function languageNamer(reader: string): (code: string) => string {
  const names = new Intl.DisplayNames(reader, { type: "language" });
  return (code) => names.of(code) ?? code;
}
