import type { Request } from 'express';

/** Without `limit` everything comes at once. */
export function paged<T>(req: Request, all: T[]) {
  const perPage = Number(req.query['limit']) || Math.max(all.length, 1);
  const page = Number(req.query['page']) || 1;
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const start = (page - 1) * perPage;
  const items = all.slice(start, start + perPage);
  const path = `${req.protocol}://${req.get('host')}${req.baseUrl}${req.path}`;
  const link = (to: number) => (to < 1 || to > last ? null : `${path}?page=${to}`);
  return {
    items,
    page,
    links: { first: link(1), last: link(last), prev: link(page - 1), next: link(page + 1) },
    meta: {
      message: 'success',
      current_page: page,
      from: items.length ? start + 1 : null,
      last_page: last,
      path,
      per_page: String(perPage),
      to: items.length ? start + items.length : null,
      total: all.length,
    },
  };
}

/** What is wrong with the paging asked for, in the API's words. */
export function pagingFault({ query }: Request) {
  const bad = ['limit', 'page'].filter((field) => !/^([1-9]\d*)?$/.test(String(query[field] ?? '')));
  return bad.length
    ? Object.fromEntries(bad.map((field) => [field, `The ${field} must be an integer.`]))
    : undefined;
}
