import { Op, type ModelStatic, type WhereOptions, type Model, type Attributes } from 'sequelize';
import { forUpdate, onSqlite, tx } from '../database.js';
import { clock } from '../lib/clock.js';

interface Claimable {
  dueAt: number;
  leaseUntil: number;
}

/**
 * Takes the row that has been due longest, so that no other worker takes it for `leaseMs`, or null when none is due.
 * `taken` adds to the same write (a fence, a status). A worker that dies simply lets its lease run out.
 */
export async function claimDue<M extends Model & Claimable>(
  model: ModelStatic<M>,
  where: WhereOptions<Attributes<M>>,
  leaseMs: number,
  taken: (row: M) => Partial<Attributes<M>> = () => ({}),
): Promise<M | null> {
  const due = () => {
    const now = clock.now();
    return { [Op.and]: [where, { dueAt: { [Op.lte]: now }, leaseUntil: { [Op.lte]: now } }] } as WhereOptions<
      Attributes<M>
    >;
  };
  // Looking first without a transaction: an idle worker must not queue for the write lock.
  if (!(await model.findOne({ where: due(), attributes: ['id'], raw: true }))) return null;
  return tx(async () => {
    const row = await model.findOne({
      where: due(),
      order: [
        ['dueAt', 'ASC'],
        ['created', 'ASC'],
      ],
      ...forUpdate,
      skipLocked: !onSqlite,
    });
    if (!row) return null;
    return row.update({ leaseUntil: clock.now() + leaseMs, ...taken(row) });
  });
}
