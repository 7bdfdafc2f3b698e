import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./tabs.module.css";

export interface Tab<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly count?: number | undefined;
  /** The count is urgent: somebody waits past the target. */
  readonly hot?: boolean;
  readonly mark?: ReactNode;
  readonly lang?: string | undefined;
}

export interface TabsProps<Value extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Value>[];
  readonly value: Value;
  readonly onValue: (value: Value) => void;
  /** `pill` stands above the conversation list, `line` inside pages and panels, `note` in the composer. */
  readonly look?: "pill" | "line";
  readonly end?: ReactNode;
  /** The one panel that changes with the tab; it is named by the chosen tab. */
  readonly children?: ReactNode;
  readonly className?: string | undefined;
}

export function Tabs<Value extends string>({ label, tabs, value, onValue, look = "line", end, children, className }: TabsProps<Value>) {
  return (
    <BaseTabs.Root value={value} onValueChange={(next: Value) => onValue(next)} className={cx(styles.root, className)}>
      <div className={cx(styles.bar, styles[look])}>
        <BaseTabs.List aria-label={label} className={styles.list} activateOnFocus={true}>
          {tabs.map((tab) => (
            <BaseTabs.Tab key={tab.value} value={tab.value} className={cx(styles.tab, tab.hot === true && styles.hot)} lang={tab.lang}>
              {tab.label}
              {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
              {tab.mark}
            </BaseTabs.Tab>
          ))}
        </BaseTabs.List>
        {end}
      </div>
      {children !== undefined && (
        <BaseTabs.Panel value={value} className={styles.panel} tabIndex={-1}>
          {children}
        </BaseTabs.Panel>
      )}
    </BaseTabs.Root>
  );
}
