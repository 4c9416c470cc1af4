import { translator } from './lib/i18n.js';

const english = translator('en');

/**
 * Something the shop refuses, with its HTTP status and a sentence for people. The sentence is a key of the language
 * catalogue (`errors.*`), so that pages show it in the reader's language; `message` is the English one, for logs.
 */
export class ShopError extends Error {
  constructor(
    readonly status: number,
    readonly key: string,
    readonly values: Record<string, unknown> = {},
  ) {
    super(english(key, values));
    this.name = new.target.name;
  }
}

/** The address names nothing that this person may see. */
export class NotFound extends ShopError {
  constructor(key = 'errors.notFound') {
    super(404, key);
  }
}

/** The shelf is empty, or holds less than asked for. */
export class OutOfStock extends ShopError {
  constructor(readonly productName: string) {
    super(409, 'errors.outOfStock', { name: productName });
  }
}

/** A rule of the data model forbids the write; `field` names the culprit in forms. */
export class RuleBroken extends ShopError {
  constructor(
    key: string,
    values: Record<string, unknown> = {},
    readonly field?: string,
  ) {
    super(422, key, values);
  }
}

/** A status may only move along its table (data-model, State Machine). */
export class IllegalMove extends ShopError {
  constructor(what: string, from: string, to: string) {
    super(409, 'errors.illegalMove', { what, from, to });
  }
}

/** Another worker took this order over meanwhile: stop, it will finish. */
export class LostLease extends Error {}

/** The outside world did not answer; the caller may try again. */
export class Unavailable extends ShopError {
  constructor(key = 'errors.unavailable') {
    super(503, key);
  }
}
