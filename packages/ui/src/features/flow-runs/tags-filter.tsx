import { X } from "lucide-react";
import { useState } from "react";
import { Picker } from "../../components/picker.tsx";

interface TagsFilterProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

export function TagsFilter({ chosen, onChange }: TagsFilterProps) {
  const [text, setText] = useState("");
  const add = () => {
    const tag = text.trim();
    if (tag !== "" && !chosen.includes(tag)) onChange([...chosen, tag]);
    setText("");
  };
  return (
    <Picker label="Tags" summary={chosen.length === 0 ? undefined : chosen.join(", ")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <input
          aria-label="Tag that the runs must have"
          placeholder="Tag, then Enter"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="h-[30px] w-full rounded-md border border-line-strong bg-surface px-2 placeholder:text-muted"
        />
      </form>
      <ul className="mt-1">
        {chosen.map((tag) => (
          <li key={tag} className="flex h-7 items-center justify-between px-2">
            <span className="truncate">{tag}</span>
            <button
              type="button"
              aria-label={`Remove tag ${tag}`}
              onClick={() => onChange(chosen.filter((other) => other !== tag))}
            >
              <X aria-hidden className="size-3.5 text-muted" />
            </button>
          </li>
        ))}
      </ul>
    </Picker>
  );
}
