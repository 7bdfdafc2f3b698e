import { limits } from "@switchboard/shared/model/limits.ts";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { Dialog, DialogActs } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { TextInput } from "../ui/text-input.tsx";
import styles from "./dialogs.module.css";

type Contact = NonNullable<QueryOutput<"conversation.open">>["contact"];
const fields = ["name", "phone", "email", "company"] as const;
export type ContactField = (typeof fields)[number];

export interface ContactDialogProps {
  readonly open: boolean;
  readonly contact: Contact;
  /** Where "Add" was pressed. */
  readonly first: ContactField;
  readonly onClose: () => void;
  readonly onSave: (changes: Readonly<Partial<Record<ContactField, string | null>>>) => void;
}

const most = { name: limits.personName, phone: limits.phone, email: limits.email, company: limits.company } as const;

export function ContactDialog({ open, contact, first, onClose, onSave }: ContactDialogProps) {
  const { t } = useTranslation();
  const wanted = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<Readonly<Partial<Record<ContactField, string>>>>({});
  const [left, setLeft] = useState(false);
  const value = (field: ContactField) => typed[field] ?? contact[field] ?? "";
  const email = value("email").trim();
  const wrong = email !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
  const unfinished = /^[^\s@]+@[^\s@.]+$/.test(email);
  const save = () => {
    if (wrong) {
      setLeft(true);
      return;
    }
    // Only what was changed travels: two people who edit other fields both keep theirs.
    const changes = Object.fromEntries(
      fields.flatMap((field) => {
        const next = value(field).trim() === "" ? null : value(field).trim();
        return next === contact[field] ? [] : [[field, next]];
      }),
    );
    if (Object.keys(changes).length > 0) onSave(changes);
    else onClose();
    setTyped({});
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("inbox.contact.title")}
      width="s"
      first={wanted}
      footer={
        <DialogActs onCancel={onClose} type="submit" form="edit-contact">
          {t("inbox.contact.save")}
        </DialogActs>
      }
    >
      <form
        id="edit-contact"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        {fields.map((field) => (
          <Field
            key={field}
            label={t(`common.${field}`)}
            error={
              field === "email" && wrong && left ? t(unfinished ? "inbox.contact.email_ending" : "inbox.contact.email_wrong") : undefined
            }
          >
            <TextInput
              ref={field === first ? wanted : undefined}
              value={value(field)}
              onValue={(next) => setTyped({ ...typed, [field]: next })}
              maxLength={most[field]}
              type={field === "phone" ? "tel" : "text"}
              inputMode={field === "email" ? "email" : field === "phone" ? "tel" : "text"}
              onBlur={field === "email" ? () => setLeft(true) : undefined}
              autoComplete="off"
            />
          </Field>
        ))}
      </form>
    </Dialog>
  );
}
