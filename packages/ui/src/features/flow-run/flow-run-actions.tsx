import { useNavigate } from "@tanstack/react-router";
import { MoreHorizontal } from "lucide-react";
import type { FlowRun } from "prefect-ts/domain";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/dialog.tsx";
import { toast } from "../../components/toaster.tsx";
import { isFinal } from "../../lib/run-states.ts";
import { useCancelFlowRuns, useDeleteFlowRuns, useRetryFlowRun } from "../flow-runs/mutations.ts";

/** The one thing that a reader most likely wants is a button; the rest is in the menu. */
export function FlowRunActions({ run }: { readonly run: FlowRun }) {
  const [asked, setAsked] = useState<"cancel" | "delete">();
  const navigate = useNavigate();
  const cancel = useCancelFlowRuns();
  const remove = useDeleteFlowRuns(() => navigate({ to: "/runs" }));
  const retry = useRetryFlowRun();
  const isOn = !isFinal(run.state_type);
  // Without a deployment nobody is there who could run it again.
  const canRetry = !isOn && run.deployment_id !== null;

  return (
    <div className="flex shrink-0 items-center gap-2">
      {isOn && run.state_type !== "CANCELLING" && (
        <Button disabled={cancel.isPending} onClick={() => setAsked("cancel")}>
          Cancel run
        </Button>
      )}
      {canRetry && (
        <Button disabled={retry.isPending} onClick={() => retry.mutate(run.id)}>
          Retry
        </Button>
      )}
      <ActionMenu run={run} onDelete={() => setAsked("delete")} />
      <ConfirmDialog
        title={asked === "cancel" ? `Cancel ${run.name}?` : `Delete ${run.name}?`}
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        action={asked === "cancel" ? "Cancel run" : "Delete run"}
        onConfirm={() => (asked === "cancel" ? cancel.mutate([run.id]) : remove.mutate([run.id]))}
      >
        {asked === "cancel"
          ? "Its tasks are told to stop; what they have written stays."
          : "Its task runs, logs and states go with it. This cannot be undone."}
      </ConfirmDialog>
    </div>
  );
}

function ActionMenu({ run, onDelete }: { readonly run: FlowRun; readonly onDelete: () => void }) {
  const copyId = async () => {
    await navigator.clipboard.writeText(run.id);
    toast.success("The id is in the clipboard");
  };
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>
        <Button aria-label="More actions">
          <MoreHorizontal aria-hidden className="size-4" />
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          className="z-40 min-w-40 rounded-lg border border-line bg-raised p-1 shadow-xl"
        >
          <DropdownMenu.Item onSelect={copyId} className={ITEM}>
            Copy id
          </DropdownMenu.Item>
          <DropdownMenu.Item onSelect={onDelete} className={`${ITEM} text-danger`}>
            Delete…
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM = "flex h-8 cursor-pointer items-center rounded px-2.5 outline-none data-highlighted:bg-hover";
