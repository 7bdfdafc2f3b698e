import { useState } from "react";

/** The same array as long as it holds the same things, so that it can be asked whether anything changed. */
export function useStable<T>(values: readonly T[]): readonly T[] {
  const [held, setHeld] = useState(values);
  const same = held.length === values.length && held.every((value, index) => Object.is(value, values[index]));
  if (!same) setHeld(values);
  return same ? held : values;
}
