import type { Request } from 'express';

const DEFAULT_PER_PAGE = 20;
const MOST_PER_PAGE = 200;

export function page<T>({ query }: Request, all: T[]) {
  const perPage = Math.min(Number(query['per_page']) || DEFAULT_PER_PAGE, MOST_PER_PAGE);
  const currentPage = Number(query['page']) || 1;
  const start = (currentPage - 1) * perPage;
  return {
    status: true,
    meta: {
      total: all.length,
      perPage,
      currentPage,
      lastPage: Math.max(1, Math.ceil(all.length / perPage)),
    },
    data: all.slice(start, start + perPage),
  };
}
