import { useCallback, type ClipboardEvent, type DragEvent } from "react";
import { useTranslation } from "react-i18next";
import { useToasts } from "../ui/toast-context.ts";
import { plainText } from "./plain-text.ts";

/**
 * What is pasted or dropped into a composer arrives as text: never as markup, never with characters that show one thing and mean another,
 * and a file is not taken for one.
 */
export function useTextOnly(insert: (text: string) => void): {
  readonly onPaste: (event: ClipboardEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
} {
  const toasts = useToasts();
  const { t } = useTranslation();
  const take = useCallback(
    (data: DataTransfer, stop: () => void) => {
      const text = data.getData("text/plain");
      if (text === "") {
        if (data.files.length > 0) {
          stop();
          toasts.say(t("inbox.composer.only_text"), { tone: "warn" });
        }
        return;
      }
      const plain = plainText(text);
      // What is plain already goes the browser's own way, which knows about input methods and undo.
      if (plain === text) return;
      stop();
      insert(plain);
    },
    [toasts, t, insert],
  );
  return {
    onPaste: (event) => take(event.clipboardData, () => event.preventDefault()),
    onDrop: (event) => take(event.dataTransfer, () => event.preventDefault()),
  };
}
