import { type UseQueryOptions, useQuery } from "@tanstack/react-query";
import type { State } from "prefect-ts/domain";
import { Failure } from "../../components/notice.tsx";
import { ScrollArea } from "../../components/scroll-area.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { formatDuration, formatMoment, formatMomentFully, instantOf } from "../../lib/time.ts";

interface StateListProps<Key extends readonly unknown[]> {
  readonly query: UseQueryOptions<State[], Error, State[], Key>;
}

/** All states that a run has been in, in order, with what each says. */
export function StateList<Key extends readonly unknown[]>({ query }: StateListProps<Key>) {
  const states = useQuery(query);
  if (states.isPending) return <SkeletonRows count={3} />;
  if (states.isError) return <Failure error={states.error} onRetry={states.refetch} />;
  return (
    <ScrollArea label="States" className="flex-1">
      <ol>
        {states.data.map((state, index) => (
          <StateRow key={state.id} state={state} next={states.data[index + 1]} />
        ))}
      </ol>
    </ScrollArea>
  );
}

function StateRow({ state, next }: { readonly state: State; readonly next: State | undefined }) {
  const at = instantOf(state.timestamp);
  const seconds = next === undefined ? undefined : (instantOf(next.timestamp) - at) / 1e6;
  return (
    <li className="flex min-h-9 items-start gap-4 border-b border-line px-5 py-1.5">
      <span className="w-40 shrink-0">
        <StateBadge type={state.type} name={state.name} />
      </span>
      <time dateTime={state.timestamp} title={formatMomentFully(at)} className="tabular w-44 shrink-0 text-soft">
        {formatMoment(at)}
      </time>
      <span className="tabular w-24 shrink-0 text-soft">
        {seconds === undefined ? "" : `for ${formatDuration(seconds)}`}
      </span>
      <span className="min-w-0 flex-1 font-mono text-xs leading-5 break-words whitespace-pre-wrap">
        {state.message}
      </span>
    </li>
  );
}
