import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog, DialogActs } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useOnce } from "../../ui/use-once.ts";
import { useErrors } from "../use-errors.ts";
import { useWhyNot } from "./use-deed.ts";

/** One name, checked by the server; what is wrong stands under it. */
export function NameDialog(props: {
  readonly title: string;
  readonly label: string;
  readonly help?: string;
  readonly start: string;
  readonly limit: number;
  readonly onName: (name: string) => Promise<unknown>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const errors = useErrors();
  const whyNot = useWhyNot();
  const once = useOnce();
  const [name, setName] = useState(props.start);
  const [refused, setRefused] = useState<string>();
  const save = async () => {
    if (name.trim() === "") return setRefused(t("errors.field.required"));
    try {
      await props.onName(name.trim());
      props.onClose();
    } catch (error) {
      setRefused(errors.sentence(error));
    }
    return undefined;
  };
  return (
    <Dialog
      open={true}
      onClose={props.onClose}
      title={props.title}
      width="s"
      footer={
        <DialogActs onCancel={props.onClose} blocked={whyNot} onClick={() => once(save)}>
          {t("common.save")}
        </DialogActs>
      }
    >
      <Field label={props.label} help={props.help} error={refused}>
        <TextInput
          value={name}
          onValue={setName}
          limit={props.limit}
          onKeyDown={(event) => {
            if (event.key === "Enter" && !event.nativeEvent.isComposing) once(save);
          }}
        />
      </Field>
    </Dialog>
  );
}
