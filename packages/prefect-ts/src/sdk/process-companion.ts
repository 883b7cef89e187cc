/**
 * The companion of this process, and what happens to its runs when the process ends: whatever was recorded is handed
 * over, and runs that are still going on are reported as Crashed.
 */
import { Companion, type CompanionOptions } from "./companion/companion.ts";
import { TerminationSignal } from "./exceptions.ts";
import { flushLogLinesNow } from "./log-lines.ts";
import { processState } from "./process-state.ts";

/** A flow run that goes on in this process. */
export interface LiveRun {
  readonly flowRunId: string;
  /** Tells its tasks and its code that it is over. */
  stop(reason: Error): void;
}

const liveRuns = new Set<LiveRun>();
const signals = ["SIGINT", "SIGTERM"] as const;
const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;
const crashMessages = {
  SIGINT: "Execution was aborted by an interrupt signal.",
  SIGTERM: "Execution was aborted by a termination signal.",
  exit: "Execution was aborted by process exit call.",
} as const;
let endReason: keyof typeof crashMessages = "exit";
let isWatchingEnd = false;
let startedWith: CompanionOptions = {};

/** Starts the thread when it is first needed. */
export function currentCompanion(): Companion {
  processState.companion ??= start({});
  return processState.companion;
}

/** Ends the companion after delivering what is left; the next run starts another, with these settings. */
export async function restartCompanion(options?: CompanionOptions): Promise<void> {
  const old = processState.companion;
  processState.companion = options === undefined ? undefined : start(options);
  await old?.close();
}

/**
 * Makes commits wait for the disk from here on. The thread is replaced for that, so it happens only while nothing runs;
 * a durable subflow of another flow takes what its parent has.
 */
export async function makeDurable(): Promise<void> {
  if (processState.companion?.isDurable === true || liveRuns.size > 0) return;
  await restartCompanion({ ...startedWith, isDurable: true });
}

export function addLiveRun(run: LiveRun): void {
  if (liveRuns.size === 0) for (const signal of signals) process.on(signal, endBySignal);
  liveRuns.add(run);
}

export function removeLiveRun(run: LiveRun): void {
  liveRuns.delete(run);
  if (liveRuns.size === 0) for (const signal of signals) process.off(signal, endBySignal);
}

function start(options: CompanionOptions): Companion {
  startedWith = options;
  if (!isWatchingEnd) {
    isWatchingEnd = true;
    process.on("exit", endNow);
  }
  return new Companion(options);
}

/** A program's own listeners come first: when it has any, it decides whether to end. */
function endBySignal(signal: (typeof signals)[number]): void {
  const reason = new TerminationSignal(signal);
  endReason = signal;
  for (const run of liveRuns) run.stop(reason);
  if (process.listenerCount(signal) === 1) process.exit(128 + signalNumbers[signal]);
}

function endNow(): void {
  flushLogLinesNow();
  const message = crashMessages[endReason];
  const abandoned = [...liveRuns].map(({ flowRunId }) => ({ flow_run_id: flowRunId, message }));
  processState.companion?.closeNow(abandoned);
}
