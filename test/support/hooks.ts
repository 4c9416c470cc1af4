import type { Context } from 'mocha';
import { createServer, type Server } from 'node:http';
import { createApp } from '../../src/app.js';
import { closeDatabase, openDatabase } from '../../src/database.js';
import { clock } from '../../src/lib/clock.js';
import { closeMail } from '../../src/mail/send.js';
import { checkInvariants } from '../../src/operations/invariants.js';
import { migrate } from '../../src/operations/migrations.js';
import { settings } from '../../src/settings.js';
import { emptyDatabase } from './database.js';
import { world } from './environment.js';

/** One shop for all tests; each begins with an empty database, a quiet world and the real time. */
let shop: Server;

export const mochaHooks = {
  async beforeAll() {
    await openDatabase();
    await migrate();
    shop = createServer(createApp());
    await new Promise<void>((resolve) => shop.listen(settings.port, '127.0.0.1', resolve));
  },

  async beforeEach() {
    clock.reset();
    await world.stripe.reset();
    world.mailbox.clear();
    for (const wholesaler of [world.airalo, world.mobiMatter, world.esimCard]) wholesaler.reset();
    await emptyDatabase();
  },

  /** Whatever a journey or a crash did to the shop, its books must be right. */
  async afterEach(this: Context) {
    const { file, state } = this.currentTest!;
    if (state !== 'passed' || !/test\/(journeys|crashes|checkout)\//.test(file ?? '')) return;
    const broken = (await checkInvariants()).filter(({ ids }) => ids.length > 0);
    if (broken.length > 0)
      throw new Error(broken.map(({ invariant, ids }) => `${invariant}: ${ids.join(' ')}`).join('\n'));
  },

  async afterAll() {
    shop.close();
    shop.closeAllConnections();
    closeMail();
    await Promise.all(
      [world.stripe, world.mailbox, world.airalo, world.mobiMatter, world.esimCard].map((part) =>
        part.close(),
      ),
    );
    await closeDatabase();
  },
};
