import { useEffect, useRef } from "react";

/** Keys as the browser calls them, two in a row with a space between: `j`, `Escape`, `g r`. */
export type Hotkeys = Readonly<Record<string, () => void>>;

/** How long the first of two keys waits for the second. */
const SEQUENCE_MS = 800;

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable=true]";
/** While one of these is open the keys are its own. */
const OVERLAYS = "[role=dialog], [role=menu], [role=listbox]";
/** Enter and Space on these do what the browser says. */
const PRESSABLE = "a[href], button, [role=tab], summary, input[type=checkbox]";

function belongsElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true;
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest(TYPING) || document.querySelector(OVERLAYS)) return true;
  return (event.key === "Enter" || event.key === " ") && target?.closest(PRESSABLE) != null;
}

/** Keys of a page, live while it is shown. They are silent while the reader types or a dialog is open. */
export function useHotkeys(keys: Hotkeys): void {
  const latest = useRef(keys);
  latest.current = keys;

  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (belongsElsewhere(event)) return;
      const isSecond = first !== undefined && event.timeStamp - first.at < SEQUENCE_MS;
      const action = (isSecond ? latest.current[`${first?.key} ${event.key}`] : undefined) ?? latest.current[event.key];
      first = { key: event.key, at: event.timeStamp };
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
}
