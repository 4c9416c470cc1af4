import type { Request } from 'express';

/** A query parameter given once, as text; empty when absent. */
export function textOf({ query }: Request, name: string) {
  const value = query[name];
  return typeof value === 'string' ? value : '';
}
