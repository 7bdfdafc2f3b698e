/**
 * The text of one composer, or what stands in one form. It is in the core's own file within a moment of the last key, and at once when the composer is left,
 * so that it survives everything; each conversation and mode has its own, and none is ever shown elsewhere.
 */
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useCall, useLive } from "../live.tsx";
import type { CommandInput } from "../../bridge/index.ts";

export type DraftMode = CommandInput<"draft.save">["mode"];
export type ComposerMode = Extract<DraftMode, "reply" | "note">;

const saveMs = 250;

/** Where words are written: a conversation, a task, or what a form is about. */
export interface DraftPlace {
  readonly tenantId: string;
  readonly placeId: string;
}

export interface Draft {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** The field is empty at once, the core's copy only when the message is kept: a core that ends in between has it twice rather than not at all. */
  readonly sent: (kept: Promise<number | undefined>) => void;
  /** The core has not yet said that it holds the text (full disk): say so, keep it here. */
  readonly unsaved: boolean;
  readonly ready: boolean;
}

/** Who types before the core has answered loses nothing of what it held. */
const oneAfterTheOther = (held: string, typed: string) => (held === "" || typed === "" ? held + typed : `${held}\n${typed}`);

export function useDraft(place: DraftPlace, mode: DraftMode, together = oneAfterTheOther): Draft {
  const { tenantId, placeId } = place;
  const call = useCall();
  const stored = useLive("draft.open", { tenantId, placeId, mode }).data;
  const [text, setLocal] = useState<string | undefined>(undefined);
  const [unsaved, setUnsaved] = useState(false);
  /** What the core was last told, or told us. */
  const known = useRef<string | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const save = useEffectEvent((value: string) => {
    clearTimeout(timer.current);
    timer.current = undefined;
    if (known.current === value) return;
    known.current = value;
    call("draft.save", { tenantId, placeId, mode, text: value }).then(
      () => setUnsaved(false),
      () => {
        // Not known there after all: it is offered again with the next key, and when the composer is left.
        if (known.current === value) known.current = undefined;
        setUnsaved(true);
      },
    );
  });
  const latest = useRef<string | undefined>(undefined);
  useEffect(() => {
    latest.current = text;
  });

  // The core's text is taken over when nothing was typed since: at the start, and when an outbox item comes back for editing.
  const heard = useRef(false);
  const arrive = useEffectEvent((value: string) => {
    const first = !heard.current;
    heard.current = true;
    if (latest.current === undefined || latest.current === known.current) {
      known.current = value;
      setLocal(value);
    } else if (first && value !== latest.current) setText(together(value, latest.current));
  });
  const storedText = stored?.text;
  useEffect(() => {
    if (storedText !== undefined) arrive(storedText);
  }, [storedText]);

  useEffect(() => {
    const leave = () => {
      if (latest.current !== undefined) save(latest.current);
    };
    globalThis.addEventListener("pagehide", leave);
    return () => {
      globalThis.removeEventListener("pagehide", leave);
      leave();
    };
  }, []);

  function setText(value: string): void {
    latest.current = value;
    setLocal(value);
    clearTimeout(timer.current);
    // An empty composer is saved at once: what was thrown away must not come back.
    if (value === "") save(value);
    else timer.current = setTimeout(() => save(latest.current ?? value), saveMs);
  }
  const sent = (kept: Promise<number | undefined>) => {
    const body = text ?? "";
    clearTimeout(timer.current);
    latest.current = "";
    setLocal("");
    void kept.then((mid) => {
      const since = latest.current ?? "";
      // It could not even be kept as a waiting item, so it is a draft again, before what was written meanwhile.
      if (mid === undefined) setText(since === "" ? body : `${body}\n${since}`);
      else if (since === "") save("");
    });
  };
  return { text: text ?? "", unsaved, ready: stored !== undefined || text !== undefined, setText, sent };
}
