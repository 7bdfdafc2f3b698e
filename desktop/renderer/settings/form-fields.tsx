/** The questions of a form in the widget: which ones, in which order, required or not, and what the tenant's own are called. */
import type { Language } from "@switchboard/shared/i18n/languages.ts";
import { formFieldKinds, type FormField } from "@switchboard/shared/model/branding.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../ui/button.tsx";
import { Checkbox } from "../ui/choices.tsx";
import { Menu } from "../ui/menu.tsx";
import { Select } from "../ui/select.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { newQuestionKey } from "./question-key.ts";
import { RowError } from "./rows.tsx";
import styles from "./branding.module.css";

const known = ["name", "email", "phone", "company"] as const;
type Known = (typeof known)[number];
const kindOf: Readonly<Record<Known, FormField["kind"]>> = { name: "text", email: "email", phone: "phone", company: "text" };
const isKnown = (key: string): key is Known => (known as readonly string[]).includes(key);

export interface FormFieldsProps {
  readonly name: string;
  readonly fields: readonly FormField[];
  readonly onFields: (fields: readonly FormField[]) => void;
  readonly language: Language;
  readonly disabled: boolean;
  /** The sentence for a place below the list: "", "0.label". */
  readonly errorAt: (path: string) => string | undefined;
}

export function FormFields({ name, fields, onFields, language, disabled, errorAt }: FormFieldsProps) {
  const { t } = useTranslation();
  const set = (index: number, change: Partial<FormField>) =>
    onFields(fields.map((field, other) => (other === index ? { ...field, ...change } : field)));
  const move = (index: number, by: 1 | -1) => {
    const next = [...fields];
    const [field] = next.splice(index, 1);
    if (field !== undefined) next.splice(index + by, 0, field);
    onFields(next);
  };
  const titleOf = (field: FormField) =>
    isKnown(field.key) ? t(`common.${field.key}`) : field.label[language] || t("settings.branding.own_field");
  const free = known.filter((key) => !fields.some((field) => field.key === key));
  const addOwn = () => onFields([...fields, { key: newQuestionKey(), kind: "text", label: {}, required: false, choices: [] }]);
  return (
    <>
      <ul className={styles.fields} aria-label={name}>
        {fields.map((field, index) => {
          const own = !isKnown(field.key);
          const title = titleOf(field);
          const wrong = ["label", "label." + language, "kind", "choices", "key"]
            .map((part) => errorAt(`${index}.${part}`))
            .find((one) => one !== undefined);
          return (
            <li key={field.key}>
              <div className={styles.field}>
                {own ? (
                  <>
                    <TextInput
                      lang={language}
                      aria-label={t("settings.branding.field_label", { number: index + 1 })}
                      placeholder={t("settings.branding.own_field")}
                      value={field.label[language] ?? ""}
                      onValue={(text) => {
                        const { [language]: _before, ...rest } = field.label;
                        set(index, { label: text === "" ? rest : { ...rest, [language]: text } });
                      }}
                      maxLength={limits.formLabel}
                      disabled={disabled}
                    />
                    <Select
                      aria-label={t("settings.branding.field_kind", { name: title })}
                      value={field.kind}
                      onValue={(kind) => set(index, { kind, choices: kind === "choice" ? ["A", "B"] : [] })}
                      disabled={disabled}
                      choices={formFieldKinds.map((kind) => ({ value: kind, label: t(`settings.branding.kinds.${kind}`) }))}
                    />
                  </>
                ) : (
                  <span className="grow clip">{title}</span>
                )}
                <Checkbox
                  label={t("settings.branding.required")}
                  checked={field.required}
                  disabled={disabled}
                  onChecked={(required) => set(index, { required })}
                />
                <IconButton
                  icon="chevronUp"
                  size="s"
                  label={t("settings.branding.field_up", { name: title })}
                  disabled={disabled || index === 0}
                  onClick={() => move(index, -1)}
                />
                <IconButton
                  icon="chevronDown"
                  size="s"
                  label={t("settings.branding.field_down", { name: title })}
                  disabled={disabled || index === fields.length - 1}
                  onClick={() => move(index, 1)}
                />
                <IconButton
                  icon="close"
                  size="s"
                  label={t("ui.combobox.remove", { name: title })}
                  disabled={disabled}
                  onClick={() => onFields(fields.filter((_unused, other) => other !== index))}
                />
              </div>
              {field.kind === "choice" && (
                <TextInput
                  aria-label={t("settings.branding.field_choices", { name: title })}
                  value={field.choices.join(", ")}
                  onValue={(text) => set(index, { choices: text.split(",").map((choice) => choice.trimStart()) })}
                  disabled={disabled}
                />
              )}
              {wrong !== undefined && <RowError>{wrong}</RowError>}
            </li>
          );
        })}
      </ul>
      {errorAt("") !== undefined && <RowError>{t("settings.branding.needs_address")}</RowError>}
      {fields.length < limits.formFields && !disabled && (
        <Menu
          entries={[
            ...free.map((key) => ({
              id: key,
              label: t(`common.${key}`),
              run: () => onFields([...fields, { key, kind: kindOf[key], label: {}, required: false, choices: [] }]),
            })),
            { id: "own", label: t("settings.branding.own_field"), icon: "plus" as const, run: addOwn },
          ]}
          trigger={
            <Button size="s" kind="quiet" icon="plus">
              {t("settings.branding.field_add")}
            </Button>
          }
        />
      )}
    </>
  );
}
