import { contrast, shadeAgainst } from "@switchboard/shared/model/colours.ts";
import { useTranslation } from "react-i18next";
import { useFormat } from "../text/format-context.tsx";
import { cx } from "./cx.ts";
import { Chip } from "./marks.tsx";
import { TextInput } from "./text-input.tsx";
import styles from "./color-field.module.css";

export interface ColorFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (hex: string) => void;
  readonly presets: readonly { readonly hex: string; readonly name: string }[];
}

const hex = /^#[0-9a-f]{6}$/i;

/** A colour, typed or picked, and what it means for the white text that will stand on it: never a surprise on the site. */
export function ColorField({ label, value, onValue, presets }: ColorFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const valid = hex.test(value);
  const ratio = valid ? contrast(value, "#ffffff") : 0;
  const shade = valid ? shadeAgainst("#ffffff", value) : value;
  const enough = ratio >= 4.5;
  return (
    <fieldset aria-label={label}>
      <div className={styles.line}>
        <span className={styles.input}>
          <input
            type="color"
            className={styles.sample}
            aria-label={t("ui.colour.pick", { name: label })}
            value={valid ? value : "#000000"}
            onChange={(event) => onValue(event.currentTarget.value)}
          />
          <TextInput
            aria-label={label}
            value={value}
            onValue={(next) => onValue(next.startsWith("#") || next === "" ? next : `#${next}`)}
            mono={true}
            maxLength={7}
            spellCheck={false}
          />
        </span>
        {presets.map((preset) => (
          <button
            key={preset.hex}
            type="button"
            className={cx(styles.preset, preset.hex.toLowerCase() === value.toLowerCase() && styles.chosen)}
            style={{ backgroundColor: preset.hex }}
            aria-label={preset.name}
            aria-pressed={preset.hex.toLowerCase() === value.toLowerCase()}
            onClick={() => onValue(preset.hex)}
          />
        ))}
      </div>
      <p className={styles.result} aria-live="polite">
        {valid ? (
          <>
            <Chip tone={enough ? "ok" : "warn"} icon={enough ? "check" : "warning"}>
              {t("ui.colour.ratio", { ratio: format.number(Math.round(ratio * 10) / 10) })}
            </Chip>
            {enough ? (
              t("ui.colour.enough")
            ) : (
              <>
                {t("ui.colour.adjusted", { shade })}
                <span className={styles.shade} style={{ backgroundColor: shade }} />
              </>
            )}
          </>
        ) : (
          <span className={styles.wrong}>{t("ui.colour.invalid")}</span>
        )}
      </p>
    </fieldset>
  );
}
