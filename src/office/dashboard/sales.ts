import { QueryTypes } from 'sequelize';
import { sequelize } from '../../database.js';
import { DAY } from '../../lib/clock.js';
import type { Currency } from '../../lib/money.js';
import { beginOf, SPANS, type Span } from './since.js';

export interface Day {
  /** Epoch milliseconds of its midnight, UTC. */
  at: number;
  purchases: number;
  revenueMinor: number;
}

/** Money of one currency in one span, in its minor units. */
export interface Money {
  currency: Currency;
  purchases: number;
  /** What customers paid: prices less discounts. */
  revenueMinor: number;
  refundsMinor: number;
  /** What the wholesalers were paid, who are paid in US dollars; of plans sold in another currency, their cost in it. */
  costMinor: number;
  /** Price − discount − cost − refunds. */
  profitMinor: number;
  averageMinor: number;
}

/** PostgreSQL gives a sum as text. */
type Sum = number | string;

interface PerDay {
  day: number;
  currency: Currency;
  count: number;
  minor: Sum;
}

/** What came in, went out and is left, by span and currency; and the days of the last month in the busiest currency. */
export async function sales() {
  const since = beginOf(SPANS.month);
  const [paid, refunded, bought, abroad] = await Promise.all([
    perDay(
      `SELECT ${dayOf('paid_at')} AS day, currency, count(*) AS count, sum(total_minor) AS minor
       FROM purchases WHERE state = 'paid' AND paid_at >= :since GROUP BY 1, 2`,
      since,
    ),
    perDay(
      `SELECT ${dayOf('requested_at')} AS day, currency, count(*) AS count, sum(amount_minor) AS minor
       FROM refunds WHERE requested_at >= :since AND state = 'succeeded' GROUP BY 1, 2`,
      since,
    ),
    perDay(
      `SELECT ${dayOf('sent_at')} AS day, 'USD' AS currency, count(*) AS count, sum(cost_minor) AS minor
       FROM fulfilment_attempts WHERE sent_at >= :since AND state = 'succeeded' GROUP BY 1, 2`,
      since,
    ),
    boughtForOtherCurrencies(since),
  ]);
  const costs = [...bought, ...abroad];
  const spans = Object.fromEntries(
    Object.entries(SPANS).map(([span, days]) => [span, inSpan(beginOf(days), paid, refunded, costs)]),
  ) as Record<Span, Money[]>;
  const currency = spans.month[0]?.currency ?? 'USD';
  return { spans, currency, days: daysOf(paid, currency) };
}

/** A bank transfer arrives within two weeks, and its eSIM is bought then. */
const LONGEST_PAYMENT = 14 * DAY;

const dayOf = (column: string) => `${column} / ${DAY}`;

const perDay = (sql: string, since: number) =>
  sequelize.query<PerDay>(sql, { replacements: { since }, type: QueryTypes.SELECT });

/** The costs in the currency of the sale, and the same taken out of the dollars, among which they are counted too. */
async function boughtForOtherCurrencies(since: number): Promise<PerDay[]> {
  const rows = await sequelize.query<PerDay & { usd: Sum }>(
    `SELECT ${dayOf('a.sent_at')} AS day, o.currency, count(*) AS count, sum(p.cost_minor) AS minor, sum(a.cost_minor) AS usd
     FROM orders o JOIN fulfilment_attempts a ON a."order" = o.id AND a.state = 'succeeded'
     JOIN esim_products p ON p.id = o.product
     WHERE o.currency <> 'USD' AND o.created >= :created AND a.sent_at >= :since GROUP BY 1, 2`,
    {
      replacements: { since, created: new Date(since - LONGEST_PAYMENT) },
      type: QueryTypes.SELECT,
    },
  );
  return rows.flatMap((row) => [row, { ...row, currency: 'USD', minor: -Number(row.usd) }]);
}

/** The currency with the most purchases first. */
function inSpan(since: number, ...books: [paid: PerDay[], refunded: PerDay[], bought: PerDay[]]): Money[] {
  const [paid, refunded, bought] = books.map((rows) =>
    rows.filter(({ day }) => day * DAY >= since),
  ) as typeof books;
  const currencies = [...new Set([...paid, ...refunded].map(({ currency }) => currency))];
  return currencies
    .map((currency) => {
      const sum = (rows: PerDay[], what: 'count' | 'minor') =>
        rows.filter((row) => row.currency === currency).reduce((total, row) => total + Number(row[what]), 0);
      const [purchases, revenueMinor] = [sum(paid, 'count'), sum(paid, 'minor')];
      const [refundsMinor, costMinor] = [sum(refunded, 'minor'), sum(bought, 'minor')];
      const profitMinor = revenueMinor - refundsMinor - costMinor;
      const averageMinor = purchases === 0 ? 0 : Math.round(revenueMinor / purchases);
      return { currency, purchases, revenueMinor, refundsMinor, costMinor, profitMinor, averageMinor };
    })
    .toSorted((one, other) => other.purchases - one.purchases);
}

function daysOf(paid: PerDay[], currency: Currency): Day[] {
  const first = beginOf(SPANS.month) / DAY;
  return Array.from({ length: SPANS.month }, (_, index) => {
    const row = paid.find((one) => one.currency === currency && one.day === first + index);
    return {
      at: (first + index) * DAY,
      purchases: row?.count ?? 0,
      revenueMinor: Number(row?.minor ?? 0),
    };
  });
}
