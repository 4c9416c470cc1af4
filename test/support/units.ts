import { Product } from '../../src/models/index.js';
import { countUnits, type Finding } from '../../src/operations/invariants.js';

/** What each plan had in all when its stock was last set by hand. */
let expected = new Map<string, number>();

Product.addHook('afterSave', async (product) => {
  const { id } = product as Product;
  if (product.changed('stock' as never)) expected.set(id, (await countUnits()).get(id)!);
});

/** The back office moves the stock of one plan in one statement. */
Product.addHook('afterBulkUpdate', async (options) => {
  const { fields, where } = options as { fields?: string[]; where?: { id?: string } };
  if (!fields?.includes('stock') || !where?.id) return;
  expected.set(where.id, (await countUnits()).get(where.id)!);
});

export const forgetUnits = () => {
  expected = new Map();
};

/** Plans of which a unit has vanished or appeared. */
export async function checkUnits(): Promise<Finding> {
  const units = await countUnits();
  // A test may empty the database in its midst.
  const ids = [...expected].filter(([id, count]) => (units.get(id) ?? count) !== count).map(([id]) => id);
  return { invariant: 'every unit is on the shelf, kept for an order, or delivered', ids };
}
