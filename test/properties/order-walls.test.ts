import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BaseError, QueryTypes } from 'sequelize';
import { sequelize } from '../../src/database.js';
import { emptyDatabase } from '../support/database.js';
import { anOrder, aProduct } from '../support/factories.js';
import { count, sized } from '../support/figures.js';
import { holds } from '../support/properties.js';
import { sql } from '../support/refusals.js';

const HISTORIES = sized(25, 5000);

interface Row {
  status: string;
  payment_status: string;
  stock_state: string;
  esim_activation_code: string | null;
  esim_iccid: string | null;
  completed_at: string | null;
}

/** data-model, State Machine, with what the shop adds to it: money that comes late, and where the unit is. */
const MOVES: Partial<Record<keyof Row, string[]>> = {
  status: [
    'pending > processing',
    'processing > completed',
    'processing > failed',
    'failed > refunded',
    'completed > refunded',
  ],
  payment_status: ['pending > paid', 'pending > failed', 'paid > refunded', 'failed > paid'],
  stock_state: ['held > consumed', 'held > released', 'released > held'],
};

const mayMove = (from: Row, to: Row) =>
  Object.entries(MOVES).every(([column, moves]) => {
    const [before, after] = [from, to].map((row) => row[column as keyof Row]);
    return before === after || moves.includes(`${before} > ${after}`);
  });

const mayStand = ({ status, payment_status, stock_state, esim_activation_code: code, completed_at }: Row) =>
  code !== '' &&
  (!['processing', 'completed'].includes(status) || payment_status === 'paid') &&
  (status === 'refunded') === (payment_status === 'refunded') &&
  (status !== 'completed' || (completed_at !== null && code !== null && stock_state === 'consumed'));

/** A delivered eSIM stays what it is. */
const maySwap = (from: Row, to: Row) =>
  from.status !== 'completed' ||
  to.status !== 'completed' ||
  (from.esim_activation_code === to.esim_activation_code && from.esim_iccid === to.esim_iccid);

/** Units that a change takes from the shelf. */
function taken(from: Row, to: Row) {
  if (from.stock_state === 'released' && to.stock_state === 'held') return 1;
  return from.stock_state === 'held' && to.stock_state === 'released' ? -1 : 0;
}

const change = fc.record<Row, keyof Row>(
  {
    status: fc.constantFrom('pending', 'processing', 'completed', 'failed', 'refunded'),
    payment_status: fc.constantFrom('pending', 'paid', 'failed', 'refunded'),
    stock_state: fc.constantFrom('held', 'released', 'consumed'),
    esim_activation_code: fc.constantFrom(null, '', 'LPA:1$smdp.example$A', 'LPA:1$smdp.example$B'),
    esim_iccid: fc.constantFrom(null, 'its own'),
    completed_at: fc.constantFrom(null, '2026-11-22 12:00:00.000 +00:00'),
  },
  { requiredKeys: [] },
);

/** Steps of an ordinary life, so that chance also comes to its later moments. */
const usual = fc.constantFrom<Partial<Row>>(
  { payment_status: 'paid' },
  { status: 'processing' },
  {
    status: 'completed',
    stock_state: 'consumed',
    esim_activation_code: 'LPA:1$smdp.example$A',
    completed_at: '2026-11-22 12:00:00.000 +00:00',
  },
  { status: 'failed', stock_state: 'released' },
  { status: 'refunded', payment_status: 'refunded' },
  { payment_status: 'failed', stock_state: 'released' },
);

const soldOut = fc.constant('others buy the rest' as const);

const history = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: usual },
    { weight: 4, arbitrary: change },
    { weight: 1, arbitrary: soldOut },
  ),
  { minLength: 8, maxLength: 20, size: 'max' },
);

describe('The walls around an order', () => {
  // No shop would write such rows.
  afterEach('leave nothing behind', emptyDatabase);

  it('let through exactly the moves of the data model, whatever SQL is sent', async () => {
    const plan = await aProduct();
    const reached = new Set<string>();
    await holds(
      HISTORIES,
      fc.asyncProperty(history, async (changes) => {
        await sql('UPDATE esim_products SET stock = 2 WHERE id = ?', plan.id);
        const { id } = await anOrder(await plan.reload(), { codeDelivery: 'link' });
        let stock = 1;
        let row = await read(id);
        for (const one of changes.map((each) => itsOwn(each, id))) {
          if (one === 'others buy the rest') {
            await sql('UPDATE esim_products SET stock = 0 WHERE id = ?', plan.id);
            stock = 0;
            continue;
          }
          if (Object.keys(one).length === 0) continue;
          const wanted = { ...row, ...one };
          const right =
            mayMove(row, wanted) && mayStand(wanted) && maySwap(row, wanted) && stock >= taken(row, wanted);
          assert.equal(
            await write(id, one),
            right ? 'written' : 'refused',
            `${JSON.stringify(row)} ${JSON.stringify(one)}`,
          );
          if (!right) continue;
          stock -= taken(row, wanted);
          row = wanted;
          reached.add(row.status);
        }
        assert.deepEqual(await read(id), row);
        assert.equal((await plan.reload()).stock, stock);
      }),
    );
    assert.deepEqual([...reached].toSorted(), ['completed', 'failed', 'pending', 'processing', 'refunded']);
    count('order histories', HISTORIES);
  });
});

/** No two orders have an eSIM: its numbers are made the order's own. */
function itsOwn<Change extends object | string>(wanted: Change, id: string): Change {
  if (typeof wanted !== 'object') return wanted;
  const { esim_iccid, esim_activation_code: code } = wanted as Partial<Row>;
  return {
    ...wanted,
    ...(esim_iccid && { esim_iccid: id }),
    ...(code && { esim_activation_code: `${code}${id.toUpperCase()}` }),
  };
}

async function write(id: string, row: Partial<Row>) {
  const columns = Object.keys(row).map((column) => `${column} = ?`);
  try {
    await sql(`UPDATE orders SET ${columns.join(', ')} WHERE id = ?`, ...Object.values(row), id);
    return 'written';
  } catch (error) {
    if (error instanceof BaseError) return 'refused';
    throw error;
  }
}

async function read(id: string): Promise<Row> {
  const [row] = await sequelize.query<Row>(
    `SELECT status, payment_status, stock_state, esim_activation_code, esim_iccid,
       CASE WHEN completed_at IS NULL THEN NULL ELSE '2026-11-22 12:00:00.000 +00:00' END AS completed_at
     FROM orders WHERE id = ?`,
    { replacements: [id], type: QueryTypes.SELECT },
  );
  return row!;
}
