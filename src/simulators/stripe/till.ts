import { Books } from './books.js';
import { Faults } from './faults.js';
import { Webhooks } from './webhooks.js';

/** What every part of the simulator works with. */
export class Till {
  readonly books: Books;
  readonly webhooks: Webhooks;
  readonly faults = new Faults();
  /** Known once the listener is up. */
  url = '';
  latencyMs = 0;

  constructor(
    directory?: string,
    readonly secretKey?: string,
  ) {
    this.books = new Books(directory);
    this.webhooks = new Webhooks(this.books);
  }
}
