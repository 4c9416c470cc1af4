import { DAY } from '../../lib/clock.js';
import { GOT_AN_ESIM, HAS_BOUNCED, ORDER_ID, WHOLESALE_ORDER } from './books.js';
import type { Frame } from './sizes.js';
import { insert, type Step } from './step.js';
import { digits, idOf, moment } from './words.js';

/** What happened to each order: attempts, refunds, mails, and the timeline that tells of them. */

const REFUSED = `fate IN ('undeliverable', 'failed')`;
const GIVEN_BACK = `fate IN ('returned', 'undeliverable')`;
const WENT_ON = `fate NOT IN ('unpaid', 'awaited', 'before')`;
const WRITTEN_TO = `(${GOT_AN_ESIM} OR ${REFUSED})`;

const ofUnits = (from: number, to: number, when: string) =>
  `FROM unit JOIN sale ON sale.p = unit.p WHERE n BETWEEN ${from} AND ${to} AND ${when}`;

const attempt = (frame: Frame, number: 1 | 2): Step => {
  const succeeded = number === 1 ? 'tries = 1' : GOT_AN_ESIM;
  const at = `at + ${61_000 + number * 1000}`;
  return {
    what: `attempts, the ${number === 1 ? 'first' : 'second'}`,
    count: frame.orders,
    sql: (from, to) =>
      insert(
        'fulfilment_attempts',
        {
          id: idOf(`a${number}`, 'n'),
          order: idOf('o', 'n'),
          number: String(number),
          reference: `${ORDER_ID} || '-0${number}'`,
          provider: number === 1 ? 'own' : 'provider',
          provider_product_id: `${number === 1 ? "'sku-'" : "'other-'"} || product`,
          state: `CASE WHEN ${succeeded} THEN 'succeeded' ELSE 'rejected' END`,
          provider_order_id: `CASE WHEN ${succeeded} THEN ${WHOLESALE_ORDER} END`,
          reason: `CASE WHEN NOT (${succeeded}) THEN 'out_of_stock' END`,
          error_message: `CASE WHEN NOT (${succeeded}) THEN 'The wholesaler has none left' END`,
          cost_minor: `CASE WHEN ${succeeded} THEN cost END`,
          sent_at: at,
          duration_ms: '300 + n % 1700',
          created: moment(at),
          updated: moment(at),
        },
        ofUnits(from, to, `tries >= ${number}`),
      ),
  };
};

const refunds = (frame: Frame): Step => ({
  what: 'refunds',
  count: frame.orders,
  sql: (from, to) => {
    const at = `at + CASE fate WHEN 'returned' THEN 7200000 ELSE 70000 END`;
    return insert(
      'refunds',
      {
        id: idOf('r', 'n'),
        order: idOf('o', 'n'),
        amount_minor: 'price - off',
        currency: 'currency',
        reason: `CASE fate WHEN 'returned' THEN 'customer_request' ELSE 'undeliverable' END`,
        state: `CASE fate WHEN 'failed' THEN 'failed' ELSE 'succeeded' END`,
        stripe_refund_id: `CASE WHEN fate <> 'failed' THEN 're_3Seed' || ${digits('n', 12)} END`,
        requested_at: at,
        error_message: `CASE fate WHEN 'failed' THEN 'The card was closed' END`,
        created: moment(at),
        updated: moment(at),
      },
      ofUnits(from, to, `fate IN ('returned', 'undeliverable', 'failed')`),
    );
  },
});

