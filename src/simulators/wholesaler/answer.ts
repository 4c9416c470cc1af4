import type { ErrorRequestHandler } from 'express';

/** Thrown to end a request with this answer. */
export class Answer extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Record<string, string> = {},
  ) {
    super(`Answered ${status}`);
  }
}

/** Thrown to drop the connection without an answer. */
export class HangUp extends Error {}

export const sendThrown: ErrorRequestHandler = (error, req, res, next) => {
  if (error instanceof HangUp) req.socket.destroy();
  else if (error instanceof Answer) res.status(error.status).set(error.headers).json(error.body);
  else next(error);
};
