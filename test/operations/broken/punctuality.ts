import { DAY, clock } from '../../../src/lib/clock.js';
import { LONG_AGO, mail, event, order, purchase, attemptOf, refundOf, lateBy, type Broken } from './rows.js';

export const punctuality: Broken = ({ failed, waiting, open }) => ({
  'a paid order is finished within a quarter of an hour, or shows what keeps it': [
    lateBy(waiting, `reason = 'out_of_stock'`),
  ],
  'an event is worked on within five minutes, or says what was wrong': [
    [event({ state: 'received', created: LONG_AGO })],
  ],
  'no refund, no mail and no open purchase is left lying when it is due': [
    [purchase(open, 'check_at = 1')],
    [mail({ purchase: open.purchaseId, created: LONG_AGO, due_at: 1 })],
    [refundOf(failed, 'requested_at = 2, due_at = 2'), attemptOf(failed, 'sent_at = 1')],
  ],
  'nothing is put off for longer than a day': [
    [purchase(open, `check_at = ${clock.now() + 2 * DAY}`)],
    [order(waiting, `due_at = ${clock.now() + 2 * DAY}`)],
    [refundOf(failed, `lease_until = ${clock.now() + 2 * DAY}`)],
    [mail({ purchase: open.purchaseId, due_at: clock.now() + 2 * DAY })],
    [mail({ order: open.id, kind: 'review_invitation', due_at: clock.now() + 8 * DAY })],
    [mail({ order: open.id, kind: 'review_invitation', attempts: 1, due_at: clock.now() + 2 * DAY })],
  ],
});
