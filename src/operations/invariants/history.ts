import type { Invariants } from './finding.js';

/** What an order and its payment may do (data-model, Status Transitions); failed → paid is late money. */
const MOVES = {
  status: [
    'pending processing',
    'processing completed',
    'processing failed',
    'completed refunded',
    'failed refunded',
  ],
  payment: ['pending paid', 'pending failed', 'failed paid', 'paid refunded'],
};

const noMove = (step: keyof typeof MOVES) =>
  `step = '${step}' AND status_from || ' ' || status_to NOT IN (${MOVES[step].map((move) => `'${move}'`).join(', ')})`;

/** An order's timeline in automation_logs. */
export const HISTORY: Invariants = {
  'orders and payments only moved forward': `
    SELECT "order" AS id FROM automation_logs WHERE (${noMove('status')}) OR (${noMove('payment')})`,
  // What came to a state has left it again, or is still there: with moves that only lead forward, that is one path.
  'the timeline of an order leads without a gap from its placing to where it is': `
    SELECT id FROM (
      SELECT id, 'status' AS step, 'pending' AS state, 1 AS came FROM orders
      UNION ALL SELECT id, 'payment', 'pending', 1 FROM orders
      UNION ALL SELECT "order", step, status_to, 1 FROM automation_logs WHERE status_to IS NOT NULL
      UNION ALL SELECT "order", step, status_from, -1 FROM automation_logs WHERE status_to IS NOT NULL
      UNION ALL SELECT id, 'status', status, -1 FROM orders
      UNION ALL SELECT id, 'payment', payment_status, -1 FROM orders
    ) moves GROUP BY id, step, state HAVING sum(came) <> 0`,
  'every placing, attempt, refund and mail stands in the timeline of its order': `
    SELECT id FROM (
      SELECT id, 'placed' AS step, 1 AS missing FROM orders
      UNION ALL SELECT "order", 'attempt', 1 FROM fulfilment_attempts
      UNION ALL SELECT "order", 'refund', 1 FROM refunds
      UNION ALL SELECT "order", 'email', 1 FROM email_logs WHERE "order" IS NOT NULL AND status = 'sent'
      UNION ALL SELECT "order", step, -1 FROM automation_logs WHERE step IN ('placed', 'attempt', 'refund', 'email')
    ) steps GROUP BY id, step HAVING sum(missing) > 0`,
};
