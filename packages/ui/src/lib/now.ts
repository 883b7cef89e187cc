import type { Instant } from "prefect-ts/domain";
import { useEffect, useState } from "react";
import { currentInstant } from "./time.ts";

/** The time, kept fresh; with `null` it stands still, for what has ended. */
export function useNow(intervalMs: number | null): Instant {
  const [now, setNow] = useState(currentInstant);
  useEffect(() => {
    if (intervalMs === null) return;
    setNow(currentInstant());
    const timer = setInterval(() => setNow(currentInstant()), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs]);
  return now;
}
