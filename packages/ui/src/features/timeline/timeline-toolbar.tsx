import { Maximize2, Minus, Plus, Spline, UnfoldVertical } from "lucide-react";
import type { StateType } from "prefect-ts/domain";
import type { RefObject } from "react";
import { useHotkeys } from "../../lib/hotkeys.ts";
import { runStates, stateTypesInOrder } from "../../lib/run-states.ts";
import type { TimelineCanvas } from "./timeline-canvas.ts";

const ZOOM_STEP = 1.5;

interface TimelineToolbarProps {
  readonly counts: ReadonlyMap<StateType, number>;
  readonly states: ReadonlySet<StateType>;
  readonly onState: (state: StateType) => void;
  readonly hasEdges: boolean;
  readonly onEdges: () => void;
  readonly timeline: RefObject<TimelineCanvas | undefined>;
  readonly groups: readonly string[];
  readonly hasOpenGroups: boolean;
  readonly onGroups: () => void;
}

export function TimelineToolbar(props: TimelineToolbarProps) {
  const { counts, states, onState, hasEdges, onEdges, timeline, groups, hasOpenGroups, onGroups } = props;
  useHotkeys({ d: onEdges });
  return (
    <div role="toolbar" aria-label="Timeline" className="flex h-9 items-center gap-1 border-b border-line px-3">
      {stateTypesInOrder.map((state) => {
        const count = counts.get(state);
        if (count === undefined) return null;
        return (
          <Legend key={state} state={state} count={count} isOn={states.has(state)} onClick={() => onState(state)} />
        );
      })}
      <div className="flex-1" />
      {groups.length > 0 && (
        <Tool label={hasOpenGroups ? "Close all groups" : "Open all groups"} isOn={hasOpenGroups} onClick={onGroups}>
          <UnfoldVertical aria-hidden className="size-4" />
        </Tool>
      )}
      <Tool label="Dependencies (d)" isOn={hasEdges} onClick={onEdges}>
        <Spline aria-hidden className="size-4" />
      </Tool>
      <Tool label="Zoom out (−)" onClick={() => timeline.current?.zoomBy(ZOOM_STEP)}>
        <Minus aria-hidden className="size-4" />
      </Tool>
      <Tool label="Zoom in (+)" onClick={() => timeline.current?.zoomBy(1 / ZOOM_STEP)}>
        <Plus aria-hidden className="size-4" />
      </Tool>
      <Tool label="Fit (f)" onClick={() => timeline.current?.fit()}>
        <Maximize2 aria-hidden className="size-3.5" />
      </Tool>
    </div>
  );
}

interface LegendProps {
  readonly state: StateType;
  readonly count: number;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

/** Says what the colours mean and how many there are; pressed, the timeline shows only these. */
function Legend({ state, count, isOn, onClick }: LegendProps) {
  const { label, color } = runStates[state];
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onClick}
      className="flex h-6 items-center gap-1.5 rounded px-1.5 text-xs text-soft hover:bg-hover aria-pressed:bg-selected aria-pressed:text-ink"
    >
      <span aria-hidden className="size-2.5 rounded-sm" style={{ background: `var(--${color}-bar)` }} />
      {label} <span className="tabular font-medium">{count.toLocaleString("en-GB")}</span>
    </button>
  );
}

interface ToolProps {
  readonly label: string;
  readonly isOn?: boolean;
  readonly onClick: () => void;
  readonly children: React.ReactNode;
}

function Tool({ label, isOn, onClick, children }: ToolProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...(isOn === undefined ? {} : { "aria-pressed": isOn })}
      onClick={onClick}
      className="flex size-7 items-center justify-center rounded text-soft hover:bg-hover aria-pressed:bg-selected aria-pressed:text-ink"
    >
      {children}
    </button>
  );
}
