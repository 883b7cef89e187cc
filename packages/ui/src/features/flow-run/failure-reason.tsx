import { Link } from "@tanstack/react-router";
import type { FlowRun, Graph } from "prefect-ts/domain";
import { useState } from "react";

const SHORT_CHARACTERS = 280;
const MOST_TASKS = 4;

interface FailureReasonProps {
  readonly run: FlowRun;
  readonly graph: Graph | undefined;
}

/** Why a run went wrong, before anything else: what its last state says, and which tasks failed. */
export function FailureReason({ run, graph }: FailureReasonProps) {
  const [isWhole, setWhole] = useState(false);
  if (run.state_type !== "FAILED" && run.state_type !== "CRASHED") return null;
  const message = run.state?.message ?? "The state carries no message";
  const isLong = message.length > SHORT_CHARACTERS;
  const failed = (graph?.nodes ?? [])
    .map(([, node]) => node)
    .filter(({ state_type }) => state_type === "FAILED" || state_type === "CRASHED");
  return (
    <section
      aria-label="Why it failed"
      className="mx-5 mb-3 max-h-48 shrink-0 overflow-y-auto rounded-md bg-failed-soft px-3 py-2 text-failed"
    >
      <p className="font-mono text-xs break-words whitespace-pre-wrap">
        {isLong && !isWhole ? `${message.slice(0, SHORT_CHARACTERS)}…` : message}
        {isLong && (
          <button type="button" className="ml-2 font-sans underline" onClick={() => setWhole(!isWhole)}>
            {isWhole ? "Show less" : "Show all"}
          </button>
        )}
      </p>
      {failed.length > 0 && (
        <p className="mt-1">
          Failed inside:{" "}
          {failed.slice(0, MOST_TASKS).map(({ id, kind, label }, index) => (
            <span key={id}>
              {index > 0 && ", "}
              <Link
                to={kind === "flow-run" ? "/runs/flow-run/$id" : "/runs/task-run/$id"}
                params={{ id }}
                className="underline"
              >
                {label}
              </Link>
            </span>
          ))}
          {failed.length > MOST_TASKS && ` and ${failed.length - MOST_TASKS} more`}
        </p>
      )}
    </section>
  );
}
