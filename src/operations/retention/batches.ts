import { Op, type Attributes, type Model, type ModelStatic, type WhereOptions } from 'sequelize';
import { DAY, clock } from '../../lib/clock.js';

/** What one transaction takes on: some milliseconds of the write lock. */
export const BATCH = 100;

/** For `where`: before so many days by the shop's clock. */
export const olderThan = (days: number) => ({ [Op.lt]: new Date(clock.now() - days * DAY) });

/** The ids of the rows of a batch, the oldest first. */
export async function batchOf<M extends Model & { id: string }>(
  model: ModelStatic<M>,
  where: WhereOptions<Attributes<M>>,
): Promise<string[]> {
  const rows = await model.findAll({ where, attributes: ['id'], order: [['created', 'ASC']], limit: BATCH });
  return rows.map(({ id }) => id);
}

/** Deletes a batch; returns how many there were. */
export async function removeBatch<M extends Model & { id: string }>(
  model: ModelStatic<M>,
  where: WhereOptions<Attributes<M>>,
): Promise<number> {
  const id = await batchOf(model, where);
  if (id.length > 0) await model.destroy({ where: { id } as unknown as WhereOptions<Attributes<M>> });
  return id.length;
}
