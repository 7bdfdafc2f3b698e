const differ = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other);

/** What is in a field, and what stood there when it was begun. */
export type Fields<T> = { readonly [K in keyof T]?: { readonly value: T[K]; readonly over: T[K] } };

export interface Typed<T extends object> {
  /** What is in the fields. */
  readonly values: T;
  readonly typed: Partial<T>;
  /** The fields that somebody else changed after they were begun here, to something else. */
  readonly meanwhile: readonly (keyof T & string)[];
  readonly type: (change: Partial<T>) => void;
  /** They have been seen, and mine counts. */
  readonly keepMine: () => void;
  readonly keepTheirs: () => void;
  readonly clear: () => void;
}

/** What is typed over values that others may change at the same time: each field is the person's from the first key on, and tells. */
export function typedOver<T extends object>(
  stands: T,
  fields: Fields<T>,
  change: (next: (before: Fields<T>) => Fields<T>) => void,
): Typed<T> {
  const keys = Object.keys(fields) as (keyof T & string)[]; // set by `type` only
  const typed = Object.fromEntries(keys.map((key) => [key, fields[key]?.value])) as Partial<T>;
  const meanwhile = keys.filter((key) => differ(fields[key]?.over, stands[key]) && differ(typed[key], stands[key]));
  // By their own keys, each with its own value.
  const put = (entries: readonly (readonly [string, unknown])[]) => change(() => Object.fromEntries(entries) as Fields<T>);
  return {
    values: { ...stands, ...typed },
    typed,
    meanwhile,
    type: (part) =>
      change((before) => {
        const next = Object.entries(part).map(([name, value]) => {
          const key = name as keyof T; // of a part of T
          return [key, { value, over: (before[key] ?? { over: stands[key] }).over }];
        });
        const all = Object.entries<Fields<T>[keyof T]>({ ...before, ...Object.fromEntries(next) });
        // What is as it was is not begun.
        return Object.fromEntries(all.filter(([, field]) => differ(field?.value, field?.over))) as Fields<T>;
      }),
    keepMine: () => put(keys.map((key) => [key, { value: typed[key], over: stands[key] }])),
    keepTheirs: () => put(keys.filter((key) => !meanwhile.includes(key)).map((key) => [key, fields[key]])),
    clear: () => change(() => ({})),
  };
}
