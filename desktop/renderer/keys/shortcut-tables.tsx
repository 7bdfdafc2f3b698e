import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { foldText } from "@switchboard/shared/model/search.ts";
import { catalogue, type CommandId, type CommandRow } from "../commands/catalogue.ts";
import { useCommandEnvironment } from "../commands/context.tsx";
import { Button } from "../ui/button.tsx";
import { Switch } from "../ui/choices.tsx";
import { cx } from "../ui/cx.ts";
import { Keys } from "../ui/kbd.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useToasts } from "../ui/toast-context.ts";
import { strokeOf, writeStroke } from "./binding.ts";
import { keyNames } from "./key-names.ts";
import { refusal } from "./reserved.ts";
import {
  bindingOf,
  conflictsWith,
  noOverrides,
  readOverrides,
  setBinding,
  swapBindings,
  writeOverrides,
  type Overrides,
  type Slot,
} from "./shortcuts.ts";
import styles from "./shortcut-dialog.module.css";

interface Asking {
  readonly id: CommandId;
  readonly slot: Slot;
  /** What was pressed so far. */
  readonly text: string | undefined;
}

interface ShortcutProps {
  readonly onOverrides: (overrides: Overrides) => void;
}

const groups: readonly CommandRow["group"][] = ["conversation", "composer", "list", "panes", "go", "work", "console"];

/** All keys, found by name or by pressing them, changed in place. A key that is in use is swapped, never lost. */
export function ShortcutTables({ onOverrides }: ShortcutProps) {
  const { t } = useTranslation();
  const { overrides, platform } = useCommandEnvironment();
  const [find, setFind] = useState("");
  const [asking, setAsking] = useState<Asking | undefined>(undefined);
  const wanted = foldText(find).trim();
  const rows = catalogue.filter((row) => {
    const keys = (["single", "anywhere"] as const).map((slot) => bindingOf(row.id, slot, overrides) ?? "");
    return (
      wanted === "" ||
      foldText(t(`commands.${row.id}.title`)).includes(wanted) ||
      keys.some((key) => key !== "" && keyNames(key, platform, t).join(" ").toLowerCase() === find.trim().toLowerCase())
    );
  });
  return (
    <>
      <TextInput icon="search" value={find} onValue={setFind} aria-label={t("console.shortcut.find")} placeholder={t("keys.find")} />
      {groups.map((group) => {
        const mine = rows.filter((row) => row.group === group);
        return (
          mine.length > 0 && (
            <section key={group}>
              <table className={styles.table}>
                <caption className={styles.group}>{t(`keys.group.${group}`)}</caption>
                <thead className="vh">
                  <tr>
                    <th scope="col">{t("console.shortcut.command")}</th>
                    <th scope="col">{t("console.shortcut.single")}</th>
                    <th scope="col">{t("console.shortcut.anywhere")}</th>
                  </tr>
                </thead>
                <tbody>
                  {mine.map((row) => (
                    <tr key={row.id}>
                      <th scope="row">{t(`commands.${row.id}.title`)}</th>
                      {(["single", "anywhere"] as const).map((slot) => (
                        <td key={slot}>
                          <KeyCell
                            id={row.id}
                            slot={slot}
                            asking={asking?.id === row.id && asking.slot === slot ? asking : undefined}
                            onAsking={setAsking}
                            onOverrides={onOverrides}
                          />
                        </td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )
        );
      })}
    </>
  );
}

/** All single keys on or off, and the whole set taken along, brought back or forgotten. */
export function ShortcutFooter({ onOverrides }: ShortcutProps) {
  const { t } = useTranslation();
  const { overrides } = useCommandEnvironment();
  const toasts = useToasts();
  const paste = async () => {
    const read = readOverrides(await navigator.clipboard.readText().catch(() => ""));
    if (read !== undefined) onOverrides(read);
    toasts.say(read === undefined ? t("console.shortcut.not_pasted") : t("console.shortcut.pasted"));
  };
  return (
    <>
      <Switch
        checked={!overrides.singleKeysOff}
        onChecked={(on) => onOverrides({ ...overrides, singleKeysOff: !on })}
        label={t("console.shortcut.single_on")}
      />
      <span className="grow" />
      <Button onClick={() => void navigator.clipboard.writeText(writeOverrides(overrides)).then(() => toasts.say(t("common.copied")))}>
        {t("console.shortcut.copy")}
      </Button>
      <Button onClick={() => void paste()}>{t("console.shortcut.paste")}</Button>
      <Button onClick={() => onOverrides(noOverrides)}>{t("console.shortcut.reset")}</Button>
    </>
  );
}

function KeyCell({
  id,
  slot,
  asking,
  onAsking,
  onOverrides,
}: {
  readonly id: CommandId;
  readonly slot: Slot;
  readonly asking: Asking | undefined;
  readonly onAsking: (asking: Asking | undefined) => void;
  readonly onOverrides: (overrides: Overrides) => void;
}) {
  const { t } = useTranslation();
  const { overrides, platform, host } = useCommandEnvironment();
  const text = bindingOf(id, slot, { ...overrides, singleKeysOff: false });
  const name = t(`commands.${id}.title`);
  if (asking === undefined)
    return (
      <button
        type="button"
        className={cx(styles.key, slot === "single" && overrides.singleKeysOff && styles.off)}
        onClick={() => onAsking({ id, slot, text: undefined })}
      >
        {/* What it is called contains what is seen on it (WCAG 2.5.3). */}
        <span className="vh">{t("console.shortcut.change", { name })} </span>
        {text === undefined ? (
          <span className={styles.none}>{t("console.shortcut.none")}</span>
        ) : (
          <Keys keys={keyNames(text, platform, t)} />
        )}
      </button>
    );

  const refused = asking.text === undefined ? undefined : refusal(asking.text, platform, host);
  const [conflict] = asking.text === undefined ? [] : conflictsWith(id, slot, asking.text, overrides, platform);
  const done = (next: Overrides) => {
    onOverrides(next);
    onAsking(undefined);
  };
  const press = (event: KeyboardEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") return onAsking(undefined);
    const stroke = strokeOf(event.nativeEvent, platform);
    if (stroke === undefined) return undefined;
    const next = writeStroke(stroke);
    if (refusal(next, platform, host) === undefined && conflictsWith(id, slot, next, overrides, platform).length === 0)
      return done(setBinding(overrides, id, slot, next));
    return onAsking({ id, slot, text: next });
  };
  return (
    <span className={styles.asking}>
      <button
        type="button"
        className={styles.listening}
        // Takes the very next key; Esc goes back.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={true}
        onKeyDown={press}
        onBlur={(event) => !event.currentTarget.parentElement?.contains(event.relatedTarget) && onAsking(undefined)}
      >
        {asking.text === undefined ? t("console.shortcut.press") : <Keys keys={keyNames(asking.text, platform, t)} />}
      </button>
      {refused !== undefined && <span className={styles.refused}>{t(`keys.refused.${refused}`)}</span>}
      {refused === undefined && conflict !== undefined && asking.text !== undefined && (
        <>
          <span className={styles.refused}>{t("console.shortcut.conflict", { name: t(`commands.${conflict.id}.title`) })}</span>
          <Button
            size="s"
            onClick={() => done(swapBindings(overrides, { id, slot }, { id: conflict.id, slot: conflict.slot }, asking.text ?? ""))}
          >
            {t("console.shortcut.swap")}
          </Button>
        </>
      )}
      {text !== undefined && (
        <Button size="s" kind="quiet" onClick={() => done(setBinding(overrides, id, slot, null))}>
          {t("console.shortcut.off")}
        </Button>
      )}
    </span>
  );
}
