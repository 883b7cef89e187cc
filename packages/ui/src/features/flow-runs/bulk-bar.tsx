import { useState } from "react";
import { Button } from "../../components/button.tsx";
import { ConfirmDialog } from "../../components/dialog.tsx";
import { useCancelFlowRuns, useDeleteFlowRuns } from "./mutations.ts";

interface BulkBarProps {
  readonly ids: readonly string[];
  readonly onDone: () => void;
}

/** What can be done to all selected runs at once. */
export function BulkBar({ ids, onDone }: BulkBarProps) {
  const [asked, setAsked] = useState<"cancel" | "delete">();
  const cancel = useCancelFlowRuns();
  const remove = useDeleteFlowRuns(onDone);
  const count = ids.length === 1 ? "1 run" : `${ids.length} runs`;
  return (
    <div className="flex items-center gap-2" role="toolbar" aria-label="Selected runs">
      <span className="tabular font-medium">{count} selected</span>
      <Button disabled={cancel.isPending} onClick={() => setAsked("cancel")}>
        Cancel runs
      </Button>
      <Button look="danger" disabled={remove.isPending} onClick={() => setAsked("delete")}>
        Delete
      </Button>
      <Button look="quiet" onClick={onDone}>
        Clear selection
      </Button>
      <ConfirmDialog
        title={asked === "cancel" ? `Cancel ${count}?` : `Delete ${count}?`}
        isOpen={asked !== undefined}
        onClose={() => setAsked(undefined)}
        action={asked === "cancel" ? `Cancel ${count}` : `Delete ${count}`}
        onConfirm={() => (asked === "cancel" ? cancel.mutate(ids) : remove.mutate(ids))}
      >
        {asked === "cancel"
          ? "Runs that have ended stay as they are."
          : "Their task runs, logs and states go with them. This cannot be undone."}
      </ConfirmDialog>
    </div>
  );
}
