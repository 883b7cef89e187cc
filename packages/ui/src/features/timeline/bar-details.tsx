import { Link } from "@tanstack/react-router";
import { X } from "lucide-react";
import { StateBadge } from "../../components/state-badge.tsx";
import { formatDuration } from "../../lib/time.ts";
import type { Bar, TimelineModel } from "./model.ts";

export interface Hover {
  readonly bar: Bar;
  readonly x: number;
  readonly y: number;
}

const TOOLTIP_WIDTH = 240;

export function BarTooltip({ hover: { bar, x, y } }: { readonly hover: Hover }) {
  return (
    <div
      role="tooltip"
      className="pointer-events-none absolute z-20 rounded-md border border-line bg-raised px-2.5 py-1.5 text-xs shadow-lg"
      style={{ left: `min(${x + 14}px, calc(100% - ${TOOLTIP_WIDTH}px))`, top: y + 12, maxWidth: TOOLTIP_WIDTH }}
    >
      <p className="truncate font-medium">{bar.label}</p>
      <p className="text-muted">{timesOf(bar)}</p>
    </div>
  );
}

function timesOf(bar: Bar): string {
  const start = `starts at +${formatDuration(bar.start / 1e6)}`;
  return bar.end === undefined ? `${start}, not ended` : `${formatDuration((bar.end - bar.start) / 1e6)}, ${start}`;
}

interface BarDetailsProps {
  readonly bar: Bar;
  readonly model: TimelineModel;
  readonly onSelect: (bar: Bar) => void;
  readonly onClose: () => void;
}

export function BarDetails({ bar, model, onSelect, onClose }: BarDetailsProps) {
  const isFlow = bar.kind === "flow-run";
  return (
    <aside
      aria-label="Selected run"
      className="flex w-72 shrink-0 flex-col gap-2 overflow-y-auto border-l border-line p-3"
    >
      <div className="flex items-start gap-2">
        <Link
          to={isFlow ? "/runs/flow-run/$id" : "/runs/task-run/$id"}
          params={{ id: bar.id }}
          className="min-w-0 flex-1 font-medium break-words text-accent hover:underline"
        >
          {bar.label}
        </Link>
        <button type="button" aria-label="Close" onClick={onClose} className="text-muted hover:text-ink">
          <X aria-hidden className="size-4" />
        </button>
      </div>
      <div>
        <StateBadge type={bar.state} />
      </div>
      <p className="text-soft">{timesOf(bar)}</p>
      <Neighbours title="Needs" ids={bar.parents} model={model} onSelect={onSelect} />
      <Neighbours title="Needed by" ids={bar.children} model={model} onSelect={onSelect} />
    </aside>
  );
}

interface NeighboursProps {
  readonly title: string;
  readonly ids: readonly string[];
  readonly model: TimelineModel;
  readonly onSelect: (bar: Bar) => void;
}

const MOST_NAMES = 8;

function Neighbours({ title, ids, model, onSelect }: NeighboursProps) {
  if (ids.length === 0) return null;
  const bars = ids.slice(0, MOST_NAMES).flatMap((id) => model.bars.get(id) ?? []);
  return (
    <div>
      <h3 className="text-xs font-medium text-muted">{title}</h3>
      <ul>
        {bars.map((bar) => (
          <li key={bar.id}>
            <button type="button" onClick={() => onSelect(bar)} className="max-w-full truncate hover:underline">
              {bar.label}
            </button>
          </li>
        ))}
      </ul>
      {ids.length > MOST_NAMES && <p className="text-xs text-muted">and {ids.length - MOST_NAMES} more</p>}
    </div>
  );
}
