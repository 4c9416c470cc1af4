import { expect } from 'chai';
import { WebhookEvent } from '../../src/models/index.js';
import { FORGERIES } from '../../src/simulators/stripe/signature.js';
import { world } from '../support/environment.js';
import { count, sized } from '../support/figures.js';
import { finish, openRivals, type Rival } from '../support/rivals.js';
import { expectOneEffect, Market, type Sale } from './sale.js';
import { deliver, forge } from './webhook.js';

const SALES = sized(2, 24);
const COPIES = sized(10, 50);
/** So many different events are on their way at once: with all copies, some hundred requests that wait for an answer. */
const AT_ONCE = 8;

/** The events so far, in some other order, the same at every run. */
const shuffled = () =>
  world.stripe
    .events()
    .map(({ id }, place) => ({ id, place: (place * 7919) % 104_729 }))
    .toSorted((one, other) => one.place - other.place);

/** Every event many times at once, among them forgeries, while every process works on what has come in. */
async function storm(processes: Rival[]) {
  const events = shuffled();
  const answers = new Set<number>();
  const refusals = new Set<number>();
  for (let first = 0; first < events.length; first += AT_ONCE) {
    const gust = await blow(events.slice(first, first + AT_ONCE), processes);
    gust.answers.forEach((answer) => answers.add(answer));
    gust.refusals.forEach((answer) => refusals.add(answer));
  }
  return { answers, refusals };
}

async function blow(events: { id: string }[], processes: Rival[]) {
  const sent = events.map(({ id }, number) => deliver(id, processes[number % processes.length]!, COPIES));
  const forged = events.map(({ id }, number) =>
    forge(id, FORGERIES[number % FORGERIES.length]!, processes[number % processes.length]!),
  );
  const working = processes.map((process) => finish(process, 'inbox'));
  const answers = await Promise.all(sent);
  const refusals = await Promise.all(forged);
  await Promise.all(working);
  count('webhook deliveries', answers.flat().length + refusals.length);
  return { answers: answers.flat(), refusals };
}

describe('A storm of webhooks', function () {
  this.timeout(sized(120_000, 0));

  before(openRivals);

  it('has the effect of one of each event; what is forged is refused and not kept', async () => {
    const processes = await openRivals();
    const market = await Market.open(processes);
    const sales: Sale[] = [];
    for (let number = 0; number < SALES; number += 1)
      sales.push(await (number % 2 === 0 ? market.paid() : market.ended()));

    const all = { answers: new Set([200]), refusals: new Set([400]) };
    expect(await storm(processes)).to.deep.equal(all);
    for (const process of processes) await finish(process, 'inbox');
    expect(await storm(processes)).to.deep.equal(all);

    const known = world.stripe.events().map(({ id }) => id);
    expect((await WebhookEvent.findAll()).map(({ eventId }) => eventId)).to.have.members(known);
    for (const [number, sale] of sales.entries()) await expectOneEffect(sale, `sale ${number}`);
  });

  it('that is nothing but forgeries leaves no trace', async () => {
    const processes = await openRivals();
    const market = await Market.open(processes);
    const sale = await market.paid();
    const statuses = await Promise.all(
      world.stripe
        .events()
        .flatMap(({ id }) =>
          FORGERIES.flatMap((forgery) => processes.map((process) => forge(id, forgery, process))),
        ),
    );
    count('webhook deliveries', statuses.length);
    expect(new Set(statuses)).to.deep.equal(new Set([400]));
    expect(await WebhookEvent.count()).to.equal(0);
    await expectOneEffect(sale, 'afterwards');
  });
});
