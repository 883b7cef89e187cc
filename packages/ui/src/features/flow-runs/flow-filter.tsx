import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CheckList, Picker } from "../../components/picker.tsx";
import { SearchInput } from "../../components/search-input.tsx";
import { flowNamesQuery, flowSearchQuery } from "../flows/queries.ts";

interface FlowFilterProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** The list of flows is asked for when the filter opens, not with the page. */
export function FlowFilter({ chosen, onChange }: FlowFilterProps) {
  const [isOpen, setOpen] = useState(false);
  const names = useQuery(flowNamesQuery(chosen));
  const words = chosen.map((id) => names.data?.get(id) ?? "…");
  return (
    <Picker label="Flow" summary={words.length === 0 ? undefined : words.join(", ")} onOpenChange={setOpen}>
      {isOpen && <FlowChoice chosen={chosen} onChange={onChange} />}
    </Picker>
  );
}

function FlowChoice({ chosen, onChange }: FlowFilterProps) {
  const [text, setText] = useState("");
  const found = useQuery(flowSearchQuery(text));
  const options = (found.data ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <SearchInput label="Search flows" value={text} onChange={setText} className="mb-2 w-full" />
      <CheckList options={options} chosen={chosen} onChange={onChange} />
      {found.isSuccess && options.length === 0 && <p className="px-2 py-1 text-muted">No flow has this in its name</p>}
    </>
  );
}
