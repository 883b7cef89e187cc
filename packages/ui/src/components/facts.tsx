import type { ReactNode } from "react";

/** One line of what is known of a thing; what is not known is not mentioned. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="flex flex-wrap items-center gap-x-6 gap-y-1">{children}</dl>;
}

export function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <dt className="text-muted">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}
