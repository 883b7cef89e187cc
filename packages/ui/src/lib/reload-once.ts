const KEY = "prefect-ts-reloaded-at";
/** Sooner than this a second reload would not help either. */
const PAUSE_MS = 30_000;

/**
 * A newer server has files of other names, so a page that was open before asks for one that is gone. Loading the page
 * again gets it the new names; when that does not help, the error shows.
 */
export function reloadOnce(): void {
  const before = Number(sessionStorage.getItem(KEY) ?? 0);
  const now = Date.now();
  if (now - before < PAUSE_MS) return;
  sessionStorage.setItem(KEY, String(now));
  window.location.reload();
}
