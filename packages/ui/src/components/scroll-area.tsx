import type { ReactNode, Ref, WheelEventHandler } from "react";

interface ScrollAreaProps {
  readonly label: string;
  readonly className?: string;
  readonly scrollerRef?: Ref<HTMLElement>;
  readonly onWheel?: WheelEventHandler<HTMLElement>;
  readonly children: ReactNode;
}

/** Whoever has no mouse scrolls with the arrow keys, and for that the area must take the focus. */
const FOCUSABLE = { tabIndex: 0 };

/** A part of the page that scrolls by itself. */
export function ScrollArea({ label, className = "", scrollerRef, onWheel, children }: ScrollAreaProps) {
  return (
    <section
      {...FOCUSABLE}
      aria-label={label}
      className={`min-h-0 overflow-auto focus-visible:-outline-offset-2 ${className}`}
      {...(scrollerRef === undefined ? {} : { ref: scrollerRef })}
      {...(onWheel === undefined ? {} : { onWheel })}
    >
      {children}
    </section>
  );
}
