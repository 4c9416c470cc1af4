import { forUpdate } from '../database.js';
import { IllegalMove, RuleBroken } from '../errors.js';
import { checkFrozen } from './books.js';
import { FulfilmentAttempt } from './fulfilment-attempt.js';
import { Order } from './order.js';
import { Refund, type RefundReason } from './refund.js';

/**
 * An order is delivered or refunded, never both by itself: no automatic refund while an eSIM may have been bought, no
 * purchase once a refund exists. The triggers of the same name (migrations/rules/books.ts) also settle races.
 */
const AUTOMATIC: readonly RefundReason[] = ['undeliverable', 'paid_too_late'];

Refund.beforeCreate('return the whole amount, once, and only when nothing was bought', async (refund) => {
  const { orderId, amountMinor, currency, reason } = refund;
  const order = await Order.findByPk(orderId, { rejectOnEmpty: true, ...forUpdate });
  if (order.amountMinor !== amountMinor || order.currency !== currency)
    throw new RuleBroken('errors.refund.amount');
  if ((await Refund.count({ where: { orderId } })) > 0) throw new RuleBroken('errors.refund.twice');
  const state = ['sent', 'unknown', 'succeeded'] as const;
  if (AUTOMATIC.includes(reason) && (await FulfilmentAttempt.count({ where: { orderId, state } })) > 0)
    throw new RuleBroken('errors.refund.uncertain');
});

Refund.beforeUpdate('keep order and amount', (refund) => {
  checkFrozen(refund, ['orderId', 'amountMinor', 'currency']);
  const before = refund.previous('state');
  if (before === 'succeeded' && !['succeeded', 'failed'].includes(refund.state))
    throw new IllegalMove('refund', before, refund.state);
});

FulfilmentAttempt.beforeCreate('be the only one', async ({ orderId }) => {
  if ((await Refund.count({ where: { orderId } })) > 0) throw new RuleBroken('errors.attempt.refunded');
  const earlier = await FulfilmentAttempt.findAll({ where: { orderId } });
  if (earlier.some((attempt) => attempt.state === 'succeeded'))
    throw new RuleBroken('errors.attempt.delivered');
  if (earlier.some((attempt) => attempt.isOpen())) throw new RuleBroken('errors.attempt.open');
});
