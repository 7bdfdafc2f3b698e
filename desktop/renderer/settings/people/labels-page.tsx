/* oxlint-disable react/no-unstable-nested-components -- the table calls a cell as a function; nothing is mounted anew */
import type { OutputOf } from "@switchboard/shared/api/contract.ts";
import type { labelsApi } from "@switchboard/shared/api/conversations.ts";
import { labelColours } from "@switchboard/shared/model/colours.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { newId } from "../../ids.ts";
import { useTicker } from "../../text/now.tsx";
import { Button, IconButton } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Dialog, DialogActs } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { Menu } from "../../ui/menu.tsx";
import { EmptyState } from "../../ui/states.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useOnce } from "../../ui/use-once.ts";
import { PageFrame } from "../page-frame.tsx";
import { asBridgeError, useAnswer, useAskServer } from "../use-api.ts";
import { useErrors } from "../use-errors.ts";
import { labelCalls } from "./people-calls.ts";
import { PlainTable } from "./plain-table.tsx";
import { useDeed, useSayUndo, useWhyNot } from "./use-deed.ts";
import styles from "./people.module.css";

type Label = OutputOf<typeof labelsApi.list>["items"][number];

/** Words on conversations and tasks; what a member's skills are compared with when a conversation is given out. */
export function LabelsPage() {
  const { t } = useTranslation();
  const ask = useAskServer();
  const deed = useDeed();
  const whyNot = useWhyNot();
  const labels = useAnswer(labelCalls.list, {}, { changes: ["label."] });
  const [editing, setEditing] = useState<Label | "new">();
  const [removing, setRemoving] = useState<Label>();
  const [merging, setMerging] = useState<{ readonly from: Label; readonly into: Label }>();
  const items = labels.data?.items;
  const create = (
    <Button kind="primary" icon="plus" blocked={whyNot} onClick={() => setEditing("new")}>
      {t("people.labels.new")}
    </Button>
  );
  return (
    <PageFrame
      id="labels"
      loaded={items !== undefined}
      error={labels.error}
      onRetry={labels.reload}
      actions={items?.length === 0 ? undefined : create}
    >
      {items?.length === 0 && (
        <EmptyState icon="tag" title={t("people.labels.empty")} action={create}>
          {t("people.labels.empty_line")}
        </EmptyState>
      )}
      {items !== undefined && items.length > 0 && (
        <PlainTable
          label={t("settings.page.labels.title")}
          rows={items}
          keyOf={({ id }) => id}
          columns={[
            {
              id: "name",
              label: t("people.labels.name"),
              header: true,
              cell: ({ name, colour }) => (
                <span className={styles.line}>
                  <span className={styles.swatch} style={{ backgroundColor: colour }} />
                  {name}
                </span>
              ),
            },
            {
              id: "acts",
              label: t("people.acts"),
              labelHidden: true,
              width: "48px",
              cell: (label) => (
                <Menu
                  align="end"
                  trigger={<IconButton icon="more" label={t("people.labels.more", { name: label.name })} />}
                  entries={[
                    {
                      id: "edit",
                      label: t("people.labels.edit"),
                      icon: "pencil",
                      disabled: whyNot !== undefined,
                      run: () => setEditing(label),
                    },
                    ...(items.length > 1
                      ? [
                          {
                            kind: "more" as const,
                            id: "merge",
                            label: t("people.labels.merge"),
                            icon: "chain" as const,
                            entries: items
                              .filter(({ id }) => id !== label.id)
                              .map((into) => ({
                                id: into.id,
                                label: into.name,
                                disabled: whyNot !== undefined,
                                run: () => setMerging({ from: label, into }),
                              })),
                          },
                        ]
                      : []),
                    {
                      id: "remove",
                      label: t("people.labels.remove"),
                      icon: "trash",
                      danger: true,
                      disabled: whyNot !== undefined,
                      run: () => setRemoving(label),
                    },
                  ]}
                />
              ),
            },
          ]}
        />
      )}
      {editing !== undefined && (
        <LabelDialog label={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} onSaved={labels.reload} />
      )}
      <ConfirmDialog
        open={removing !== undefined}
        title={t("people.labels.remove_title", { name: removing?.name ?? "" })}
        confirm={t("people.labels.remove")}
        keep={t("people.keep")}
        onKeep={() => setRemoving(undefined)}
        onConfirm={() => {
          const label = removing;
          setRemoving(undefined);
          if (label !== undefined) void deed(() => ask(labelCalls.remove, { params: { labelId: label.id } })).then(labels.reload);
        }}
      >
        {t("people.labels.remove_line")}
      </ConfirmDialog>
      <ConfirmDialog
        open={merging !== undefined}
        title={t("people.labels.merge_title", { from: merging?.from.name ?? "", into: merging?.into.name ?? "" })}
        confirm={t("people.labels.merge_do")}
        keep={t("people.keep")}
        onKeep={() => setMerging(undefined)}
        onConfirm={() => {
          const wish = merging;
          setMerging(undefined);
          if (wish !== undefined)
            void deed(() => ask(labelCalls.merge, { params: { labelId: wish.from.id }, body: { into: wish.into.id } })).then(labels.reload);
        }}
      >
        {t("people.labels.merge_line")}
      </ConfirmDialog>
    </PageFrame>
  );
}

