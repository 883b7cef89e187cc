import { useState } from "react";

export interface Selection {
  readonly ids: ReadonlySet<string>;
  toggle(id: string): void;
  /** All of these, or none of them when all are selected already. */
  toggleAll(ids: readonly string[]): void;
  clear(): void;
}

export function useSelection(): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  return {
    ids,
    toggle: (id) => setIds((before) => toggled(before, id)),
    toggleAll: (all) =>
      setIds((before) => {
        const areAllIn = all.every((id) => before.has(id));
        return areAllIn ? new Set([...before].filter((id) => !all.includes(id))) : new Set([...before, ...all]);
      }),
    clear: () => setIds(new Set()),
  };
}

function toggled(before: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}
