import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueryOutput } from "../../bridge/index.ts";
import { useLive } from "../live.tsx";
import { Avatar } from "../ui/marks.tsx";
import { Combobox } from "../ui/combobox.tsx";
import { Field } from "../ui/field.tsx";

export type ContactChoice = QueryOutput<"contacts.find">["items"][number];

/** Whom new work is about, when it does not come out of a conversation. Searched on this computer. */
export function ContactField({
  tenantId,
  value,
  onValue,
}: {
  readonly tenantId: string;
  readonly value: ContactChoice | null;
  readonly onValue: (value: ContactChoice | null) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const items = useLive("contacts.find", { tenantId, text: text === value?.name ? "" : text }, { keep: true }).data?.items ?? [];
  const shown = value === null || items.some(({ id }) => id === value.id) ? items : [value, ...items];
  return (
    <Field label={t("followups.form.contact")} optional={true}>
      <Combobox
        placeholder={t("followups.form.nobody_yet")}
        choices={shown.map((contact) => ({
          value: contact.id,
          label: contact.name,
          mark: <Avatar name={contact.name} size="xs" />,
        }))}
        value={value?.id ?? null}
        onText={setText}
        onValue={(id) => onValue(shown.find((contact) => contact.id === id) ?? null)}
      />
    </Field>
  );
}
