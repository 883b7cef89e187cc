import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "./button.tsx";

interface PagerProps {
  readonly page: number;
  readonly pages: number;
  readonly onPage: (page: number) => void;
  readonly size: number;
  readonly sizes: readonly number[];
  readonly onSize: (size: number) => void;
}

export function Pager({ page, pages, onPage, size, sizes, onSize }: PagerProps) {
  return (
    <nav aria-label="Pages" className="flex items-center gap-2 text-soft">
      <label className="flex items-center gap-1.5">
        Rows
        <select
          value={size}
          onChange={({ target }) => onSize(Number(target.value))}
          className="h-[26px] rounded border border-line-strong bg-surface px-1"
        >
          {sizes.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      </label>
      <Button look="quiet" aria-label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft aria-hidden className="size-4" />
      </Button>
      <span className="tabular">
        Page {page} of {Math.max(1, pages)}
      </span>
      <Button look="quiet" aria-label="Next page" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        <ChevronRight aria-hidden className="size-4" />
      </Button>
    </nav>
  );
}
