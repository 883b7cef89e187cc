import type { z } from "zod";
import type { GroupName, Paths } from "./paths.ts";

/** What goes in and out of one route. Absent means: none. */
export interface RouteShape {
  readonly summary?: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Nothing in the body is kept as the text that was sent, so its spelling need not be remembered. */
  readonly hasPlainBody?: true;
  readonly returns?: z.ZodType;
  /** The status of success. Default 200. */
  readonly status?: 200 | 201 | 202 | 204;
}

/** Gives the routes of a group their shapes; each route that `paths.ts` names must be there. */
export function shapes<Group extends GroupName, Shapes extends { readonly [Name in keyof Paths[Group]]: RouteShape }>(
  _group: Group,
  routes: Shapes,
): Shapes {
  return routes;
}
