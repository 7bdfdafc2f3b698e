import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { useTicker } from "../text/now.tsx";

/** Screen readers hear how the queue stands, at most every 30 s and only when it changed. */
const everyMs = 30_000;

export function ListAnnouncer({ waiting, longestSince }: { readonly waiting: number; readonly longestSince: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ticker = useTicker();
  const [said, setSaid] = useState("");
  const last = useRef({ waiting: 0, at: Number.NEGATIVE_INFINITY });
  useEffect(() => {
    if (waiting === last.current.waiting) return undefined;
    const say = () => {
      last.current = { waiting, at: ticker.now() };
      setSaid(
        waiting === 0 || longestSince === null
          ? ""
          : t("inbox.list.summary", { count: waiting, duration: format.words(ticker.now() - Date.parse(longestSince)) }),
      );
    };
    const timer = setTimeout(say, Math.max(0, last.current.at + everyMs - ticker.now()));
    return () => clearTimeout(timer);
  }, [waiting, longestSince, ticker, format, t]);
  return (
    <output className="vh" aria-live="polite">
      {said}
    </output>
  );
}
