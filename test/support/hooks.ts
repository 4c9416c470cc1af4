import type { Context } from 'mocha';
import { createServer } from 'node:http';
import { createApp } from '../../src/app.js';
import { openDatabase } from '../../src/database.js';
import { clock } from '../../src/lib/clock.js';
import { migrate } from '../../src/operations/migrations.js';
import { settings } from '../../src/settings.js';
import { forgetSettings } from '../../src/shop/settings.js';
import { booksMustBeRight } from './books.js';
import { emptyDatabase } from './database.js';
import { world } from './environment.js';
import { takeAway } from './take-away.js';
import { forgetUnits } from './units.js';

const WHOLE_SHOP = /test\/(journeys|crashes|checkout|races|properties)\//;

/** One shop for all tests of a process; each begins with an empty database, a quiet world and the real time. */
let shop: Promise<void> | undefined;

async function openShop() {
  await openDatabase();
  await migrate();
  await takeAway();
  // As src/server.ts has it: a line that a crowd keeps open is not closed under its feet.
  const server = createServer({ keepAliveTimeout: 65_000 }, createApp());
  await new Promise<void>((resolve) => server.listen(settings.port, '127.0.0.1', resolve));
}

export const mochaHooks = {
  /** Where files run side by side, mocha asks before each of them. The shop ends with its process. */
  async beforeAll() {
    await (shop ??= openShop());
  },

  async beforeEach() {
    clock.reset();
    await world.stripe.reset();
    world.mailbox.clear();
    for (const wholesaler of [world.airalo, world.mobiMatter, world.esimCard]) wholesaler.reset();
    await emptyDatabase();
    forgetSettings();
    forgetUnits();
  },

  /** Whatever a test of the whole shop did to it, its books must be right. */
  async afterEach(this: Context) {
    const { file, state } = this.currentTest!;
    if (state === 'passed' && WHOLE_SHOP.test(file ?? '')) await booksMustBeRight();
  },
};
