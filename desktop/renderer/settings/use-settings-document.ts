/**
 * One settings document while somebody works on it: as the server has it, as it is drafted here, and what stands between the two.
 * A draft is checked by the server's own rules before it is saved, survives going to another page, and is never overwritten by what
 * a colleague saves meanwhile: that is told, and the person decides.
 */
import type { SettingsShape } from "@switchboard/shared/api/tenants.ts";
import { newsOfSettings } from "@switchboard/shared/events/news.ts";
import type { FieldProblem } from "@switchboard/shared/model/reading.ts";
import { checkSettings, type Settings, type SettingsKind } from "@switchboard/shared/model/settings.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { BridgeError } from "../port.ts";
import { useToasts } from "../ui/toast-context.ts";
import { tenantCalls } from "./calls.ts";
import { changedPaths } from "./changed-paths.ts";
import { asBridgeError, fieldErrors, useAnswer, useAskServer } from "./use-api.ts";
import { useErrors } from "./use-errors.ts";
import { useKept } from "./use-kept.ts";

interface Draft<D> {
  readonly document: D;
  /** The version it was begun from. */
  readonly base: number;
  readonly original: D;
}

export interface SettingsDocument<D> {
  readonly kind: SettingsKind;
  /** What is on the screen: the draft, else what counts. Undefined while it loads. */
  readonly value: D | undefined;
  /** What counts now. */
  readonly live: D | undefined;
  readonly version: number;
  readonly savedAt: string | undefined;
  readonly error: BridgeError | undefined;
  readonly reload: () => void;
  /** Paths that differ from what counts: `texts.th.title`. */
  readonly changes: readonly string[];
  readonly update: (change: Partial<D> | ((value: D) => D)) => void;
  readonly discard: () => void;
  /** Resolves with whether it was saved; why not has then been said. */
  readonly save: () => Promise<boolean>;
  /** For small switches: the change is drafted and saved in one, with an undo. */
  readonly saveNow: (change: Partial<D> | ((value: D) => D)) => void;
  readonly saving: boolean;
  /** The sentence under a field; shown once the person has left it, or tried to save. */
  readonly errorAt: (path: string) => string | undefined;
  readonly leave: (path: string) => void;
  /** Whether anything would be refused. */
  readonly problems: readonly FieldProblem[];
  /** A newer version than the draft was begun from. */
  readonly newer: Pick<SettingsShape, "version" | "savedAt" | "savedBy"> | undefined;
  readonly keepMine: () => void;
  readonly restore: (version: number) => Promise<boolean>;
}

export function useSettingsDocument<K extends SettingsKind>(kind: K): SettingsDocument<Settings[K]> {
  type D = Settings[K];
  const { t } = useTranslation();
  const ask = useAskServer();
  const toasts = useToasts();
  const errors = useErrors();
  const answer = useAnswer(tenantCalls.getSettings, { params: { kind } }, { changes: newsOfSettings(kind) });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [attempted, setAttempted] = useState(false);
  const [saving, setSaving] = useState(false);
  const [refused, setRefused] = useState<readonly FieldProblem[]>([]);

  const [draft, setDraft, draftNow] = useKept<Draft<D> | null>(kind, null);

  const shape = answer.data;
  const live = shape?.document as D | undefined; // checked and completed by the server, by the same rules
  const value = draft?.document ?? live;
  const changes = draft === null || live === undefined ? [] : changedPaths(draft.original, draft.document);
  const checked = draft === null ? undefined : checkSettings(kind, draft.document);
  const problems = [...(checked === undefined || checked.ok ? [] : checked.problems), ...refused];

  const apply = (current: D, change: Partial<D> | ((value: D) => D)): D =>
    typeof change === "function" ? change(current) : { ...current, ...change };
  const update = (change: Partial<D> | ((value: D) => D)) => {
    if (shape === undefined || live === undefined) return;
    const from = draftNow() ?? { document: live, base: shape.version, original: live };
    const document = apply(from.document, change);
    setRefused([]);
    setDraft(changedPaths(from.original, document).length === 0 ? null : { ...from, document });
  };
  const forget = () => {
    setDraft(null);
    setLeft(new Set());
    setAttempted(false);
    setRefused([]);
  };
  const restoreTo = async (version: number, base: number): Promise<SettingsShape> => {
    const restored = await ask(tenantCalls.restoreSettings, { params: { kind, version }, body: { base } });
    answer.put(restored);
    return restored;
  };
  const saveDocument = async (document: D, base: number): Promise<boolean> => {
    const right = checkSettings(kind, document);
    if (!right.ok) {
      setAttempted(true);
      return false;
    }
    setSaving(true);
    try {
      // Settings are JSON by their rules.
      const saved = await ask(tenantCalls.saveSettings, { params: { kind }, body: { document: right.value as never, base } });
      answer.put(saved);
      forget();
      toasts.say(t("settings.version.saved", { version: saved.version }), {
        undo: () => void restoreTo(base, saved.version).catch(errors.say),
      });
      return true;
    } catch (error) {
      const found = asBridgeError(error);
      if (found.code === "stale_state") answer.reload();
      const fields = fieldErrors(found).map(({ at, code }) => ({
        at: at.replace(/^document\.?/u, ""),
        code: code as FieldProblem["code"],
        values: {},
      }));
      setRefused(fields);
      setAttempted(true);
      if (fields.length === 0 && found.code !== "stale_state") errors.say(error);
      return false;
    } finally {
      setSaving(false);
    }
  };

  return {
    kind,
    value,
    live,
    version: shape?.version ?? 0,
    savedAt: shape?.savedAt,
    error: answer.error,
    reload: answer.reload,
    changes,
    update,
    discard: forget,
    save: () => {
      const mine = draftNow();
      return mine === null ? Promise.resolve(true) : saveDocument(mine.document, mine.base);
    },
    saveNow(change) {
      if (shape === undefined || live === undefined) return;
      // Beside changes that wait to be saved it waits with them: one of them may be the reason for it.
      if (draftNow() !== null) return update(change);
      const document = apply(live, change);
      // Shown at once; what is refused goes back to what counts.
      setDraft({ document, base: shape.version, original: live });
      void saveDocument(document, shape.version).then((saved) => {
        if (!saved) forget();
      });
    },
    saving,
    errorAt(path) {
      const problem = problems.find(({ at }) => at === path);
      return problem === undefined || !(attempted || left.has(path)) ? undefined : errors.ofField(problem);
    },
    leave: (path) => setLeft((before) => (before.has(path) ? before : new Set([...before, path]))),
    problems,
    newer: draft !== null && shape !== undefined && shape.version > draft.base ? shape : undefined,
    keepMine() {
      if (draft === null || shape === undefined || live === undefined) return;
      setDraft({ ...draft, base: shape.version, original: live });
    },
    async restore(version) {
      if (shape === undefined) return false;
      const before = shape.version;
      try {
        const restored = await restoreTo(version, before);
        forget();
        toasts.say(t("settings.version.restored", { version }), {
          undo: () => void restoreTo(before, restored.version).catch(errors.say),
        });
        return true;
      } catch (error) {
        answer.reload();
        errors.say(error);
        return false;
      }
    },
  };
}
