import { log, type Broken } from './rows.js';

export const history: Broken = ({ delivered, open }) => ({
  'orders and payments only moved forward': [
    [
      log(delivered, { step: 'status', status_from: 'completed', status_to: 'processing' }),
      log(delivered, { step: 'status', status_from: 'processing', status_to: 'completed' }),
    ],
    [
      log(delivered, { step: 'payment', status_from: 'paid', status_to: 'pending' }),
      log(delivered, { step: 'payment', status_from: 'pending', status_to: 'paid' }),
    ],
  ],
  'the timeline of an order leads without a gap from its placing to where it is': [
    [`DELETE FROM automation_logs WHERE "order" = '${delivered.id}' AND status_to = 'processing'`],
    [`DELETE FROM automation_logs WHERE "order" = '${delivered.id}' AND status_to = 'completed'`],
    [`DELETE FROM automation_logs WHERE "order" = '${delivered.id}' AND status_to = 'paid'`],
    [log(open, { step: 'payment', status_from: 'pending', status_to: 'paid' })],
  ],
  'every placing, attempt, refund and mail stands in the timeline of its order': [
    'placed',
    'attempt',
    'email',
  ].map((step) => [`DELETE FROM automation_logs WHERE "order" = '${delivered.id}' AND step = '${step}'`]),
});
