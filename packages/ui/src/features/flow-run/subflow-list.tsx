import { Link } from "@tanstack/react-router";
import { Workflow } from "lucide-react";
import type { Graph } from "prefect-ts/domain";
import { Duration, Moment } from "../../components/moment.tsx";
import { Notice } from "../../components/notice.tsx";
import { ScrollArea } from "../../components/scroll-area.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { isFinal } from "../../lib/run-states.ts";

/** The runs that this run started itself; the graph knows all that is shown. */
export function SubflowList({ graph }: { readonly graph: Graph | undefined }) {
  const nodes = (graph?.nodes ?? []).map(([, node]) => node).filter((node) => node.kind === "flow-run");
  if (nodes.length === 0) return <Notice icon={Workflow} title="This run started no subflow runs" />;
  return (
    <ScrollArea label="Subflow runs" className="flex-1">
      <table className="w-full table-fixed">
        <thead className="sr-only">
          <tr>
            <th>State</th>
            <th>Run</th>
            <th>Started</th>
            <th>Duration</th>
          </tr>
        </thead>
        <tbody>
          {nodes.map((node) => (
            <tr key={node.id} className="h-9 border-b border-line hover:bg-hover [&>td]:px-2">
              <td className="w-[150px] pl-5!">
                <StateBadge type={node.state_type} />
              </td>
              <td className="truncate">
                <Link to="/runs/flow-run/$id" params={{ id: node.id }} className="font-medium hover:underline">
                  {node.label}
                </Link>
              </td>
              <td className="w-[130px] text-soft">
                <Moment at={node.start_time} />
              </td>
              <td className="w-[120px] pr-5! text-right text-soft">
                <Duration of={node} isOn={!isFinal(node.state_type)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
