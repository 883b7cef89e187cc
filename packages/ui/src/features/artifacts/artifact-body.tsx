import type { Artifact } from "prefect-ts/domain";
import { ScrollArea } from "../../components/scroll-area.tsx";
import { findLink, tableOf } from "./artifact-data.ts";

const MOST_ROWS = 500;

/** Each type in its own form; what does not look like its type is shown as it is. */
export function ArtifactBody({ artifact: { key, type, data } }: { readonly artifact: Artifact }) {
  if (type === "progress" && typeof data === "number") return <Progress label={key ?? "Progress"} percent={data} />;
  if (type === "table") {
    const table = tableOf(data);
    if (table !== undefined) return <DataTable label={key ?? "Table"} {...table} />;
  }
  if (type === "image" && typeof data === "string") return <Image url={data} />;
  const text = typeof data === "string" ? data : JSON.stringify(data, null, 2);
  const link = findLink(text);
  if (link !== undefined) return <ExternalLink {...link} />;
  return (
    <ScrollArea label={key ?? "Content"} className="max-h-96">
      <pre className="px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap">{text}</pre>
    </ScrollArea>
  );
}

function Progress({ label, percent }: { readonly label: string; readonly percent: number }) {
  return (
    <div className="flex items-center gap-3 px-3 py-3">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        className="h-2 flex-1 overflow-hidden rounded-full bg-hover"
      >
        <div className="h-full bg-running-bar" style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
      </div>
      <span className="tabular w-12 text-right">{Math.round(percent)} %</span>
    </div>
  );
}

function ExternalLink({ url, label }: { readonly url: string; readonly label: string }) {
  return (
    <p className="px-3 py-2">
      <a href={url} target="_blank" rel="noreferrer" className="text-accent underline">
        {label}
      </a>
    </p>
  );
}

/** A foreign server learns nothing until the reader wants to see its picture. */
function Image({ url }: { readonly url: string }) {
  if (url.startsWith("data:image/")) return <img src={url} alt="" className="max-h-96 px-3 py-2" />;
  return <ExternalLink url={url} label={url} />;
}

interface DataTableProps {
  readonly label: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function DataTable({ label, columns, rows }: DataTableProps) {
  return (
    <ScrollArea label={label} className="max-h-96">
      <table className="w-full text-left">
        <thead className="sticky top-0 bg-surface">
          <tr className="[&>th]:border-b [&>th]:border-line [&>th]:px-3 [&>th]:py-1 [&>th]:font-medium">
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_ROWS).map((cells, index) => (
            <tr key={String(index)} className="hover:bg-hover">
              {cells.map((cell, column) => (
                <td key={columns[column]} className="tabular px-3 py-0.5 whitespace-nowrap">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_ROWS && <p className="px-3 py-1 text-muted">and {rows.length - MOST_ROWS} more rows</p>}
    </ScrollArea>
  );
}
