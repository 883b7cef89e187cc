import { Search, X } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";

interface SearchInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly inputRef?: RefObject<HTMLInputElement | null>;
  readonly shortcut?: string;
  readonly className?: string;
}

/** Long enough not to ask the server for each letter. */
const DEBOUNCE_MS = 250;

export function SearchInput({ label, value, onChange, inputRef, shortcut, className = "w-56" }: SearchInputProps) {
  const [text, setText] = useState(value);
  const latest = useRef({ onChange, value });
  latest.current = { onChange, value };

  useEffect(() => setText(value), [value]);
  useEffect(() => {
    const timer = setTimeout(() => text !== latest.current.value && latest.current.onChange(text), DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className={`relative ${className}`}>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-3.5 text-muted" />
      <input
        ref={inputRef}
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          if (text === "") event.currentTarget.blur();
          setText("");
        }}
        className="h-[30px] w-full rounded-md border border-line-strong bg-surface pr-7 pl-7 placeholder:text-muted"
      />
      {text === "" ? shortcut !== undefined && <Key of={shortcut} /> : <ClearButton onClick={() => setText("")} />}
    </div>
  );
}

function Key({ of }: { readonly of: string }) {
  return (
    <kbd
      aria-hidden
      className="pointer-events-none absolute top-1.5 right-1.5 rounded border border-line px-1 font-mono text-xs leading-4 text-muted"
    >
      {of}
    </kbd>
  );
}

function ClearButton({ onClick }: { readonly onClick: () => void }) {
  return (
    <button type="button" aria-label="Clear search" onClick={onClick} className="absolute top-2 right-2 text-muted">
      <X aria-hidden className="size-3.5" />
    </button>
  );
}
