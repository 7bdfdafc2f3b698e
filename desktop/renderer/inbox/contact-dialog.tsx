import { limits } from "@switchboard/shared/model/limits.ts";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { useEdit } from "../tasks/use-edit.ts";
import { Dialog, DialogActs } from "../ui/dialog.tsx";
import { Field } from "../ui/field.tsx";
import { Meanwhile } from "../ui/meanwhile.tsx";
import { TextInput } from "../ui/text-input.tsx";
import { useOnce } from "../ui/use-once.ts";
import styles from "./dialogs.module.css";

type Contact = NonNullable<QueryOutput<"conversation.open">>["contact"];
const fields = ["name", "phone", "email", "company"] as const;
export type ContactField = (typeof fields)[number];

export interface ContactDialogProps {
  readonly tenantId: string;
  readonly contact: Contact;
  /** Where "Add" was pressed. */
  readonly first: ContactField;
  readonly onClose: () => void;
  /** Whether it is kept. */
  readonly onSave: (changes: Readonly<Partial<Record<ContactField, string | null>>>) => Promise<boolean>;
}

const most = { name: limits.personName, phone: limits.phone, email: limits.email, company: limits.company } as const;

export function ContactDialog({ tenantId, contact, first, onClose, onSave }: ContactDialogProps) {
  const { t } = useTranslation();
  const wanted = useRef<HTMLInputElement>(null);
  const once = useOnce();
  const [left, setLeft] = useState(false);
  const [undecided, setUndecided] = useState(0);
  const { name, phone, email: address, company } = contact;
  const stands = { name: name ?? "", phone: phone ?? "", email: address ?? "", company: company ?? "" };
  const { values, meanwhile, type, keepMine, keepTheirs, clear, discard } = useEdit(
    { tenantId, placeId: contact.id },
    "contactEdit",
    stands,
    onClose,
  );
  const email = values.email.trim();
  const wrong = email !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email);
  const unfinished = /^[^\s@]+@[^\s@.]+$/.test(email);
  const save = async () => {
    if (wrong) {
      setLeft(true);
      return;
    }
    if (meanwhile.length > 0) {
      setUndecided(undecided + 1);
      return;
    }
    // Only what was changed travels: two people who edit other fields both keep theirs.
    const changes = Object.fromEntries(
      fields.flatMap((field) => {
        const next = values[field].trim() === "" ? null : values[field].trim();
        return next === contact[field] ? [] : [[field, next]];
      }),
    );
    if (Object.keys(changes).length > 0 && !(await onSave(changes))) return;
    clear();
    onClose();
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      title={t("inbox.contact.title")}
      onDiscard={discard}
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
          once(save);
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
              value={values[field]}
              onValue={(next) => type({ [field]: next })}
              maxLength={most[field]}
              type={field === "phone" ? "tel" : "text"}
              inputMode={field === "email" ? "email" : field === "phone" ? "tel" : "text"}
              onBlur={field === "email" ? () => setLeft(true) : undefined}
              autoComplete="off"
            />
          </Field>
        ))}
        {meanwhile.length > 0 && (
          <Meanwhile
            fields={meanwhile.map((field) => t(`common.${field}`))}
            theirs={meanwhile.length === 1 && meanwhile[0] !== undefined ? stands[meanwhile[0]] : undefined}
            tried={undecided}
            onMine={keepMine}
            onTheirs={keepTheirs}
          />
        )}
      </form>
    </Dialog>
  );
}
