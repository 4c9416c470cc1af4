interface StripeError {
  type: 'invalid_request_error' | 'idempotency_error' | 'card_error' | 'api_error';
  message: string;
  code?: string;
  param?: string;
}

/** An answer in the shape of Stripe's errors. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly error: StripeError,
  ) {
    super(error.message);
  }
}

export function invalid(message: string, details: { code?: string; param?: string } = {}) {
  return new Refusal(400, { type: 'invalid_request_error', message, ...details });
}

export function noSuch(kind: string, id: string, status: 400 | 404 = 404) {
  const error = { type: 'invalid_request_error', code: 'resource_missing', param: kind } as const;
  return new Refusal(status, { ...error, message: `No such ${kind}: '${id}'` });
}

export const unauthorized = (message: string) => new Refusal(401, { type: 'invalid_request_error', message });

export const apiError = (status: number, message: string) =>
  new Refusal(status, { type: 'api_error', message });
