import {
  Op,
  type Attributes,
  type FindOptions,
  type Model,
  type ModelStatic,
  type WhereOptions,
} from 'sequelize';

export const BATCH = 500;

/** All rows in the order of a column that is unique, or together with the next one is, from the last row read on. */
export async function* batchesBy<M extends Model>(
  model: ModelStatic<M>,
  column: keyof Attributes<M> & string,
  options: FindOptions<Attributes<M>> = {},
): AsyncGenerator<M[]> {
  for (let last: unknown; ;) {
    const where = (last === undefined ? {} : { [column]: { [Op.gt]: last } }) as WhereOptions<Attributes<M>>;
    const rows = await model.findAll({ ...options, where, order: [[column, 'ASC']], limit: BATCH });
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    last = rows.at(-1)!.get(column);
  }
}

/** The same of pages that name the cursor of the next one. */
export async function* pagesOf<Item>(
  read: (cursor?: string) => Promise<{ page: Item[]; next: string | null }>,
): AsyncGenerator<Item[]> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const { page, next } = await read(cursor);
    if (page.length > 0) yield page;
    cursor = next;
  }
}

/** Each batch, told as rows of the file. */
export async function* told<Item, Told>(batches: AsyncIterable<Item[]>, tell: (item: Item) => Told) {
  for await (const batch of batches) yield batch.map(tell);
}
