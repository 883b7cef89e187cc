import { CircleAlert, CircleCheck } from "lucide-react";
import { useSyncExternalStore } from "react";

interface Toast {
  readonly id: number;
  readonly text: string;
  readonly isError: boolean;
}

const SHOWN_MS = 5000;
const ERROR_SHOWN_MS = 12_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function replace(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

function add(text: string, isError: boolean): void {
  lastId += 1;
  const id = lastId;
  replace([...toasts, { id, text, isError }]);
  setTimeout(() => replace(toasts.filter((toast) => toast.id !== id)), isError ? ERROR_SHOWN_MS : SHOWN_MS);
}

/** A sentence in the corner that goes away by itself. */
export const toast = {
  success: (text: string) => add(text, false),
  error: (error: unknown) => add(error instanceof Error ? error.message : String(error), true),
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toaster() {
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div aria-live="polite" className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-96 flex-col gap-2">
      {shown.map(({ id, text, isError }) => (
        <div key={id} className="flex gap-2 rounded-lg border border-line bg-raised px-3 py-2.5 shadow-lg">
          {isError ? (
            <CircleAlert aria-hidden className="size-4 shrink-0 text-danger" />
          ) : (
            <CircleCheck aria-hidden className="size-4 shrink-0 text-completed" />
          )}
          <span className="min-w-0 break-words">{text}</span>
        </div>
      ))}
    </div>
  );
}
