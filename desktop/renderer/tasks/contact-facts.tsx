import { limits } from "@switchboard/shared/model/limits.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { scriptLanguage } from "../text/script.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { cx } from "../ui/cx.ts";
import { Chip } from "../ui/marks.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useWorkActs } from "./use-work-acts.ts";
import styles from "./contact-facts.module.css";

export interface KnownContact {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

export type Address = "phone" | "email";

export interface ContactFactsProps {
  readonly tenantId: string;
  readonly contact: KnownContact;
  readonly readOnly: boolean;
  /** Below each other, as in a narrow panel. */
  readonly narrow?: boolean;
}

/** Who the work is about and how to reach them. What is missing is marked and can be added here, without leaving the form. */
export function ContactFacts({ tenantId, contact, readOnly, narrow = false }: ContactFactsProps) {
  const { t } = useTranslation();
  return (
    <dl className={cx(styles.facts, narrow && styles.narrow)}>
      <div>
        <dt>{t("tasks.form.contact")}</dt>
        <dd className="clip" lang={scriptLanguage(contact.name)} title={contact.name}>
          {contact.name}
        </dd>
      </div>
      {(["phone", "email"] as const).map((address) => (
        <div key={address}>
          <dt>{t(`common.${address}`)}</dt>
          <dd>
            <AddressValue tenantId={tenantId} contact={contact} address={address} readOnly={readOnly} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function AddressValue({ tenantId, contact, address, readOnly }: Omit<ContactFactsProps, "narrow"> & { readonly address: Address }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const value = contact[address];
  if (value !== null && value !== "")
    return (
      <span className="clip" title={value}>
        {value}
      </span>
    );
  if (adding) return <AddAddress tenantId={tenantId} contactId={contact.id} address={address} onDone={() => setAdding(false)} />;
  return (
    <>
      <Chip tone="missing" icon="warning">
        {t("common.missing")}
      </Chip>
      {!readOnly && (
        <Button kind="link" onClick={() => setAdding(true)} aria-label={`${t("common.add")}: ${t(`common.${address}`)}`}>
          {t("common.add")}
        </Button>
      )}
    </>
  );
}

/** One line, Enter saves. The contact is changed at once, also when the form around it is left. */
export function AddAddress({
  tenantId,
  contactId,
  address,
  onDone,
}: {
  readonly tenantId: string;
  readonly contactId: string;
  readonly address: Address;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const { act } = useWorkActs();
  const [text, setText] = useState("");
  const typed = text.trim();
  const wrong = address === "email" && typed !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(typed);
  const save = () => {
    if (typed === "" || wrong) return;
    onDone();
    void act({ tenantId, name: "updateContact", args: { contactId, changes: { [address]: typed } } }, t("inbox.contact.saved"));
  };
  return (
    <span className={styles.add}>
      <TextInput
        small={true}
        value={text}
        onValue={setText}
        // It opens because "Add" was pressed.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={true}
        aria-label={t("tasks.form.add_to_contact", { what: t(`common.${address}`) })}
        aria-invalid={wrong}
        title={wrong ? t("inbox.contact.email_wrong") : undefined}
        inputMode={address === "email" ? "email" : "tel"}
        maxLength={address === "email" ? limits.email : limits.phone}
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === "Enter") save();
          else onDone();
        }}
      />
      <IconButton icon="check" size="s" label={t("inbox.contact.save")} onClick={save} />
      <IconButton icon="close" size="s" label={t("common.cancel")} onClick={onDone} />
    </span>
  );
}
