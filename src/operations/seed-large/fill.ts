import { onSqlite, tx } from '../../database.js';
import { Order, Product } from '../../models/index.js';
import { orders, purchases, redemptions } from './books.js';
import { catalogue, rememberPlans } from './catalogue.js';
import { logs } from './logs.js';
import { accounts, customers, people } from './people.js';
import { drawUpReviews, reviews, votesAndRatings } from './reviews.js';
import { drawUp, sales, units } from './sales.js';
import { withoutTriggersAndIndexes } from './set-aside.js';
import { frameOf, type Sizes } from './sizes.js';
import { take, type Progress, type Step } from './step.js';
import { story } from './story.js';
import { run } from './words.js';

/**
 * Fills an empty database with two years of a large shop, so consistent that the invariants hold. Returns false, and
 * writes nothing, when there are orders or plans already.
 */
export async function fillLarge(sizes: Sizes, progress: Progress): Promise<boolean> {
  return tx(async () => {
    if ((await Order.count()) > 0 || (await Product.count()) > 0) return false;
    if (!onSqlite) await run('SET LOCAL statement_timeout = 0');
    await withoutTriggersAndIndexes(
      () => write(sizes, progress),
      (name) => progress(`index ${name}`, 1, 1),
    );
    return true;
  });
}

async function write(sizes: Sizes, progress: Progress) {
  const frame = frameOf(sizes);
  const all = async (steps: Step[]) => {
    for (const step of steps) await take(step, progress);
  };
  const whole = async (what: string, work: () => Promise<void>) => {
    await work();
    progress(what, 1, 1);
  };
  await all([...people(frame), ...catalogue(frame)]);
  await whole('plans remembered', rememberPlans);
  await whole('two tables to draw up the sales', drawUp);
  await all([sales(frame), units(frame)]);
  await whole('accounts', accounts);
  await all([purchases(frame), orders(frame)]);
  await whole('uses of coupons', redemptions);
  await all(story(frame));
  await whole('customers', customers);
  await whole('opinions drawn up', () => drawUpReviews(frame));
  await all([reviews(frame)]);
  await whole('votes and ratings', votesAndRatings);
  await all(logs(frame));
  for (const table of ['sale', 'unit', 'plan', 'opinion', 'bought', 'rated'])
    await run(`DROP TABLE ${table}`);
}
