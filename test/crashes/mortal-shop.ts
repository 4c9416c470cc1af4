import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from '../../src/app.js';
import { onSqlite } from '../../src/database.js';
import { MINUTE } from '../../src/lib/clock.js';
import { providers } from '../../src/fulfilment/providers.js';
import { endOldLeases } from '../../src/operations/work.js';
import { createProviders, type ProviderSettings } from '../../src/providers/index.js';
import { settings } from '../../src/settings.js';
import { Life, watchLives } from '../support/crashing.js';
import { shopUrl, world } from '../support/environment.js';
import { work } from '../support/work.js';
import { inAHurry } from './hurry.js';

/** The shop as one process, web and worker, that can die and be started again. */
export class MortalShop {
  /** One after the other; the last is the present one. */
  lives: Life[] = [];
  url = '';
  deaths = 0;
  /** How long the shop waits for the answer to a purchase. */
  patienceMs = MINUTE;
  private fates: Life[] = [];
  private readonly app = createApp();
  private readonly server: Server = createServer((req, res) => this.answer(req, res));
  private unwatch = () => {};
  private calmDown = () => {};

  async open() {
    this.unwatch = watchLives();
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://localhost:${(this.server.address() as AddressInfo).port}`;
    world.stripe.webhookUrl = `${this.url}/webhooks/stripe`;
    this.calmDown = await inAHurry();
  }

  close() {
    this.server.close();
    this.server.closeAllConnections();
    this.unwatch();
    this.calmDown();
    world.stripe.webhookUrl = `${shopUrl}/webhooks/stripe`;
    employ(settings.providers);
  }

  /** Starts the process; it will live these lives, and then one without an end. */
  begin(fates: Life[]) {
    this.lives = [];
    this.fates = [...fates];
    this.deaths = 0;
    this.start();
  }

  async restart() {
    do {
      this.deaths += 1;
      this.start();
      if (onSqlite) await this.life.run(endOldLeases).catch(unlessDead(this.life));
    } while (this.isDead());
  }

  /** From here on it does not die any more. */
  spare() {
    this.fates = [];
    this.start();
  }

  isDead() {
    return this.life.isOver;
  }

  /** The worker does what is due, unless it dies of it. */
  works() {
    return this.life.run(work);
  }

  get life() {
    return this.lives.at(-1)!;
  }

  private start() {
    this.lives.push(this.fates.shift() ?? new Life());
    // What the process held in its memory: the wholesalers' tokens.
    employ(this.impatient());
  }

  private impatient(): ProviderSettings {
    const { airalo, mobiMatter, esimCard } = settings.providers;
    const timeouts = { buy: this.patienceMs };
    return {
      airalo: { ...airalo!, timeouts },
      mobiMatter: { ...mobiMatter!, timeouts },
      // A fresh profile is looked at without a pause.
      esimCard: { ...esimCard!, timeouts, pollDelaysMs: [0, 0, 0] },
    };
  }

  /** Whoever asked a dead process sees the line drop. */
  private answer(req: IncomingMessage, res: ServerResponse) {
    const { life } = this;
    const end = res.end.bind(res) as (...args: unknown[]) => ServerResponse;
    res.end = (...args: unknown[]) =>
      life.isOver || life.endsBefore('answer') ? res.destroy() : end(...args);
    life.run(() => this.app(req, res));
  }
}

/** What a life that is over reports is of no interest. */
export const unlessDead = (life: Life) => (error: unknown) => {
  if (!life.isOver) throw error;
};

function employ(named: ProviderSettings) {
  for (const [name, client] of createProviders(named)) providers.set(name, client);
}

export const shop = new MortalShop();

/** Opens the shop for a file of stories. */
export function aMortalShop() {
  before(() => shop.open());
  after(() => shop.close());
}
