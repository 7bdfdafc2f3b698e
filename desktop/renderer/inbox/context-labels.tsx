import { useTranslation } from "react-i18next";
import type { Label } from "../../bridge/shapes.ts";
import { scriptLanguage } from "../text/script.ts";
import { Chip } from "../ui/marks.tsx";
import styles from "./context-panel.module.css";

export interface ContextLabelsProps {
  readonly labels: readonly Label[];
  /** What pressing them does, for who hears it. */
  readonly change: string;
  /** Left out where they may only be read. */
  readonly onChange?: (() => void) | undefined;
}

/** The labels of a contact or of a conversation; pressing them opens the choice. */
export function ContextLabels({ labels, change, onChange }: ContextLabelsProps) {
  const { t } = useTranslation();
  const chips = labels.map((label) => (
    <Chip key={label.id} title={label.name} lang={scriptLanguage(label.name)}>
      {label.name}
    </Chip>
  ));
  if (onChange === undefined) return <span className={styles.labels}>{chips}</span>;
  return (
    <button type="button" className={styles.labels} onClick={onChange}>
      <span className="vh">{change}</span>
      {chips.length === 0 ? <span className={styles.add}>{t("inbox.context.add")}</span> : chips}
    </button>
  );
}
