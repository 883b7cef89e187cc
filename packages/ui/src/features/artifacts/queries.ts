import { queryOptions } from "@tanstack/react-query";
import { api } from "../../lib/connection.ts";

const artifactKeys = {
  all: ["artifacts"] as const,
  ofFlowRun: (id: string) => [...artifactKeys.all, "flow-run", id] as const,
};

/** Results are artifacts on the wire and nobody's business here. */
export const flowRunArtifactsQuery = (flowRunId: string) =>
  queryOptions({
    queryKey: artifactKeys.ofFlowRun(flowRunId),
    queryFn: () =>
      api.artifacts.filter({
        artifacts: { flow_run_id: { any_: [flowRunId] }, type: { not_any_: ["result"] } },
        sort: "CREATED_DESC",
      }),
  });
