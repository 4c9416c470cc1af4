import type { Request } from 'express';

const DONE = ['confirmed', 'email', 'password', 'mailed', 'reset', 'everywhere', 'closed', 'erased'] as const;

/** What the page before this one did, for the notice on top (`account.done.*`): after a redirect only the address knows. */
export const doneOf = (req: Request): (typeof DONE)[number] | null =>
  DONE.find((done) => done === req.query.done) ?? null;
