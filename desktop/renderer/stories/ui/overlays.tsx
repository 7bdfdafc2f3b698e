import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Field } from "../../ui/field.tsx";
import { TenantTag } from "../../ui/marks.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Palette } from "../../ui/palette.tsx";
import { TextInput } from "../../ui/text-input.tsx";
import { useToasts } from "../../ui/toast-context.ts";
import type { Story } from "../story.ts";

function DialogStory() {
  const [open, setOpen] = useState(true);
  const [title, setTitle] = useState("Reserve one celadon set until Monday");
  const first = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Open</Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title="New task"
        mark={<TenantTag letters="BM" colour="teal" name="Baan Mai Ceramics" />}
        first={first}
        footer={
          <>
            <span className="grow">Works offline. Your text is kept if you close this.</span>
            <Button size="l" onClick={() => setOpen(false)}>
              Cancel
            </Button>
            <Button size="l" kind="primary" keys={["Ctrl", "⏎"]}>
              Create task
            </Button>
          </>
        }
      >
        <Field label="Title">
          <TextInput ref={first} value={title} onValue={setTitle} />
        </Field>
      </Dialog>
    </>
  );
}

function ConfirmStory() {
  const [open, setOpen] = useState(true);
  return (
    <ConfirmDialog
      open={open}
      title="Delete task “Reserve one celadon set”?"
      confirm="Delete task"
      keep="Keep"
      onConfirm={() => setOpen(false)}
      onKeep={() => setOpen(false)}
    >
      It cannot be brought back.
    </ConfirmDialog>
  );
}

function MenuStory() {
  return (
    <Menu
      open={true}
      trigger={<Button iconEnd="chevronDown">Menu</Button>}
      entries={[
        { id: "g", kind: "group", label: "Availability" },
        { id: "a", kind: "choice", label: "Available", checked: true, run: () => undefined },
        { id: "d", kind: "choice", label: "Do not disturb", help: "No sound, marks stay", checked: false, run: () => undefined },
        { id: "l", kind: "line" },
        { id: "s", label: "Snooze", icon: "snooze", keys: ["Z"], run: () => undefined },
        {
          id: "m",
          kind: "more",
          label: "Hand over to",
          icon: "transfer",
          entries: [{ id: "x", label: "Jonas Berg", run: () => undefined }],
        },
        { id: "off", label: "Pop out", icon: "popOut", disabled: true, run: () => undefined },
        { id: "b", label: "Block visitor", icon: "block", danger: true, run: () => undefined },
      ]}
    />
  );
}

function PaletteStory() {
  const [query, setQuery] = useState("hand");
  return (
    <Palette
      open={true}
      onClose={() => undefined}
      query={query}
      onQuery={setQuery}
      onRun={() => undefined}
      groups={[
        {
          id: "pane",
          label: (
            <>
              Pane 1 · <span lang="th">สุพรรษา ศรีวัฒนานุกูลกิจ</span>
            </>
          ),
          items: [
            { id: "h", label: "Hand over to a person or team", icon: "transfer", keys: ["H"] },
            { id: "q", label: "Hand back to the queue", icon: "inbox", keys: ["Shift", "H"] },
          ],
        },
        {
          id: "found",
          label: "Found on this computer",
          items: [
            {
              id: "c",
              label: "Chandra Handayani Wijaya",
              icon: "user",
              detail: "Contact",
              mark: <TenantTag letters="KT" colour="plum" name="Kitsune Tea House" />,
            },
            {
              id: "m",
              label: "“…left-handed brake lever, 52 cm”",
              icon: "chat",
              detail: "12 Nov",
              mark: <TenantTag letters="LB" colour="rust" name="Lumphini Bikes" />,
            },
            { id: "s", label: "Search older conversations on the server", icon: "cloudUp", keys: ["⏎"] },
          ],
        },
      ]}
    />
  );
}

function ToastStory() {
  const toasts = useToasts();
  useEffect(() => {
    // The layer above listens after this view's effects have run.
    const timer = setTimeout(() => toasts.say("Conversation with Hatice Yıldırım-Aksoy closed", { undo: () => undefined }), 0);
    return () => clearTimeout(timer);
  }, [toasts]);
  return <Button onClick={() => toasts.say("Snoozed until tomorrow 09:00", { undo: () => undefined })}>Snooze</Button>;
}

export const overlayStories: readonly Story[] = [
  { name: "dialog", view: DialogStory },
  { name: "confirm", view: ConfirmStory },
  { name: "menu", view: MenuStory },
  { name: "palette", view: PaletteStory },
  { name: "toast", view: ToastStory },
];
