import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inSilence } from '../../src/catalogue/import/progress.js';
import { readPriceList } from '../../src/catalogue/import/read-price-list.js';

const folder = mkdtempSync(join(tmpdir(), 'price-list-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

export const ROW = {
  name: 'Japan 1 GB – 7 days',
  slug: 'japan-1gb-7-days',
  country: 'JP',
  duration: '7',
  data_limit: '1GB',
  price: '4.50',
  cost: '1.90',
  currency: 'USD',
  provider: 'Airalo',
  provider_product_id: 'japan-7days-1gb',
  stock: '25',
};

/** A price list of one row per argument; the columns of the first are the header. */
export function csv(...changes: Record<string, string>[]) {
  const rows = changes.map((change) => ({ ...ROW, ...change }));
  const lines = rows.map((row) => Object.values(row).map((cell) => `"${cell.replaceAll('"', '""')}"`));
  return [Object.keys(rows[0]!), ...lines].map((cells) => cells.join(',')).join('\n');
}

/** The file that the text was written to. */
export function fileWith(text: string | Buffer) {
  const file = join(folder, 'list.csv');
  writeFileSync(file, text);
  return file;
}

export const read = (text: string | Buffer) => readPriceList(fileWith(text), inSilence);
