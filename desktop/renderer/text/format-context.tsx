import { createContext, use, useMemo, type ReactNode } from "react";
import { createFormat, type Format, type FormatSettings } from "./format.ts";

const FormatContext = createContext<Format | undefined>(undefined);

export function FormatProvider({ language, zone, words, children }: FormatSettings & { readonly children: ReactNode }) {
  const format = useMemo(() => createFormat({ language, zone, words }), [language, zone, words]);
  return <FormatContext value={format}>{children}</FormatContext>;
}

export function useFormat(): Format {
  const format = use(FormatContext);
  if (format === undefined) throw new Error("no format: wrap the page in FormatProvider");
  return format;
}
