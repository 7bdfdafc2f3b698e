/**
 * A file dropped on the page would replace the console by that file. Only a text field may look at what is dropped, and says that it
 * takes text; everywhere else nothing happens, and the pointer shows it.
 */
export function keepFilesOut(page: Pick<Window, "addEventListener">): void {
  const refuse = (event: DragEvent) => {
    const { dataTransfer, target } = event;
    if (dataTransfer === null || !dataTransfer.types.includes("Files")) return;
    if (target instanceof HTMLTextAreaElement && event.type === "drop") return;
    event.preventDefault();
    if (!(target instanceof HTMLTextAreaElement)) dataTransfer.dropEffect = "none";
  };
  page.addEventListener("dragover", refuse);
  page.addEventListener("drop", refuse);
}
