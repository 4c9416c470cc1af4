import type { Includeable, Model, ModelStatic, WhereOptions } from 'sequelize';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';
import { Op } from 'sequelize';

const PAGE = 50;

type Row = Model & { id: string; created: Date };

/** A page of a log, newest first, with the rows that what was chosen fits; `next` is the cursor of the page after it, or null. */
export async function logPage<M extends Row>(
  log: ModelStatic<M>,
  chosen: Record<string, unknown>,
  before: string | undefined,
  include: Includeable[] = [],
) {
  const wanted = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined));
  const rows = await log.findAll<M>({
    where: { [Op.and]: [wanted as WhereOptions<M>, olderThan(before)] } as WhereOptions<M>,
    include,
    order: NEWEST_FIRST,
    limit: PAGE + 1,
  });
  const { page, next } = pageOf(rows, PAGE);
  return { rows: page, next };
}
