import { MAX_PAGE_SIZE } from "../domain/wire.ts";

/** One page of a list, as every `/paginate` answers it. */
export interface Page<Item> {
  results: Item[];
  count: number;
  limit: number;
  pages: number;
  page: number;
}

export function pageSize(limit: number | null | undefined): number {
  return limit ?? MAX_PAGE_SIZE;
}

export async function readPage<Item>(
  request: { limit?: number | null | undefined; page: number },
  readItems: (limit: number, offset: number) => Promise<Item[]>,
  count: () => Promise<number>,
): Promise<Page<Item>> {
  const limit = pageSize(request.limit);
  const total = await count();
  const results = await readItems(limit, (request.page - 1) * limit);
  return { results, count: total, limit, pages: limit === 0 ? 0 : Math.ceil(total / limit), page: request.page };
}
