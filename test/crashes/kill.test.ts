import { expect } from 'chai';
import { onSqlite } from '../../src/database.js';
import { Purchase } from '../../src/models/index.js';
import { isBroken } from '../../src/operations/invariants.js';
import { checkFile } from '../../src/operations/invariants/file.js';
import { world } from '../support/environment.js';
import { count, sized } from '../support/figures.js';
import { KillBooks } from '../support/kill-books.js';
import { Chance } from '../support/kill-chance.js';
import { Crowd } from '../support/kill-crowd.js';
import { Customer } from '../support/kill-customer.js';
import { finishTheWork } from '../support/kill-finish.js';
import { openMarket } from '../support/kill-market.js';
import { Promises } from '../support/kill-promises.js';
import { takeRemains } from '../support/kill-remains.js';
import { KilledShop } from '../support/kill-shop.js';
import * as schema from '../support/schema.js';

const SEED = Number(process.env.KILL_SEED ?? Math.floor(Math.random() * 1e9));
const DAYS = sized(1, onSqlite ? 10 : 4);
const KILLS_A_DAY = sized(3, onSqlite ? 50 : 25);
const KILLED_STARTS = sized(1, 60);
const CROWD = sized(6, 10);
const HERE = new URL(world.stripe.webhookUrl!).origin;
/** Stripe sends an event again until somebody answers. */
const RETRIES_MS = Array.from({ length: 20 }, () => 500);

describe(`The shop, killed at any moment and started again (KILL_SEED=${SEED})`, function () {
  this.timeout(sized(180_000, 0));
  let shop: KilledShop;

  afterEach(async () => {
    await shop?.end();
    sendWebhooksTo(HERE);
  });

  async function killOften(books: KillBooks) {
    let compared = Promise.resolve();
    for (let kill = 1; kill <= KILLS_A_DAY; kill += 1) {
      await shop.liveAWhile();
      await compared;
      await shop.kill();
      await takeRemains(shop);
      compared = books.mustBeRight(books.ofTheWorld());
      compared.catch(() => {});
      await shop.start();
    }
    await compared;
  }

  for (let day = 1; day <= DAYS; day += 1) {
    it(`loses nothing that it said, took or bought, and does nothing twice (day ${day})`, async () => {
      const chance = new Chance(SEED + day);
      const books = new KillBooks();
      const promises = new Promises();
      const market = await openMarket();
      shop = await KilledShop.found(chance.branch(), KILLS_A_DAY);
      await shop.stock();
      sendWebhooksTo(shop.url, RETRIES_MS);
      await shop.start();

      const crowd = new Crowd(CROWD, () => new Customer(shop, market, promises, chance.branch()));
      await killOften(books);
      await crowd.leave();
      await shop.end();
      await takeRemains(shop);

      sendWebhooksTo(HERE);
      for (const wholesaler of [world.airalo, world.mobiMatter, world.esimCard]) wholesaler.clearFaults();
      await finishTheWork();
      await books.mustBeSettled();
      expect(await promises.broken()).to.deep.equal([]);
      count('kills', shop.kills);
      count('purchases under kill', await Purchase.count());
    });
  }

  if (onSqlite)
    it('has a whole database after its first start was killed, or none yet, and opens in the end', async () => {
      const whole = await everyPart();
      shop = await KilledShop.found(new Chance(SEED), KILLED_STARTS);
      for (let kill = 1; kill <= KILLED_STARTS; kill += 1) {
        await shop.start();
        await shop.bootAWhile();
        await shop.kill();
        await takeRemains(shop);
        expect((await checkFile()).filter(isBroken)).to.deep.equal([]);
        const parts = await everyPart();
        if (parts.length === 0) continue;
        expect(parts).to.deep.equal(whole);
        await shop.forget();
      }
      await shop.start();
      await shop.opens();
      await shop.end();
      await takeRemains(shop);
      expect(await everyPart()).to.deep.equal(whole);
      count('kills', shop.kills);
    });
});

function sendWebhooksTo(shop: string, retriesMs: number[] = []) {
  world.stripe.webhookUrl = `${shop}/webhooks/stripe`;
  world.stripe.retryDelaysMs = retriesMs;
}

const everyPart = async () => [
  ...(await schema.tables()),
  ...(await schema.indexes()),
  ...(await schema.triggers()),
];
