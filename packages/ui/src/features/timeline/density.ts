import type { StateType } from "prefect-ts/domain";
import { stateTypesInOrder } from "../../lib/run-states.ts";
import type { Bar } from "./model.ts";
import { toX, type View } from "./view.ts";

export interface Density {
  /** The greatest number of bars at one pixel. */
  readonly peak: number;
  /** Per state, how many bars cover each pixel column from `view.left` on. */
  readonly columns: ReadonlyMap<StateType, Int32Array>;
}

/** How many bars of each state were on at each pixel: what a row says that stands for thousands of bars. */
export function density(bars: readonly Bar[], view: View, now: number): Density {
  const width = Math.max(1, Math.ceil(view.width));
  const changes = new Map<StateType, Int32Array>();
  for (const bar of bars) {
    const from = Math.floor(toX(view, bar.start) - view.left);
    const to = Math.floor(toX(view, bar.end ?? now) - view.left);
    if (to < 0 || from >= width) continue;
    const change = changes.get(bar.state) ?? new Int32Array(width + 1);
    changes.set(bar.state, change);
    const first = Math.max(0, from);
    const beyond = Math.min(width, Math.max(to, from) + 1);
    change[first] = (change[first] ?? 0) + 1;
    change[beyond] = (change[beyond] ?? 0) - 1;
  }
  return sumUp(changes, width);
}

function sumUp(changes: Map<StateType, Int32Array>, width: number): Density {
  const totals = new Int32Array(width);
  const columns = new Map<StateType, Int32Array>();
  for (const state of stateTypesInOrder) {
    const change = changes.get(state);
    if (change === undefined) continue;
    const counts = new Int32Array(width);
    let running = 0;
    for (let x = 0; x < width; x += 1) {
      running += change[x] ?? 0;
      counts[x] = running;
      totals[x] = (totals[x] ?? 0) + running;
    }
    columns.set(state, counts);
  }
  return { peak: totals.reduce((most, count) => Math.max(most, count), 0), columns };
}
