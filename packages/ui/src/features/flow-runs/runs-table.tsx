import { Link } from "@tanstack/react-router";
import { ArrowDown, ArrowUp, CornerDownRight } from "lucide-react";
import type { FlowRun } from "prefect-ts/domain";
import { useEffect, useRef } from "react";
import { Duration, Moment } from "../../components/moment.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { Tags } from "../../components/tags.tsx";
import { isFinal } from "../../lib/run-states.ts";
import { DEFAULT_SORT, type Sort } from "./search.ts";

export interface RunsTableProps {
  readonly runs: readonly FlowRun[];
  readonly flowNames: ReadonlyMap<string, string> | undefined;
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort) => void;
  readonly selected: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
  readonly onToggleAll: () => void;
  /** The row that the keyboard stands on. */
  readonly cursor: number;
}

export function RunsTable(props: RunsTableProps) {
  const { runs, selected, onToggleAll } = props;
  const isAllSelected = runs.length > 0 && runs.every((run) => selected.has(run.id));
  return (
    <table className="w-full table-fixed border-separate border-spacing-0">
      <thead className="sticky top-0 z-10 bg-surface text-left text-xs text-muted">
        <tr className="h-8 [&>th]:border-b [&>th]:border-line [&>th]:px-2 [&>th]:font-medium">
          <th className="w-9">
            <input
              type="checkbox"
              aria-label="Select all runs on this page"
              checked={isAllSelected}
              onChange={onToggleAll}
              className="block size-3.5 accent-[var(--accent)]"
            />
          </th>
          <th className="w-[150px]">State</th>
          <SortHeader {...props} label="Run" ascending="NAME_ASC" descending="NAME_DESC" className="" />
          <th className="w-[22%]">Flow</th>
          <SortHeader
            {...props}
            label="Started"
            ascending="START_TIME_ASC"
            descending="START_TIME_DESC"
            className="w-[120px]"
          />
          <th className="w-[110px] text-right">Duration</th>
          <th className="w-[17%] pl-6!">Tags</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run, index) => (
          <RunRow key={run.id} run={run} isCurrent={index === props.cursor} {...props} />
        ))}
      </tbody>
    </table>
  );
}

interface SortHeaderProps extends Pick<RunsTableProps, "sort" | "onSort"> {
  readonly label: string;
  readonly ascending: Sort;
  readonly descending: Sort;
  readonly className: string;
}

function SortHeader({ label, ascending, descending, sort = DEFAULT_SORT, onSort, className }: SortHeaderProps) {
  const direction = sort === ascending ? "ascending" : sort === descending ? "descending" : "none";
  const Icon = direction === "ascending" ? ArrowUp : ArrowDown;
  return (
    <th aria-sort={direction} className={className}>
      <button
        type="button"
        onClick={() => onSort(sort === descending ? ascending : descending)}
        className="inline-flex items-center gap-1 font-medium hover:text-ink"
      >
        {label}
        <Icon aria-hidden className={`size-3 ${direction === "none" ? "opacity-0" : ""}`} />
      </button>
    </th>
  );
}

interface RunRowProps extends Pick<RunsTableProps, "flowNames" | "selected" | "onToggle"> {
  readonly run: FlowRun;
  readonly isCurrent: boolean;
}

function RunRow({ run, flowNames, selected, onToggle, isCurrent }: RunRowProps) {
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (isCurrent) row.current?.scrollIntoView({ block: "nearest" });
  }, [isCurrent]);
  const isSelected = selected.has(run.id);
  return (
    <tr
      ref={row}
      data-current={isCurrent}
      className={`h-9 data-[current=true]:shadow-[inset_3px_0_var(--accent)] ${isSelected ? "bg-selected" : "hover:bg-hover data-[current=true]:bg-hover"} [&>td]:overflow-hidden [&>td]:border-b [&>td]:border-line [&>td]:px-2`}
    >
      <td>
        <input
          type="checkbox"
          aria-label={`Select ${run.name}`}
          checked={isSelected}
          onChange={() => onToggle(run.id)}
          className="block size-3.5 accent-[var(--accent)]"
        />
      </td>
      <td>
        <StateBadge type={run.state_type} name={run.state_name} />
      </td>
      <RunName run={run} />
      <td className="truncate text-soft">{flowNames?.get(run.flow_id) ?? ""}</td>
      <td className="text-soft">
        <Moment at={run.start_time ?? run.expected_start_time} />
      </td>
      <td className="text-right text-soft">
        <Duration of={run} isOn={!isFinal(run.state_type)} />
      </td>
      <td className="pl-6!">
        <Tags tags={run.tags} limit={2} />
      </td>
    </tr>
  );
}

function RunName({ run }: { readonly run: FlowRun }) {
  return (
    <td className="truncate">
      {run.parent_task_run_id !== null && (
        <CornerDownRight aria-label="Subflow run" className="mr-1 inline size-3.5 text-muted" />
      )}
      <Link to="/runs/flow-run/$id" params={{ id: run.id }} className="font-medium hover:underline" title={run.name}>
        {run.name}
      </Link>
    </td>
  );
}
