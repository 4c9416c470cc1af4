import type { Request } from 'express';
import { Answer } from '../wholesaler/answer.js';
import { textOf } from '../wholesaler/query.js';
import { invalid } from './refusals.js';

/** Without `limit` everything comes at once. */
export function paged<T>(req: Request, all: T[]) {
  const perPage = Number(textOf(req, 'limit')) || Math.max(all.length, 1);
  const page = Number(textOf(req, 'page')) || 1;
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

export function checkPaging(req: Request) {
  const bad = ['limit', 'page'].filter((field) => !/^([1-9]\d*)?$/.test(textOf(req, field)));
  if (bad.length === 0) return;
  const messages = bad.map((field) => [field, `The ${field} must be an integer.`]);
  throw new Answer(422, invalid(Object.fromEntries(messages)));
}
