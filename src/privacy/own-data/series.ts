import type { Attributes, Includeable, Model, ModelStatic, WhereOptions } from 'sequelize';
import { NEWEST_FIRST } from '../../models/newest-first.js';

interface Reading {
  include?: Includeable[];
  /** Rows read at a time. */
  size?: number;
}

/** The rows one by one, newest first. */
export async function* series<M extends Model & { id: string }>(
  model: ModelStatic<M>,
  where: WhereOptions<Attributes<M>>,
  reading: Reading = {},
): AsyncGenerator<M> {
  for await (const page of pages(model, where, reading)) yield* page;
}

/** What there is is asked once, by its ids; only a page of it is read and held at a time. */
export async function* pages<M extends Model & { id: string }>(
  model: ModelStatic<M>,
  where: WhereOptions<Attributes<M>>,
  { include = [], size = 200 }: Reading = {},
): AsyncGenerator<M[]> {
  const ids = (await model.findAll({ where, attributes: ['id'], order: NEWEST_FIRST })).map(({ id }) => id);
  for (let from = 0; from < ids.length; from += size) {
    const id = ids.slice(from, from + size);
    const page = { id } as unknown as WhereOptions<Attributes<M>>;
    yield await model.findAll({ where: page, include, order: NEWEST_FIRST });
  }
}

/** Each of a series, as the file tells it. */
export async function* told<Row, Told>(
  rows: AsyncIterable<Row>,
  tell: (row: Row) => Told,
): AsyncGenerator<Told> {
  for await (const row of rows) yield tell(row);
}
