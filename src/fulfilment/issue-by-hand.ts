import { RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import { FulfilmentAttempt, Product, ProviderOffer, type Order, type User } from '../models/index.js';
import type { ProviderName } from '../providers/provider.js';
import { atDesk, mustBeWaiting, takeFromWorkers, type Desk } from '../payments/desk.js';
import { handOver, isGivenOut } from './deliver.js';
import { mustBeNobodys, purchasedAs, type TypedEsim } from './typed-esim.js';

const NO_SKU = 'by hand';

/**
 * Delivers an eSIM that a person has bought elsewhere, as if a wholesaler had answered with it. Throws NotFound, or
 * RuleBroken when the shop may have bought one already, the money goes back, or the eSIM is somebody's.
 */
export async function issueByHand(publicId: string, typed: TypedEsim, why: string, staff: User) {
  const purchased = purchasedAs(typed);
  await orRefused(() =>
    atDesk(publicId, 'issue_by_hand', staff, async (desk) => {
      checkIssue(desk);
      const { order, attempts } = desk;
      await mustBeNobodys(purchased.esim);
      await takeFromWorkers(order);
      const before = { status: order.status };
      await writeAttempt(order, attempts.length + 1, typed.provider, purchased, staff);
      if (order.status === 'pending') await order.update({ status: 'processing' });
      await handOver(order, purchased.esim, purchased.providerOrderId);
      return { before, after: { status: order.status, provider: typed.provider, why } };
    }),
  );
}

/** Throws RuleBroken. */
export function checkIssue({ order, open, refund }: Desk) {
  mustBeWaiting(order);
  if (refund) throw new RuleBroken('errors.desk.refunding');
  if (open) throw new RuleBroken('errors.desk.openAttempt');
  if (order.holdReason) throw new RuleBroken('errors.desk.held');
}

async function writeAttempt(
  order: Order,
  number: number,
  provider: ProviderName,
  { providerOrderId, costMinor }: ReturnType<typeof purchasedAs>,
  staff: User,
) {
  await FulfilmentAttempt.create({
    orderId: order.id,
    number,
    reference: `${order.publicId}-${String(number).padStart(2, '0')}`,
    provider,
    providerProductId: await skuAt(order, provider),
    state: 'succeeded',
    reason: 'by_hand',
    providerOrderId,
    costMinor,
    settledById: staff.id,
    sentAt: clock.now(),
  });
  await order.update({ retryCount: number - 1 });
  await order.note('attempt', `Issued by hand, from ${provider}`, { attempt: number }, staff.id);
}

/** What the plan is called there, where we know. */
async function skuAt({ productId }: Order, provider: ProviderName): Promise<string> {
  const plan = await Product.findByPk(productId, { rejectOnEmpty: true });
  if (plan.provider === provider) return plan.providerProductId;
  const offer = await ProviderOffer.findOne({ where: { productId, provider }, order: [['priority', 'ASC']] });
  return offer?.providerProductId ?? NO_SKU;
}

/** Two who type the same eSIM at once: the database refuses the later one. */
export async function orRefused(work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    if (isGivenOut(error)) throw new RuleBroken('errors.desk.givenOut', {}, 'iccid');
    throw error;
  }
}
