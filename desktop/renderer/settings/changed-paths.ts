/** Where two documents differ, by the paths that problems use: `texts.th.title`. A list that grew or shrank is one change. */
export function changedPaths(before: unknown, after: unknown, at = ""): readonly string[] {
  if (Object.is(before, after)) return [];
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return [at];
    return before.flatMap((item: unknown, index) => changedPaths(item, after[index], under(at, String(index))));
  }
  if (isPlain(before) && isPlain(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => changedPaths(before[key], after[key], under(at, key)));
  }
  return [at];
}

const under = (at: string, key: string) => (at === "" ? key : `${at}.${key}`);

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
