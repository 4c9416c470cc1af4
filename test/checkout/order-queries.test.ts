import { expect } from 'chai';
import { onSqlite } from '../../src/database.js';
import { addressesLike, findOrders, searchBy } from '../../src/checkout/find-orders.js';
import { listOrders, ordersOfAddress } from '../../src/checkout/list-orders.js';
import { branchesOf, type OrderFilter } from '../../src/checkout/order-filter.js';
import { PROVIDERS } from '../../src/providers/provider.js';
import { isSlow, planOf, queriesOf } from '../support/statements.js';

const VALUES: [keyof OrderFilter, string[]][] = [
  ['status', ['pending', 'completed', 'failed']],
  ['payment_status', ['paid', 'refunded']],
  ['provider', [PROVIDERS[0]]],
  ['country', ['JP']],
  ['from', ['2026-01-01']],
  ['to', ['2026-02-01']],
];

/** Every combination of the filters, each chosen or not. */
const filters = VALUES.reduce<OrderFilter[]>(
  (all, [name, values]) =>
    all.flatMap((filter) => [filter, ...values.map((value) => ({ ...filter, [name]: value }))]),
  [{}],
);

const CURSOR = `${Date.UTC(2026, 0, 15)}-aaaaaaaaaaaaaaa`;

async function slowSteps(work: () => Promise<unknown>) {
  const queries = (await queriesOf(work)).filter((sql) => sql.startsWith('SELECT'));
  const plans = await Promise.all(queries.map((query) => planOf(query)));
  return plans.flat().filter(isSlow);
}

/** What SQLite does stands in its EXPLAIN QUERY PLAN; PostgreSQL decides by what is in the tables. */
(onSqlite ? describe : describe.skip)('The list of orders, as SQLite reads it', () => {
  it('reads a range of an index for every combination of filters, on every page, and sorts nothing', async () => {
    expect(filters).to.have.length(4 * 3 * 2 * 2 * 2 * 2);
    const slow: Record<string, string[]> = {};
    // No order can be failed and given back at once, so nothing is asked.
    const possible = filters.filter((filter) => branchesOf(filter).length > 0);
    expect(possible).to.have.length(filters.length * (9 / 12));
    for (const filter of possible) {
      for (const cursor of [undefined, CURSOR]) {
        const steps = await slowSteps(() => listOrders(filter, cursor));
        if (steps.length > 0) slow[JSON.stringify({ ...filter, cursor })] = steps;
      }
    }
    // All orders from the newest on: the index is read in its order, to the end of the page.
    expect(slow).to.deep.equal({ '{}': ['SCAN orders USING COVERING INDEX idx_orders_created'] });
  });

  it('goes on from the cursor, not from the last day of the filter', async () => {
    const filter = { status: 'completed', provider: PROVIDERS[0], to: '2026-02-01' } as const;
    const [query] = await queriesOf(() => listOrders(filter, CURSOR));
    expect(query).to.contain('2026-01-15').and.not.contain('2026-02-02');
    const [early] = await queriesOf(() => listOrders({ ...filter, to: '2026-01-01' }, CURSOR));
    expect(early).to.contain('2026-01-02');
  });

  it('reads an address in the order of time, however it is filtered', async () => {
    for (const filter of filters) {
      const list = () => ordersOfAddress('alice@example.com', filter, CURSOR);
      const plan = (await Promise.all((await queriesOf(list)).map((sql) => planOf(sql)))).flat();
      expect(plan.filter(isSlow), JSON.stringify(filter)).to.deep.equal([]);
      expect(plan.join(), JSON.stringify(filter)).to.contain('idx_orders_email_created (customer_email=?');
    }
  });

  it('looks up in an index whatever identifies an order', async () => {
    const terms = ['0fe0a1b2-1111', '8944000000000000001', 'WO-0001', 'pi_3Seed', 'cs_test_Seed', 're_3Seed'];
    for (const term of [...terms, 'abcdefghijklmno'])
      expect(await slowSteps(() => findOrders(term)), term).to.deep.equal([]);
    expect(await slowSteps(() => addressesLike('ali'))).to.deep.equal([]);
    expect(searchBy().split('UNION ALL')).to.have.length(9);
  });
});
