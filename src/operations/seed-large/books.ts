import { DAY, HOUR, MINUTE } from '../../lib/clock.js';
import { COUPONS, type Frame } from './sizes.js';
import { insert, type Step } from './step.js';
import { digits, hex, idOf, json, moment, run, scattered } from './words.js';

/** Purchases and orders, with the uses of coupons. */

const rows = (from: number, to: number, number: string) => `WHERE ${number} BETWEEN ${from} AND ${to}`;
const METHOD = `CASE WHEN p % 11 = 0 THEN 'paypal' ELSE 'card' END`;
const session = (p: string) => `'cs_test_Seed' || ${digits(p, 12)}`;

export const purchases = (frame: Frame): Step => ({
  what: 'purchases',
  count: frame.purchases,
  sql: (from, to) =>
    insert(
      'purchases',
      {
        id: idOf('p', 'p'),
        form_key: `'seed-form-key-' || ${digits('p', 12)}`,
        user: 'account',
        state: 'state',
        review_reason: `CASE state WHEN 'review' THEN 'the amount is not what was asked for' END`,
        email: 'email',
        canonical_email: 'email',
        name: 'name',
        payment_method: METHOD,
        currency: 'currency',
        subtotal_minor: 'price * units',
        discount_minor: 'off * units',
        total_minor: '(price - off) * units',
        coupon: `CASE WHEN coupon IS NOT NULL THEN ${idOf('c', 'coupon')} END`,
        stripe_session_id: session('p'),
        payment_intent: `CASE state WHEN 'paid' THEN payment END`,
        expires_at: `CASE state WHEN 'open' THEN ${frame.now + DAY} ELSE at + ${35 * MINUTE} END`,
        check_at: `CASE state WHEN 'open' THEN ${frame.now + 23 * HOUR} ELSE at + ${35 * MINUTE} END`,
        paid_at: `CASE state WHEN 'paid' THEN at + ${MINUTE} END`,
        created: moment('at'),
        updated: moment('at'),
      },
      `FROM sale ${rows(from, to, 'p')}`,
    ),
});

export const ORDER_ID = `${hex(`${scattered('n', 1)} % 65536`, 4)} || ${hex('n % 65536', 4)} || '-' || ${hex(`${scattered('n', 2)} % 65536`, 4)}
  || '-4' || ${hex(`${scattered('n', 3)} % 4096`, 3)} || '-8' || ${hex(`${scattered('n', 4)} % 4096`, 3)} || '-' || ${hex('n', 12)}`;

/** Of unit and sale. */
export const ICCID = `'8944' || ${digits('n', 15)}`;
export const WHOLESALE_ORDER = `'WO-' || ${digits('n', 10)}`;
export const GOT_AN_ESIM = `fate IN ('delivered', 'returned')`;
export const HAS_BOUNCED = (frame: Frame) => `n % ${frame.rare.bounced} = 11`;

export const orders = (frame: Frame): Step => {
  const got = (value: string) => `CASE WHEN ${GOT_AN_ESIM} THEN ${value} END`;
  const delivered = moment('at + 65000');
  return {
    what: 'orders',
    count: frame.orders,
    sql: (from, to) =>
      insert(
        'orders',
        {
          id: idOf('o', 'n'),
          order_id: ORDER_ID,
          user: 'account',
          product: idOf('d', 'product'),
          purchase: idOf('p', 'unit.p'),
          position: 'position',
          status: `CASE fate WHEN 'delivered' THEN 'completed' WHEN 'returned' THEN 'refunded' WHEN 'undeliverable' THEN 'refunded'
            WHEN 'failed' THEN 'failed' WHEN 'at work' THEN 'processing' ELSE 'pending' END`,
          payment_status: `CASE fate WHEN 'returned' THEN 'refunded' WHEN 'undeliverable' THEN 'refunded' WHEN 'unpaid' THEN 'failed'
            WHEN 'awaited' THEN 'pending' ELSE 'paid' END`,
          payment_method: METHOD.replace('p %', 'unit.p %'),
          payment_id: 'payment',
          price_minor: 'price',
          discount_amount_minor: 'off',
          amount_minor: 'price - off',
          currency: 'currency',
          coupon_id: `CASE WHEN coupon IS NOT NULL THEN ${idOf('c', 'coupon')} END`,
          terms: json('terms'),
          stock_state: `CASE WHEN ${GOT_AN_ESIM} THEN 'consumed' WHEN fate IN ('undeliverable', 'failed', 'unpaid') THEN 'released' ELSE 'held' END`,
          esim_activation_code: got(`'LPA:1$smdp.example.com$SEED' || ${digits('n', 12)}`),
          esim_iccid: got(ICCID),
          provider_order_id: got(WHOLESALE_ORDER),
          customer_email: 'email',
          customer_name: 'name',
          delivered_at: got(delivered),
          completed_at: got(delivered),
          revealed_at: got(delivered),
          email_sent_at: `CASE WHEN ${GOT_AN_ESIM} AND NOT ${HAS_BOUNCED(frame)} THEN ${delivered} END`,
          error_message: `CASE fate WHEN 'failed' THEN 'No wholesaler could deliver' WHEN 'unpaid' THEN 'The payment page expired' END`,
          retry_count: 'CASE tries WHEN 2 THEN 1 ELSE 0 END',
          hold_reason: `CASE WHEN fate IN ('at work', 'before') THEN 'The payment is disputed' END`,
          provider: 'provider',
          country: 'country',
          created: moment('at'),
          updated: moment('at'),
        },
        `FROM unit JOIN sale ON sale.p = unit.p JOIN plan ON plan.k = product ${rows(from, to, 'n')}`,
      ),
  };
};

export async function redemptions() {
  await run(
    insert(
      'coupon_redemptions',
      {
        id: idOf('x', 'p'),
        coupon: idOf('c', 'coupon'),
        purchase: idOf('p', 'p'),
        redeemer: `'email:' || email`,
        slot: 'row_number() OVER (PARTITION BY coupon, email ORDER BY p)',
        state: `CASE state WHEN 'paid' THEN 'used' WHEN 'expired' THEN 'released' ELSE 'held' END`,
        created: moment('at'),
        updated: moment('at'),
      },
      'FROM sale WHERE coupon IS NOT NULL ORDER BY p',
    ),
  );
  const taken = `(SELECT count(*) FROM sale WHERE sale.coupon = CAST(substr(coupons.id, 2) AS BIGINT) AND state <> 'expired')`;
  await run('CREATE INDEX sale_coupon ON sale (coupon)');
  await run(`UPDATE coupons SET usage_count = ${taken} WHERE id < ${idOf('c', String(COUPONS))}`);
}
