import {
  Op,
  type Attributes,
  type Includeable,
  type Model,
  type ModelStatic,
  type WhereOptions,
} from 'sequelize';
import { NEWEST_FIRST, olderThan, pageOf } from '../../models/newest-first.js';

/** The rows one by one, newest first, `size` of them read at a time. */
export async function* series<M extends Model & { id: string; created: Date }>(
  model: ModelStatic<M>,
  where: WhereOptions<Attributes<M>>,
  { include = [], size = 200 }: { include?: Includeable[]; size?: number } = {},
): AsyncGenerator<M> {
  for await (const page of pages(model, where, { include, size })) yield* page;
}

export async function* pages<M extends Model & { id: string; created: Date }>(
  model: ModelStatic<M>,
  where: WhereOptions<Attributes<M>>,
  { include = [], size = 200 }: { include?: Includeable[]; size?: number } = {},
): AsyncGenerator<M[]> {
  let cursor: string | undefined;
  do {
    const rows = await model.findAll({
      where: { [Op.and]: [where, olderThan(cursor)] } as WhereOptions<Attributes<M>>,
      include,
      order: NEWEST_FIRST,
      limit: size + 1,
    });
    const { page, next } = pageOf(rows, size);
    yield page;
    cursor = next ?? undefined;
  } while (cursor);
}

/** Each of a series, as the file tells it. */
export async function* told<Row, Told>(
  rows: AsyncIterable<Row>,
  tell: (row: Row) => Told,
): AsyncGenerator<Told> {
  for await (const row of rows) yield tell(row);
}
