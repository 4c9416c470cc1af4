import { Books } from './books.js';
import { Faults } from '../faults.js';
import { USUAL_TIMES } from './faults.js';
import { Webhooks } from './webhooks.js';

/** What every part of the simulator works with. */
export class Till {
  readonly books: Books;
  readonly webhooks: Webhooks;
  readonly faults = new Faults(USUAL_TIMES);
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

  /** As on the first day, only the shop's address stays known. */
  async reset() {
    await this.webhooks.stop();
    this.books.clear();
    this.faults.liftAll();
    this.webhooks.mode = 'automatic';
    this.latencyMs = 0;
  }
}
