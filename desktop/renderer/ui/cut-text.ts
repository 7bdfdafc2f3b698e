/**
 * Where a line is cut, pointing at it shows the whole: for every `.clip` at once, so that no list has to think of it. A title of
 * the line's own, or of what it stands in, says more and stays.
 */
export function tellCutText(root: Document): () => void {
  const ours = new WeakSet<Element>();
  const tell = ({ target }: Event) => {
    const line = target instanceof Element ? target.closest<HTMLElement>(".clip") : null;
    if (line === null || line.parentElement?.closest("[title]") || (line.title !== "" && !ours.has(line))) return;
    ours.add(line);
    if (line.scrollWidth > line.clientWidth) line.title = line.innerText;
    else line.removeAttribute("title");
  };
  root.addEventListener("pointerover", tell, { passive: true });
  return () => root.removeEventListener("pointerover", tell);
}
