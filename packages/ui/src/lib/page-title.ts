import type { StateType } from "prefect-ts/domain";
import { useEffect } from "react";
import { runStates } from "./run-states.ts";

const NEUTRAL_ICON = "/favicon.svg";

/** The tab of a run shows its name, and its state in the icon; other pages the product's. */
export function usePageTitle(title: string | undefined, state?: StateType | null): void {
  useEffect(() => {
    document.title = title === undefined ? "Prefect" : `${title} · Prefect`;
  }, [title]);

  useEffect(() => {
    const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
    if (link === null) return;
    link.href = state == null ? NEUTRAL_ICON : stateIcon(state);
    return () => {
      link.href = NEUTRAL_ICON;
    };
  }, [state]);
}

function stateIcon(state: StateType): string {
  const color = cssColor(`--${runStates[state].color}-bar`);
  const isHollow = !runStates[state].isFinal;
  const inside = isHollow ? `<circle cx="16" cy="16" r="7" fill="#fff"/>` : "";
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="14" fill="${color}"/>${inside}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

export function cssColor(variable: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
}
