import type { Statement } from "./database.ts";

/** A piece of SQL that is text, not a value: only for names and fragments from our own code. */
class Fragment {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export function fragment(text: string): Fragment {
  return new Fragment(text);
}

/**
 * SQL by hand: values become parameters, nested statements and fragments are spliced in. Parameters are written `?`
 * for both databases; the PostgreSQL connection numbers them.
 */
export function sql(texts: TemplateStringsArray, ...values: readonly unknown[]): Statement {
  let text = texts[0] ?? "";
  const parameters: unknown[] = [];
  for (const [index, value] of values.entries()) {
    if (value instanceof Fragment) {
      text += value.text;
    } else if (isStatement(value)) {
      text += value.sql;
      parameters.push(...value.parameters);
    } else {
      text += "?";
      parameters.push(value);
    }
    text += texts[index + 1] ?? "";
  }
  return { sql: text, parameters };
}

/** Conditions joined by AND (or OR); none at all is true. */
export function all(conditions: readonly Statement[], operator: "AND" | "OR" = "AND"): Statement {
  if (conditions.length === 0) return { sql: "1 = 1", parameters: [] };
  return {
    sql: conditions.map((condition) => `(${condition.sql})`).join(` ${operator} `),
    parameters: conditions.flatMap((condition) => condition.parameters),
  };
}

/** `?, ?, ?` for an IN list; an empty list matches nothing. */
export function list(values: readonly unknown[]): Statement {
  // Equal to nothing, and of every type: a subquery would be of type text, which PostgreSQL does not compare to ids.
  if (values.length === 0) return { sql: "NULL", parameters: [] };
  return { sql: values.map(() => "?").join(", "), parameters: values };
}

function isStatement(value: unknown): value is Statement {
  return typeof value === "object" && value !== null && "sql" in value && "parameters" in value;
}
