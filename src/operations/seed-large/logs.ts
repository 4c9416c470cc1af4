import { DAY, MINUTE } from '../../lib/clock.js';
import { STAFF, type Frame } from './sizes.js';
import { insert, type Step } from './step.js';
import { digits, idOf, moment, object, pick, series } from './words.js';

const TYPES = ['checkout.session.completed', 'payment_intent.succeeded', 'charge.refunded', 'refund.updated'];

/** Older ones are not kept. */
const events = ({ events: count, now }: Frame): Step => ({
  what: 'webhook events',
  count,
  sql: (from, to) => {
    const at = `${now - 29 * DAY} + ${29 * DAY - 60 * MINUTE} * n / ${count}`;
    const unclear = 'n % 10007 = 1';
    return insert(
      'webhook_events',
      {
        id: idOf('e', 'n'),
        source: `'stripe'`,
        event_id: `'evt_3Seed' || ${digits('n', 12)}`,
        type: pick(TYPES, 'n'),
        payload: object({
          id: `'evt_3Seed' || ${digits('n', 12)}`,
          type: pick(TYPES, 'n'),
          livemode: '0',
        }),
        state: `CASE WHEN ${unclear} THEN 'received' ELSE 'processed' END`,
        attempts: '1',
        due_at: `CASE WHEN ${unclear} THEN ${now + 23 * 60 * MINUTE} ELSE 0 END`,
        error_message: `CASE WHEN ${unclear} THEN 'No such payment' END`,
        processed_at: `CASE WHEN NOT (${unclear}) THEN ${moment(`${at} + 400`)} END`,
        created: moment(at),
        updated: moment(at),
      },
      'FROM series',
      series(from, to),
    );
  },
});

const audit = ({ audit: count, start, span, products }: Frame): Step => ({
  what: 'audit log',
  count,
  sql: (from, to) =>
    insert(
      'audit_logs',
      {
        id: idOf('g', 'n'),
        actor: idOf('s', `n % ${STAFF}`),
        action: `CASE n % 4 WHEN 0 THEN 'update' WHEN 1 THEN 'approve' WHEN 2 THEN 'refund' ELSE 'refused' END`,
        entity: `CASE n % 4 WHEN 0 THEN 'esim_products' WHEN 1 THEN 'reviews' WHEN 2 THEN 'orders' ELSE 'requests' END`,
        entity_id: `CASE n % 4 WHEN 0 THEN ${idOf('d', `n % ${products}`)} WHEN 1 THEN ${idOf('v', 'n')} WHEN 2 THEN ${idOf('o', 'n')} ELSE '/admin/orders' END`,
        before: object({ state: `'waiting'` }),
        after: object({ state: `'shown'` }),
        ip_address: `'198.51.100.' || (n % 250)`,
        created: moment(`${start} + ${span} * n / ${count}`),
        updated: moment(`${start} + ${span} * n / ${count}`),
      },
      'FROM series',
      series(from, to),
    ),
});

const requests = ({ orders, start, span }: Frame): Step => {
  const count = Math.ceil(orders / 200);
  const answered = `n < ${count} - 20`;
  return {
    what: 'questions of customers',
    count,
    sql: (from, to) =>
      insert(
        'contact_requests',
        {
          id: idOf('q', 'n'),
          form_key: `'seed-request-' || n`,
          email: `'guest' || n || '@example.com'`,
          topic: `CASE n % 3 WHEN 0 THEN 'install' WHEN 1 THEN 'connection' ELSE 'refund' END`,
          message: `'It does not work in the mountains. No. ' || n`,
          state: `CASE WHEN ${answered} THEN 'answered' ELSE 'open' END`,
          answer: `CASE WHEN ${answered} THEN 'Please switch the phone off and on again.' END`,
          answered_at: `CASE WHEN ${answered} THEN ${moment(`${start} + ${span} * n / ${count}`)} END`,
          answered_by: `CASE WHEN ${answered} THEN ${idOf('s', `n % ${STAFF}`)} END`,
          created: moment(`${start} + ${span} * n / ${count}`),
          updated: moment(`${start} + ${span} * n / ${count}`),
        },
        'FROM series',
        series(from, to),
      ),
  };
};

const syncs = ({ now }: Frame): Step => ({
  what: 'comparisons with wholesalers',
  count: 2000,
  sql: (from, to) => {
    const at = `${now - 85 * DAY} + ${(85 * DAY) / 2000} * n`;
    return insert(
      'provider_sync_logs',
      {
        id: idOf('y', 'n'),
        provider: `CASE n % 3 WHEN 0 THEN 'Airalo' WHEN 1 THEN 'MobiMatter' ELSE 'eSIM Card' END`,
        status: `CASE WHEN n % 40 = 0 THEN 'failed' ELSE 'succeeded' END`,
        updated_count: 'n % 12',
        duration_ms: '900 + n % 5000',
        error_message: `CASE WHEN n % 40 = 0 THEN 'The wholesaler did not answer' END`,
        created: moment(at),
        updated: moment(at),
      },
      'FROM series',
      series(from, to),
    );
  },
});

export const logs = (frame: Frame): Step[] => [events(frame), audit(frame), requests(frame), syncs(frame)];