const mail = (frame: Frame, kind: string, letter: string, when: string, after: number): Step => {
  const bounced = kind === 'esim_ready' ? HAS_BOUNCED(frame) : 'FALSE';
  const at = moment(`at + ${after}`);
  return {
    what: `mails: ${kind}`,
    count: frame.orders,
    sql: (from, to) =>
      insert(
        'email_logs',
        {
          id: idOf(`m${letter}`, 'n'),
          order: idOf('o', 'n'),
          kind: `'${kind}'`,
          dedupe_key: `'${kind}:' || ${idOf('o', 'n')}`,
          message_id: `'<' || ${digits('n', 12)} || '.${kind}@numnaroad.example>'`,
          recipient: `CASE WHEN at < ${frame.now - 88 * DAY} THEN 'nobody@closed.invalid' ELSE email END`,
          status: `CASE WHEN ${bounced} THEN 'failed' ELSE 'sent' END`,
          attempts: '1',
          error_message: `CASE WHEN ${bounced} AND at >= ${frame.now - 88 * DAY} THEN 'The mailbox is full' END`,
          sent_at: `CASE WHEN NOT (${bounced}) THEN ${at} END`,
          created: at,
          updated: at,
        },
        ofUnits(from, to, when),
      ),
  };
};

interface Line {
  step: string;
  when: string;
  after: string;
  from?: string;
  to?: string;
  message?: string;
}

const timeline = (frame: Frame): Line[] => [
  { step: 'placed', when: 'TRUE', after: '0', message: 'Order placed, awaiting payment' },
  { step: 'payment', when: `fate = 'unpaid'`, after: '2100000', from: 'pending', to: 'failed', message: 'The payment page expired' },
  { step: 'payment', when: `fate NOT IN ('unpaid', 'awaited')`, after: '60000', from: 'pending', to: 'paid' },
  { step: 'status', when: WENT_ON, after: '61000', from: 'pending', to: 'processing' },
  { step: 'attempt', when: 'tries >= 1', after: '62000', message: 'Asked a wholesaler' },
  { step: 'attempt', when: 'tries >= 2', after: '63000', message: 'Asked another wholesaler' },
  { step: 'status', when: GOT_AN_ESIM, after: '65000', from: 'processing', to: 'completed' },
  { step: 'status', when: REFUSED, after: '65000', from: 'processing', to: 'failed', message: 'No wholesaler could deliver' },
  { step: 'email', when: `${WRITTEN_TO} AND NOT (${GOT_AN_ESIM} AND ${HAS_BOUNCED(frame)})`, after: '66000', message: 'Mail sent' },
  { step: 'refund', when: `fate IN ('returned', 'undeliverable', 'failed')`, after: `CASE fate WHEN 'returned' THEN 7200000 ELSE 70000 END`, message: 'Refund requested' },
  { step: 'status', when: `fate = 'returned'`, after: '7201000', from: 'completed', to: 'refunded' },
  { step: 'status', when: `fate = 'undeliverable'`, after: '71000', from: 'failed', to: 'refunded' },
  { step: 'payment', when: GIVEN_BACK, after: '7202000', from: 'paid', to: 'refunded' },
  { step: 'email', when: GIVEN_BACK, after: '7203000', message: 'Mail sent' },
]; // prettier-ignore

const line = ({ step, when, after, from = '', to = '', message = '' }: Line, letter: string) => {
  const text = (words: string) => (words ? `'${words}'` : 'NULL');
  const at = moment(`at + ${after}`);
  return (first: number, last: number) =>
    insert(
      'automation_logs',
      {
        id: idOf(`l${letter}`, 'n'),
        order: idOf('o', 'n'),
        step: text(step),
        status_from: text(from),
        status_to: text(to),
        message: text(message),
        created: at,
        updated: at,
      },
      ofUnits(first, last, when),
    );
};

export const story = (frame: Frame): Step[] => [
  attempt(frame, 1),
  attempt(frame, 2),
  refunds(frame),
  mail(frame, 'esim_ready', 'e', GOT_AN_ESIM, 66_000),
  mail(frame, 'order_failed', 'f', REFUSED, 66_000),
  mail(frame, 'refund_succeeded', 'r', GIVEN_BACK, 7_203_000),
  ...timeline(frame).map((entry, index): Step => ({
    what: `timeline: ${entry.step}${entry.to ? ` → ${entry.to}` : ''}`,
    count: frame.orders,
    sql: line(entry, 'abcdefghijklmnopq'[index]!),
  })),
];
