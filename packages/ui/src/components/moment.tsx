import { useNow } from "../lib/now.ts";
import {
  elapsedSeconds,
  formatDuration,
  formatMoment,
  formatMomentFully,
  formatRelative,
  instantOf,
} from "../lib/time.ts";

const RELATIVE_TICK_MS = 10_000;
const DURATION_TICK_MS = 500;

/** How long ago, with the exact time for whoever points at it. */
export function Moment({ at, isExact = false }: { readonly at: string | null; readonly isExact?: boolean }) {
  const now = useNow(isExact ? null : RELATIVE_TICK_MS);
  if (at === null) return <span className="text-muted">–</span>;
  const instant = instantOf(at);
  const shown = isExact ? formatMoment(instant) : formatRelative(instant, now);
  return (
    <time dateTime={at} title={formatMomentFully(instant)} className="tabular whitespace-nowrap">
      {shown}
    </time>
  );
}

interface Timed {
  readonly start_time: string | null;
  readonly end_time: string | null;
}

/** The time that a run took; it counts on while the run is on. */
export function Duration({ of: run, isOn }: { readonly of: Timed; readonly isOn: boolean }) {
  const now = useNow(isOn && run.start_time !== null && run.end_time === null ? DURATION_TICK_MS : null);
  const isUnknown = !isOn && run.end_time === null;
  const seconds = isUnknown ? undefined : elapsedSeconds(run, now);
  return <span className="tabular whitespace-nowrap">{seconds === undefined ? "–" : formatDuration(seconds)}</span>;
}
