import type { RefObject } from "react";
import { Button } from "../../components/button.tsx";
import { SearchInput } from "../../components/search-input.tsx";
import { FlowFilter } from "./flow-filter.tsx";
import { hasFilters, type RunsSearch, type RunsSearchChange, withoutFilters } from "./search.ts";
import { StateFilter } from "./state-filter.tsx";
import { TagsFilter } from "./tags-filter.tsx";
import { TimeFilter } from "./time-filter.tsx";

interface FilterBarProps {
  readonly search: RunsSearch;
  readonly onChange: (search: RunsSearch) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

/** Every change starts again at the first page. */
export function FilterBar({ search, onChange, inputRef }: FilterBarProps) {
  const { page: _, ...rest } = search;
  const change = (part: RunsSearchChange) => {
    const entries = Object.entries({ ...rest, ...part }).filter(
      ([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
    );
    onChange(Object.fromEntries(entries) as RunsSearch);
  };
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchInput
        label="Search run names"
        shortcut="/"
        value={search.q ?? ""}
        onChange={(q) => change({ q })}
        inputRef={inputRef}
      />
      <StateFilter chosen={search.state ?? []} onChange={(state) => change({ state })} />
      <FlowFilter chosen={search.flow ?? []} onChange={(flow) => change({ flow })} />
      <TagsFilter chosen={search.tags ?? []} onChange={(tags) => change({ tags })} />
      <TimeFilter search={search} onChange={change} />
      <Switch
        label="Hide subflows"
        isOn={search.subflows === "hide"}
        onChange={(isOn) => change({ subflows: isOn ? "hide" : undefined })}
      />
      <Switch
        label="Show upcoming"
        isOn={search.upcoming === "show"}
        onChange={(isOn) => change({ upcoming: isOn ? "show" : undefined })}
      />
      {hasFilters(search) && (
        <Button look="quiet" onClick={() => onChange(withoutFilters(search))}>
          Clear
        </Button>
      )}
    </search>
  );
}

interface SwitchProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Switch({ label, isOn, onChange }: SwitchProps) {
  return (
    <label className="flex h-[30px] cursor-pointer items-center gap-1.5 px-1 whitespace-nowrap">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => onChange(target.checked)}
        className="size-3.5 accent-[var(--accent)]"
      />
      {label}
    </label>
  );
}
