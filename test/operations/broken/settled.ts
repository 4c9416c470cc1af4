import { HOUR, clock } from '../../../src/lib/clock.js';
import { event, mail, type Broken, type Statements } from './rows.js';

/** Brings to an end what is under way in a busy shop. */
export const settledBooks: Statements = [
  `UPDATE orders SET hold_reason = 'dispute'`,
  `UPDATE fulfilment_attempts SET state = 'rejected' WHERE state = 'unknown'`,
  `UPDATE refunds SET state = 'failed' WHERE state = 'pending'`,
];

/** And what breaks an invariant that holds only then. */
export const unsettledBooks: Broken = ({ failed, waiting, delivered, open }) => ({
  'every paid order is delivered or given back, unless a person must decide': [
    [`UPDATE orders SET hold_reason = NULL WHERE id = '${waiting.id}'`],
  ],
  'what became of every attempt is known': [
    [`UPDATE fulfilment_attempts SET state = 'unknown' WHERE "order" = '${delivered.id}'`],
  ],
  'every refund has gone through, unless Stripe refused it': [
    [`UPDATE refunds SET state = 'requested' WHERE "order" = '${failed.id}'`],
  ],
  'every mail is sent, unless its address was refused or its day has not come': [
    [mail({ purchase: open.purchaseId })],
    [mail({ order: open.id, kind: 'review_invitation', attempts: 1, due_at: clock.now() + HOUR })],
  ],
  'every event is worked off': [[event({ state: 'received' })]],
});
