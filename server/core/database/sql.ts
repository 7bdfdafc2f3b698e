/** SQL with values kept apart from text: sql`select … where id = ${id}`. The only way to write SQL in a feature. */
export interface Sql {
  text: string;
  values: unknown[];
}

export function sql(strings: TemplateStringsArray, ...parts: unknown[]): Sql {
  let text = strings[0] ?? "";
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    if (isSql(part)) {
      text += part.text;
      values.push(...part.values);
    } else {
      text += "?";
      values.push(part);
    }
    text += strings[index + 1] ?? "";
  });
  return { text, values };
}

/** A name or a piece of SQL out of our own definitions; never anything that a caller said. */
export const fragment = (text: string): Sql => ({ text, values: [] });

/** Conditions joined with `and`; none means `true`. */
export function and(conditions: readonly (Sql | undefined | false | "")[]): Sql {
  const present = conditions.filter((condition): condition is Sql => typeof condition === "object");
  if (present.length === 0) return { text: "true", values: [] };
  return { text: present.map(({ text }) => `(${text})`).join(" and "), values: present.flatMap(({ values }) => values) };
}

function isSql(part: unknown): part is Sql {
  return typeof part === "object" && part !== null && "text" in part && "values" in part && Array.isArray((part as Sql).values);
}
