import { useSyncExternalStore } from "react";

export const themes = ["light", "dark", "system"] as const;
export type Theme = (typeof themes)[number];

/** index.html reads the same key before the first paint. */
const KEY = "prefect-ts-theme";
const listeners = new Set<() => void>();

function isDark(theme: Theme): boolean {
  return theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function apply(): void {
  document.documentElement.classList.toggle("dark", isDark(readTheme()));
  for (const listener of listeners) listener();
}

function readTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return themes.find((theme) => theme === stored) ?? "system";
}

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
  apply();
}

/** Follows the system's choice while the page is open. */
export function watchSystemTheme(): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", apply);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, readTheme);
}

/** Changes with the colours that are on the screen: what is drawn on a canvas must be drawn again. */
export function useIsDark(): boolean {
  return useSyncExternalStore(subscribe, () => isDark(readTheme()));
}
