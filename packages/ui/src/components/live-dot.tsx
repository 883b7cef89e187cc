import type { SubscriptionStatus } from "prefect-ts/client";

const words: Record<SubscriptionStatus, string> = {
  connecting: "Connecting",
  live: "Live",
  lost: "Reconnecting",
  refused: "Polling",
};
const explanations: Record<SubscriptionStatus, string> = {
  connecting: "Opening the stream of events",
  live: "Changes appear as they happen",
  lost: "The stream broke; the page asks for changes every few seconds until it is back",
  refused: "The server refused the stream of events; the page asks for changes every few seconds",
};

export function LiveDot({ status }: { readonly status: SubscriptionStatus }) {
  const color = status === "live" ? "bg-completed-bar" : "border border-line-strong";
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-muted" title={explanations[status]} role="status">
      <span aria-hidden className={`size-2 rounded-full ${color}`} />
      {words[status]}
    </span>
  );
}
