import { useNavigate } from "@tanstack/react-router";
import type { Graph, StateType } from "prefect-ts/domain";
import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { ScrollArea } from "../../components/scroll-area.tsx";
import { useHotkeys } from "../../lib/hotkeys.ts";
import { useIsDark } from "../../lib/theme.ts";
import { BarDetails, BarTooltip, type Hover } from "./bar-details.tsx";
import { HEADER_HEIGHT } from "./frame.ts";
import { layOut } from "./layout.ts";
import { type Bar, countStates, GROUP_FROM, toModel, toRows } from "./model.ts";
import { type TimelineCallbacks, TimelineCanvas, type TimelineScene } from "./timeline-canvas.ts";
import { TimelineToolbar } from "./timeline-toolbar.tsx";

const MOST_HEIGHT = 300;
const LEAST_HEIGHT = 90;

interface TimelineProps {
  readonly graph: Graph;
  readonly isLive: boolean;
}

/** What the run did, and when. The table of task runs below says the same in words. */
export function Timeline({ graph, isLive }: TimelineProps) {
  const model = useMemo(() => toModel(graph), [graph]);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [states, setStates] = useState<ReadonlySet<StateType>>(new Set());
  const [hasEdges, setEdges] = useState(false);
  const layout = useMemo(() => layOut(toRows(model, { open, states })), [model, open, states]);
  const timeline = useRef<TimelineCanvas>(undefined);
  const groups = model.groups.filter((group) => group.bars.length >= GROUP_FROM).map(({ key }) => key);
  return (
    <section aria-label="Timeline" className="shrink-0 border-t border-line bg-surface">
      <TimelineToolbar
        counts={countStates(model)}
        states={states}
        onState={(state) => setStates((before) => toggled(before, state))}
        hasEdges={hasEdges}
        onEdges={() => setEdges(!hasEdges)}
        timeline={timeline}
        groups={groups}
        hasOpenGroups={open.size > 0}
        onGroups={() => setOpen(open.size > 0 ? new Set() : new Set(groups))}
      />
      <TimelineRows
        model={model}
        layout={layout}
        hasEdges={hasEdges}
        isLive={isLive}
        timeline={timeline}
        onToggleGroup={(key) => setOpen((before) => toggled(before, key))}
      />
    </section>
  );
}

interface TimelineRowsProps extends Omit<TimelineScene, "selected"> {
  readonly timeline: RefObject<TimelineCanvas | undefined>;
  readonly onToggleGroup: (key: string) => void;
}

function TimelineRows({ model, layout, hasEdges, isLive, timeline, onToggleGroup }: TimelineRowsProps) {
  const navigate = useNavigate();
  const [selected, setSelected] = useState<Bar>();
  const [hover, setHover] = useState<Hover>();
  const bar = selected === undefined ? undefined : model.bars.get(selected.id);
  const onOpen = ({ kind, id }: Bar) =>
    navigate({ to: kind === "flow-run" ? "/runs/flow-run/$id" : "/runs/task-run/$id", params: { id } });
  const callbacks = { onSelect: setSelected, onOpen, onToggleGroup, onHover: setHover };
  const { scroller, canvas } = useTimelineCanvas(timeline, callbacks);
  useEffect(() => {
    timeline.current?.show({ model, layout, selected: bar?.id, hasEdges, isLive });
  }, [model, layout, bar, hasEdges, isLive, timeline]);
  useEffect(() => {
    if (selected !== undefined) timeline.current?.reveal(selected);
  }, [selected, timeline]);

  const height = Math.min(MOST_HEIGHT, Math.max(LEAST_HEIGHT, layout.height + HEADER_HEIGHT + 6));
  return (
    <div className="relative flex" style={{ height }}>
      <ScrollArea
        scrollerRef={scroller}
        label="Rows of the timeline"
        className="relative min-w-0 flex-1 overflow-x-hidden"
      >
        <canvas ref={canvas} role="img" aria-label={describe(model.bars.size)} className="sticky top-0 block" />
        <div aria-hidden style={{ height: Math.max(0, layout.height + HEADER_HEIGHT - height) }} />
      </ScrollArea>
      {hover !== undefined && <BarTooltip hover={hover} />}
      {bar !== undefined && (
        <BarDetails bar={bar} model={model} onSelect={setSelected} onClose={() => setSelected(undefined)} />
      )}
    </div>
  );
}

function describe(count: number): string {
  return `Timeline of ${count} task runs and subflow runs. The tabs below list them.`;
}

function useTimelineCanvas(timeline: RefObject<TimelineCanvas | undefined>, callbacks: TimelineCallbacks) {
  const scroller = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(callbacks);
  latest.current = callbacks;
  const isDark = useIsDark();

  useEffect(() => {
    if (canvas.current === null || scroller.current === null) return;
    const created = new TimelineCanvas(canvas.current, scroller.current, {
      onSelect: (bar) => latest.current.onSelect(bar),
      onOpen: (bar) => latest.current.onOpen(bar),
      onToggleGroup: (key) => latest.current.onToggleGroup(key),
      onHover: (hover) => latest.current.onHover(hover),
    });
    timeline.current = created;
    return () => created.destroy();
  }, [timeline]);
  useEffect(() => timeline.current?.changeColors(isDark), [isDark, timeline]);
  useHotkeys({
    f: () => timeline.current?.fit(),
    "+": () => timeline.current?.zoomBy(1 / ZOOM_STEP),
    "=": () => timeline.current?.zoomBy(1 / ZOOM_STEP),
    "-": () => timeline.current?.zoomBy(ZOOM_STEP),
  });
  return { scroller, canvas };
}

const ZOOM_STEP = 1.5;

function toggled<Item>(before: ReadonlySet<Item>, item: Item): ReadonlySet<Item> {
  const after = new Set(before);
  if (!after.delete(item)) after.add(item);
  return after;
}
