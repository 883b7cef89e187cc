import { CircleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";

interface NoticeProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly children?: ReactNode;
}

/** What stands where content would: nothing there yet, nothing matches. */
export function Notice({ icon: Icon, title, children }: NoticeProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-14 text-center">
      <Icon aria-hidden className="size-7 text-muted" />
      <p className="text-sm font-medium">{title}</p>
      {children !== undefined && <div className="max-w-prose text-muted">{children}</div>}
    </div>
  );
}

interface FailureProps {
  readonly error: unknown;
  readonly onRetry?: () => void;
}

export function Failure({ error, onRetry }: FailureProps) {
  const message = error instanceof Error ? error.message : String(error);
  return (
    <div role="alert">
      <Notice icon={CircleAlert} title="This could not be loaded">
        <p className="mb-3 break-words">{message}</p>
        {onRetry !== undefined && <Button onClick={onRetry}>Try again</Button>}
      </Notice>
    </div>
  );
}
