import { CheckList, Picker, type PickerOption } from "../../components/picker.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { isStateType, runStates, stateTypesInOrder } from "../../lib/run-states.ts";

interface StateFilterProps {
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
}

/** A type stands for all its names; a name of its own (`Late`) narrows it down. */
const options: readonly PickerOption[] = stateTypesInOrder.flatMap((type) => [
  { value: type, label: <StateBadge type={type} /> },
  ...runStates[type].names
    .filter((name) => name !== runStates[type].label)
    .map((name) => ({ value: name, label: name, isNested: true })),
]);

export function StateFilter({ chosen, onChange }: StateFilterProps) {
  const words = chosen.map((state) => (isStateType(state) ? runStates[state].label : state));
  const summary = words.length === 0 ? undefined : words.join(", ");
  return (
    <Picker label="State" summary={summary}>
      <CheckList options={options} chosen={chosen} onChange={onChange} />
    </Picker>
  );
}
