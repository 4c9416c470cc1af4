import { MINUTE } from '../../src/lib/clock.js';
import { booksMustBeRight } from '../support/books.js';
import type { Life } from '../support/crashing.js';
import { world } from '../support/environment.js';
import { mochaHooks } from '../support/hooks.js';
import { shop, unlessDead } from './mortal-shop.js';
import { untilSettled } from './time.js';

/** Something that somebody does. When the shop dies of it, it is done again after the restart. */
export type Act = () => Promise<unknown>;

interface Play {
  /** What happens while the shop may die. */
  acts: Act[];
  /** What happens after that. */
  afterwards?: Act[];
  /** Names the end that it all comes to. */
  end: () => Promise<string>;
}

/** Sets the stage, and says what is played on it. */
export type Story = () => Promise<Play>;

/** Plays a story from an empty shop on, with these lives one after the other; gives the name of its end. */
export async function play(story: Story, fates: Life[]): Promise<string> {
  await mochaHooks.beforeEach();
  world.stripe.webhooks = 'held';
  shop.patienceMs = MINUTE;
  shop.begin([]);
  const { acts, afterwards = [], end } = await story();
  shop.begin(fates);
  for (const act of acts) await untilDone(act);
  shop.spare();
  for (const act of afterwards) await act();
  await untilSettled();
  return end();
}

async function untilDone(act: Act) {
  for (;;) {
    await act().catch(unlessDead(shop.life));
    if (!shop.isDead()) return;
    await booksMustBeRight();
    await shop.restart();
  }
}

/** Does it the first time only. */
export function once(act: Act): Act {
  let done = false;
  return async () => {
    if (done) return;
    done = true;
    await act();
  };
}