function LabelDialog({
  label,
  onClose,
  onSaved,
}: {
  readonly label: Label | undefined;
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const { t } = useTranslation();
  const ask = useAskServer();
  const errors = useErrors();
  const ticker = useTicker();
  const sayUndo = useSayUndo();
  const whyNot = useWhyNot();
  const once = useOnce();
  const [id] = useState(() => newId(ticker.now()));
  const [name, setName] = useState(label?.name ?? "");
  const [colour, setColour] = useState(label?.colour ?? labelColours[0]);
  const [refused, setRefused] = useState<string>();
  const save = async () => {
    if (name.trim() === "") return setRefused(t("errors.field.required"));
    const body = { name: name.trim(), colour };
    try {
      if (label === undefined) {
        await ask(labelCalls.create, { body: { id, ...body } });
        sayUndo(t("people.added", body), () => ask(labelCalls.remove, { params: { labelId: id } }));
      } else {
        const params = { labelId: label.id };
        // Only what was changed travels, and is taken back: what a colleague changes beside it stays.
        const fields = (["name", "colour"] as const).filter((field) => body[field] !== label[field]);
        const only = (from: typeof body) => Object.fromEntries(fields.map((field) => [field, from[field]]));
        if (fields.length > 0) {
          await ask(labelCalls.update, { params, body: only(body) });
          sayUndo(t("people.changed", body), () => ask(labelCalls.update, { params, body: only(label) }));
        }
      }
      onSaved();
      onClose();
    } catch (error) {
      setRefused(asBridgeError(error).code === "conflict" ? t("people.labels.taken") : errors.sentence(error));
    }
    return undefined;
  };
  return (
    <Dialog
      open={true}
      onClose={onClose}
      width="s"
      title={label === undefined ? t("people.labels.new") : t("people.labels.edit")}
      footer={
        <DialogActs onCancel={onClose} blocked={whyNot} onClick={() => once(save)}>
          {t("common.save")}
        </DialogActs>
      }
    >
      <div className={styles.form}>
        <Field label={t("people.labels.name")} error={refused}>
          <TextInput value={name} onValue={setName} limit={limits.labelName} />
        </Field>
        <fieldset className={styles.swatches} aria-label={t("people.labels.colour")}>
          {[...new Set([...labelColours, colour])].map((one, index) => (
            <button
              key={one}
              type="button"
              style={{ backgroundColor: one }}
              aria-label={t("people.labels.colour_number", { number: index + 1 })}
              aria-pressed={one === colour}
              onClick={() => setColour(one)}
            />
          ))}
        </fieldset>
      </div>
    </Dialog>
  );
}
