import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Package } from "lucide-react";
import type { Artifact } from "prefect-ts/domain";
import { Moment } from "../../components/moment.tsx";
import { Failure, Notice } from "../../components/notice.tsx";
import { ScrollArea } from "../../components/scroll-area.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { ArtifactBody } from "./artifact-body.tsx";
import { flowRunArtifactsQuery } from "./queries.ts";

const POLL_MS = 3000;

interface FlowRunArtifactsProps {
  readonly flowRunId: string;
  readonly taskNames: ReadonlyMap<string, string>;
  readonly isRunOn: boolean;
}

export function FlowRunArtifacts({ flowRunId, taskNames, isRunOn }: FlowRunArtifactsProps) {
  const query = flowRunArtifactsQuery(flowRunId);
  const artifacts = useQuery({ ...query, refetchInterval: isRunOn ? POLL_MS : false });
  if (artifacts.isPending) return <SkeletonRows count={3} />;
  if (artifacts.isError) return <Failure error={artifacts.error} onRetry={artifacts.refetch} />;
  if (artifacts.data.length === 0) return <Notice icon={Package} title="This run created no artifacts" />;
  return (
    <ScrollArea label="Artifacts" className="flex flex-1 flex-col gap-4  px-5 py-4">
      {artifacts.data.map((artifact) => (
        <ArtifactCard key={artifact.id} artifact={artifact} taskNames={taskNames} />
      ))}
    </ScrollArea>
  );
}

function ArtifactCard({ artifact, taskNames }: { artifact: Artifact } & Pick<FlowRunArtifactsProps, "taskNames">) {
  const { key, type, description, created, task_run_id } = artifact;
  return (
    <article className="shrink-0 rounded-lg border border-line">
      <header className="flex items-baseline gap-3 border-b border-line px-3 py-2">
        <h2 className="font-semibold">{key ?? "Without a key"}</h2>
        <span className="text-xs text-muted">{type}</span>
        {task_run_id !== null && (
          <Link
            to="/runs/task-run/$id"
            params={{ id: task_run_id }}
            className="text-xs text-muted hover:text-ink hover:underline"
          >
            by {taskNames.get(task_run_id) ?? "a task run"}
          </Link>
        )}
        <span className="flex-1" />
        <span className="text-xs text-muted">
          <Moment at={created} />
        </span>
      </header>
      {description !== null && <p className="px-3 pt-2 whitespace-pre-wrap text-soft">{description}</p>}
      <ArtifactBody artifact={artifact} />
    </article>
  );
}
