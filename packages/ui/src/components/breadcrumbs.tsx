import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface BreadcrumbsProps {
  /** What stands between the list of runs and this page. */
  readonly children?: ReactNode;
}

export function Breadcrumbs({ children }: BreadcrumbsProps) {
  return (
    <nav aria-label="Breadcrumbs" className="flex items-center gap-1 text-xs text-muted">
      <Link to="/runs" className="hover:text-ink hover:underline">
        Runs
      </Link>
      {children !== undefined && (
        <>
          <ChevronRight aria-hidden className="size-3" />
          {children}
        </>
      )}
    </nav>
  );
}
