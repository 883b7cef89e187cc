import { formatInstant, instantFromMs } from "prefect-ts/domain";
import { Picker } from "../../components/picker.tsx";
import { formatMoment, instantOf } from "../../lib/time.ts";
import { type Range, type RunsSearch, type RunsSearchChange, ranges } from "./search.ts";

const words: Record<Range, string> = {
  "1h": "Last hour",
  "24h": "Last 24 hours",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
};

interface TimeFilterProps {
  readonly search: RunsSearch;
  readonly onChange: (change: RunsSearchChange) => void;
}

export function TimeFilter({ search, onChange }: TimeFilterProps) {
  const { range, from, to } = search;
  return (
    <Picker label="Time" summary={summaryOf(search)}>
      <div className="mb-2 grid grid-cols-2 gap-1">
        {(Object.keys(ranges) as Range[]).map((key) => (
          <button
            key={key}
            type="button"
            aria-pressed={range === key}
            onClick={() => onChange({ range: range === key ? undefined : key, from: undefined, to: undefined })}
            className="rounded px-2 py-1 text-left hover:bg-hover aria-pressed:bg-selected aria-pressed:font-medium"
          >
            {words[key]}
          </button>
        ))}
      </div>
      <MomentInput label="From" value={from} onChange={(value) => onChange({ from: value, range: undefined })} />
      <MomentInput label="To" value={to} onChange={(value) => onChange({ to: value, range: undefined })} />
    </Picker>
  );
}

function summaryOf({ range, from, to }: RunsSearch): string | undefined {
  if (from !== undefined || to !== undefined) {
    return `${from === undefined ? "" : formatMoment(instantOf(from))} – ${to === undefined ? "" : formatMoment(instantOf(to))}`;
  }
  return range === undefined ? undefined : words[range];
}

interface MomentInputProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

function MomentInput({ label, value, onChange }: MomentInputProps) {
  return (
    <label className="flex items-center gap-2 px-2 py-1">
      <span className="w-10 text-muted">{label}</span>
      <input
        type="datetime-local"
        value={value === undefined ? "" : toLocalInput(value)}
        onChange={({ target }) => onChange(target.value === "" ? undefined : fromLocalInput(target.value))}
        className="min-w-0 flex-1 rounded border border-line-strong bg-surface px-1.5 py-1"
      />
    </label>
  );
}

/** The control speaks the reader's local time without a zone. */
function toLocalInput(timestamp: string): string {
  const ms = Date.parse(timestamp);
  if (Number.isNaN(ms)) return "";
  const offsetMs = new Date(ms).getTimezoneOffset() * 60_000;
  return new Date(ms - offsetMs).toISOString().slice(0, 16);
}

function fromLocalInput(text: string): string {
  return formatInstant(instantFromMs(new Date(text).getTime()));
}
