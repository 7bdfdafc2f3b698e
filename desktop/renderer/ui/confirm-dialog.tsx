import { useRef, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

export interface ConfirmDialogProps {
  readonly open: boolean;
  /** Names the thing: 'Delete task "Reserve one celadon set"?' */
  readonly title: string;
  /** What cannot be brought back. */
  readonly children: ReactNode;
  /** Verb and noun, never "OK". */
  readonly confirm: string;
  /** What stays if the person says no: "Keep". It has the focus, because this dialog exists only for what cannot be undone. */
  readonly keep: string;
  readonly onConfirm: () => void;
  readonly onKeep: () => void;
}

export function ConfirmDialog({ open, title, children, confirm, keep, onConfirm, onKeep }: ConfirmDialogProps) {
  const keepRef = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      open={open}
      onClose={onKeep}
      title={title}
      width="s"
      alert={true}
      first={keepRef}
      footer={
        <>
          <Button size="l" onClick={onKeep} ref={keepRef}>
            {keep}
          </Button>
          <Button size="l" kind="solid-danger" onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      <p>{children}</p>
    </Dialog>
  );
}
