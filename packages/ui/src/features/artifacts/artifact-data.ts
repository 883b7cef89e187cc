export interface TableData {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A table is JSON text on the wire: a list of records, a list of rows, or columns by name. Records may lack a key.
 */
export function tableOf(data: unknown): TableData | undefined {
  const value = typeof data === "string" ? parsed(data) : data;
  if (Array.isArray(value)) return value.every(Array.isArray) ? fromRows(value) : fromRecords(value);
  if (typeof value === "object" && value !== null) return fromColumns(value as Record<string, unknown>);
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fromRows(rows: readonly unknown[][]): TableData {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0);
  return {
    columns: Array.from({ length: width }, (_, index) => String(index + 1)),
    rows: rows.map((row) => row.map(cell)),
  };
}

function fromRecords(items: readonly unknown[]): TableData | undefined {
  if (!items.every((item) => typeof item === "object" && item !== null)) return undefined;
  const records = items as Record<string, unknown>[];
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return { columns, rows: records.map((record) => columns.map((column) => cell(record[column]))) };
}

function fromColumns(data: Record<string, unknown>): TableData | undefined {
  const columns = Object.keys(data);
  const lists = Object.values(data);
  if (columns.length === 0 || !lists.every(Array.isArray)) return undefined;
  const length = lists.reduce((most: number, list) => Math.max(most, list.length), 0);
  return { columns, rows: Array.from({ length }, (_, index) => lists.map((list) => cell(list[index]))) };
}

function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

const MARKDOWN_LINK = /^\s*\[([^\]]*)\]\((https?:\/\/[^\s)]+)\)\s*$/;

/** Link artifacts are markdown on the wire, with a link as their whole text. */
export function findLink(text: string): { readonly url: string; readonly label: string } | undefined {
  const match = MARKDOWN_LINK.exec(text);
  if (match?.[2] === undefined) return undefined;
  return { url: match[2], label: match[1] === "" || match[1] === undefined ? match[2] : match[1] };
}
