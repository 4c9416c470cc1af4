import { CsvError, parse } from 'csv-parse';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { PriceList, type Limits } from './price-list.js';
import { BadPriceList } from './problem.js';
import { inSilence, type Progress } from './progress.js';

const LONGEST_ROW_BYTES = 128 * 1024;

/** The operator's own file, of which every flaw is told. */
const NO_LIMITS: Limits = { rows: Infinity, problems: Infinity };

/** Reads a CSV file as a stream. Throws BadPriceList when it is no price list at all. */
export async function readPriceList(file: string, progress: Progress): Promise<PriceList> {
  try {
    return await readRows(createReadStream(file), NO_LIMITS, progress);
  } catch (error) {
    throw isAboutTheFile(error) ? new BadPriceList(`${file}: ${error.message}`) : error;
  }
}

const PIECE = 32 * 1024;

/** The same for a text, in pieces, so that visitors are served in between. Throws TooManyRows too. */
export const readPriceListText = (text: string, most: Limits): Promise<PriceList> =>
  readRows(Readable.from(piecesOf(Buffer.from(text))), most, inSilence);

async function* piecesOf(content: Buffer) {
  for (let start = 0; start < content.length; start += PIECE) {
    yield content.subarray(start, start + PIECE);
    await setImmediate();
  }
}

async function readRows(source: Readable, most: Limits, progress: Progress) {
  const list = new PriceList(most);
  try {
    await pipeline(source, rowsInto(list, progress), drain);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    list.giveUp(reasonOf(error));
  }
  progress.read(list.rows);
  return list.finish();
}

const rowsInto = (list: PriceList, progress: Progress) =>
  parse({
    bom: true,
    trim: true,
    raw: true,
    // The number of cells is checked row by row, and a stray quote stays in its row instead of shifting those behind it.
    relax_column_count: true,
    relax_quotes: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: LONGEST_ROW_BYTES,
    // Called while parsing, so that no row read before an error is lost with the stream.
    on_record(row) {
      // The package's types do not know what `raw` makes of a record.
      const { record, raw } = row as unknown as { record: string[]; raw: string };
      list.take(record, raw);
      progress.read(list.rows);
      return null;
    },
  });

async function drain(rows: AsyncIterable<unknown>) {
  for await (const _ of rows);
}

function reasonOf({ code }: CsvError) {
  if (code === 'CSV_QUOTE_NOT_CLOSED') return 'a quote is opened and never closed';
  if (code === 'CSV_MAX_RECORD_SIZE') return 'a row is too long; a quote may be left open';
  return `the row cannot be read (${code})`;
}

const isAboutTheFile = (error: unknown): error is NodeJS.ErrnoException =>
  ['ENOENT', 'EISDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '');
