import { stringify } from 'csv-stringify';
import type { Readable } from 'node:stream';
import { Readable as Stream } from 'node:stream';
import { tx } from '../../database.js';
import { SECOND, clock } from '../../lib/clock.js';
import { AuditLog, Export, type User } from '../../models/index.js';
import { kindOf } from './exports.js';
import type { Row } from './kind.js';

/** Whatever somebody wrote into a review or a name: what opens an eSIM leaves the shop in no file. */
const withoutCodes = (text: string) => text.replace(/LPA:\d\$[^\s"',;]*/gi, '(activation code)');

/**
 * The file as a stream: read as fast as it is taken, and a batch of rows at a time. How far it is stands in its row.
 * What a spreadsheet would take for a formula gets an apostrophe.
 */
export async function csvOf(
  file: Export,
  staff: User,
): Promise<{ rows: Readable; csv: NodeJS.ReadWriteStream }> {
  await tx(() => AuditLog.record(staff, 'download', file, null, { kind: file.kind, rows: file.rowsTotal }));
  const csv = stringify({
    header: true,
    bom: true,
    columns: [...kindOf(file).columns],
    escape_formulas: true,
    cast: { string: withoutCodes },
  });
  return { rows: Stream.from(counted(file)), csv };
}

async function* counted(file: Export): AsyncGenerator<Row> {
  const note = (state: Export['state'], rowsDone: number) => tx(() => file.update({ state, rowsDone }));
  let done = 0;
  let noted = clock.now();
  let state: Export['state'] = 'broken';
  await note('running', 0);
  try {
    for await (const batch of kindOf(file).batches()) {
      yield* batch;
      done += batch.length;
      if (clock.now() - noted < SECOND) continue;
      noted = clock.now();
      await note('running', done);
    }
    state = 'done';
  } finally {
    // Also when whoever took it has gone.
    await note(state, done);
  }
}
