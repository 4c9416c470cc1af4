import { CHORES } from '../../../../src/operations/work.js';
import { world } from '../../../support/environment.js';
import { TIME_TO_PAY } from '../model/checkout.js';
import { follow } from '../model/doubt.js';
import type { Doubt, Trouble } from '../model/plan.js';
import type { ModelShop, PlanName } from '../model/shop.js';
import { work as workModel } from '../model/worker.js';
import { SKUS, type RealShop } from '../real/shop.js';
import { lookAt } from '../real/words.js';
import { always, pick, step } from './step.js';

/** Sending the mails is left out: it changes nothing here, and drawing their QR codes would take half of the time. */
const { mail: _mail, ...OTHER_CHORES } = CHORES;

export async function doWork(model: ModelShop, shop: RealShop) {
  let worked: boolean;
  do {
    worked = false;
    for (const { step: once } of Object.values(OTHER_CHORES)) while (await once()) worked = true;
  } while (worked);
  workModel(model, shop.news.take());
  follow(model, await lookAt(model, shop));
}

export async function passTime(model: ModelShop, shop: RealShop, ms: number) {
  await shop.pass(ms);
  model.now += ms;
  for (const purchase of model.purchases) {
    if (purchase.session === 'open' && model.now >= purchase.placedAt + TIME_TO_PAY)
      purchase.session = 'expired';
  }
  await shop.news.hear(model);
}

export const work = () => step('the worker works', always, doWork);

export const pass = (ms: number) =>
  step(`${ms / 1000} s pass`, always, (model, shop) => passTime(model, shop, ms));

export const workAfter = (ms: number) =>
  step(`${ms / 1000} s pass, and the worker works`, always, async (model, shop) => {
    await passTime(model, shop, ms);
    await doWork(model, shop);
  });

const BOUGHT = [
  'timeout-bought',
  'timeout-bought-late',
  'garbage',
  'server-error-bought',
  'delayed',
] as const;
const NOT_BOUGHT = ['timeout-not-bought', 'server-error'] as const;

const as = (leaves: Doubt, faults: readonly Trouble['fault'][]) => faults.map((fault) => ({ fault, leaves }));
const EVERYWHERE = [...as('bought', BOUGHT), ...as('not bought', NOT_BOUGHT)];

/** What may befall a purchase, by the wholesaler who is asked first. */
const TROUBLES: Record<'airalo' | 'mobiMatter', Trouble[]> = {
  airalo: [...EVERYWHERE, ...as('asked to wait', ['rate-limited'])],
  mobiMatter: [...EVERYWHERE, ...as('not bought', ['create-timeout'])],
};

/** Tells the simulators all that the model knows of their troubles. */
function tellWholesalers(model: ModelShop) {
  for (const wholesaler of [world.airalo, world.mobiMatter]) wholesaler.clearFaults();
  for (const [name, offers] of Object.entries(SKUS) as [PlanName, (typeof SKUS)[PlanName]][]) {
    const { sells, trouble } = model.plans[name];
    for (const [i, { at, sku }] of offers.entries()) {
      if (!sells[i]) world[at].fault({ fault: 'sold-out', sku });
      else if (trouble && i === 0) world[at].fault({ fault: trouble.fault as never, sku, times: 1 });
    }
  }
}

const calm = (plan: PlanName) => (model: ModelShop) => !model.plans[plan].trouble;

export const refuse = (plan: PlanName, offer: number) =>
  step(`a wholesaler stops selling ${plan} (${offer})`, calm(plan), async (model) => {
    const { sells } = model.plans[plan];
    sells[offer % sells.length] = false;
    tellWholesalers(model);
  });

const unsold = (model: Readonly<ModelShop>) =>
  Object.values(model.plans).flatMap(({ sells }) =>
    [...sells.keys()].flatMap((i) => (sells[i] ? [] : [{ sells, i }])),
  );

export const sell = (which: number) =>
  step(
    `a wholesaler sells again (${which})`,
    (model) => unsold(model).length > 0,
    async (model) => {
      const { sells, i } = pick(unsold(model), which);
      sells[i] = true;
      tellWholesalers(model);
    },
  );

export const trouble = (plan: PlanName, which: number) => {
  const what = pick(TROUBLES[SKUS[plan][0]!.at], which);
  return step(
    `the next purchase of ${plan} gets no clear answer (${what.fault})`,
    (model) => {
      const inDoubt = model.orders().some((order) => order.plan.name === plan && order.doubt);
      return calm(plan)(model) && model.plans[plan].sells[0]! && !inDoubt;
    },
    async (model) => {
      model.plans[plan].trouble = what;
      tellWholesalers(model);
    },
  );
};
