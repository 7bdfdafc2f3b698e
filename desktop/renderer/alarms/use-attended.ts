import { useCallback, useState, type RefCallback } from "react";

/** Whether somebody points at what has this ref, or has the focus in it. */
export function useAttended(): readonly [attended: boolean, ref: RefCallback<HTMLElement>] {
  const [attended, setAttended] = useState(false);
  const ref = useCallback((element: HTMLElement) => {
    const look = () => setAttended(element.matches(":hover, :focus-within"));
    const left = ({ relatedTarget }: FocusEvent) =>
      setAttended(element.matches(":hover") || (relatedTarget instanceof Node && element.contains(relatedTarget)));
    element.addEventListener("pointerenter", look);
    element.addEventListener("pointerleave", look);
    element.addEventListener("focusin", look);
    element.addEventListener("focusout", left);
    // What goes takes the focus with it and says nothing.
    const changes = new MutationObserver(look);
    changes.observe(element, { childList: true });
    return () => {
      changes.disconnect();
      element.removeEventListener("pointerenter", look);
      element.removeEventListener("pointerleave", look);
      element.removeEventListener("focusin", look);
      element.removeEventListener("focusout", left);
      setAttended(false);
    };
  }, []);
  return [attended, ref];
}
