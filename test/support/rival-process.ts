import { clock } from '../../src/lib/clock.js';
import { CHORES } from '../../src/operations/work.js';
import type { Order, Report } from './rivals.js';

/** One more process of the shop: `server` or `worker` as they are, and an ear for the test, with which it ends. */
process.once('disconnect', () => process.exit());
process.on('message', (order: Order) => void obey(order).then((report) => process.send!(report)));
// A worker that was told to stop ends by itself, whoever is listening.
process.channel!.unref();
await import(`../../src/${process.argv[2]}.js`);
process.send!('open');

async function obey({ number, aheadMs, chore }: Order): Promise<Report> {
  clock.reset();
  clock.advance(aheadMs);
  try {
    return { number, worked: chore !== undefined && (await CHORES[chore].step()) };
  } catch (error) {
    return { number, worked: false, failure: (error as Error).stack ?? String(error) };
  }
}
