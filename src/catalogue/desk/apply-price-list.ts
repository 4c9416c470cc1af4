import { Op } from 'sequelize';
import { forUpdate, isDuplicate, log, tx } from '../../database.js';
import { RuleBroken, ShopError } from '../../errors.js';
import { MINUTE, clock } from '../../lib/clock.js';
import { AuditLog, PriceListUpload, type User } from '../../models/index.js';
import type { Plan } from '../import/plan.js';
import { readPriceListText } from '../import/read-price-list.js';
import { factsOf } from './facts.js';
import { changesOf, type ListedChange } from './price-list-changes.js';
import { findUpload, LIMITS, type Preview } from './upload-price-list.js';

/** Plans written in one transaction: short, so that buyers need not wait for a long list. */
const AT_ONCE = 100;
/** An import that says nothing for so long died with its process, and may be started again. */
const SILENT_FOR = MINUTE;
const NAMED = 100;
/** Written in one transaction: a few seconds in which nobody else writes. */
export const MOST_AT_ONCE = 2000;

export interface Report {
  created: number;
  changed: number;
  unchanged: number;
  /** Changed by somebody since they were looked at, and left alone; the slugs of the first ones. */
  stale: number;
  stalePlans: string[];
  /** All or none was asked for, and it is none. */
  nothing?: boolean;
  /** It ended in the middle, by no fault of the list. */
  failed?: boolean;
}

/**
 * Begins to write what was shown, and nothing else: a plan that has become another since is left alone. Twice is the
 * same as once. Throws RuleBroken when all or none was asked for and some rows are bad, or the list is too long for it.
 * `finished` never fails.
 */
export async function applyPriceList(id: string, allOrNone: boolean, staff: User) {
  const { preview } = (await findUpload(id)) as { preview: object } as { preview: Preview };
  if (allOrNone && preview.refused > 0)
    throw new RuleBroken('errors.plans.list.allOrNone', { count: preview.refused }, 'all_or_none');
  if (allOrNone && !fitsAtOnce(preview))
    throw new RuleBroken('errors.plans.list.tooLongForAll', {}, 'all_or_none');
  if (preview.created + preview.changed === 0) throw new RuleBroken('errors.plans.list.nothing');
  const isMine = await claim(id, allOrNone);
  return { finished: isMine ? run(id, staff) : Promise.resolve() };
}

/** Whether its process died, so that it may be started again. */
export const isSilent = ({ state, updated }: PriceListUpload) =>
  state === 'applying' && updated.getTime() < clock.now() - SILENT_FOR;

/** Whether all or none may be asked for: those that stay as they are are compared in that transaction too. */
export const fitsAtOnce = ({ created, changed, unchanged }: Preview) =>
  created + changed + unchanged <= MOST_AT_ONCE;

async function claim(id: string, allOrNone: boolean) {
  const silent = { state: 'applying' as const, updated: { [Op.lt]: new Date(clock.now() - SILENT_FOR) } };
  const [claimed] = await tx(() =>
    PriceListUpload.update(
      { state: 'applying', allOrNone, plansDone: 0, report: null },
      { where: { id, [Op.or]: [{ state: 'waiting' }, silent] } },
    ),
  );
  return claimed === 1;
}

async function run(id: string, staff: User) {
  const report: Report = { created: 0, changed: 0, unchanged: 0, stale: 0, stalePlans: [] };
  try {
    const upload = await PriceListUpload.findByPk(id, { rejectOnEmpty: true });
    const { plans } = await readPriceListText(upload.content, LIMITS);
    if (upload.allOrNone) await tx(() => writeAll(upload, plans, staff, report));
    else await writeAll(upload, plans, staff, report);
    await tx(async () => {
      await AuditLog.record(staff, 'import', upload, null, { fileName: upload.fileName, ...report });
      await PriceListUpload.update({ state: 'done', report }, { where: { id } });
    });
  } catch (error) {
    const isNone = error instanceof SomeAreStale;
    if (!isNone) log.error({ err: error, upload: id }, 'an import ended in the middle');
    const end = isNone
      ? { state: 'done' as const, report: { ...report, created: 0, changed: 0, nothing: true } }
      : { state: 'waiting' as const, report: { ...report, failed: true } };
    await tx(() => PriceListUpload.update(end, { where: { id } }));
  }
}

class SomeAreStale extends Error {}

async function writeAll(upload: PriceListUpload, plans: Plan[], staff: User, report: Report) {
  // A transaction that is repeated begins to count anew.
  Object.assign(report, { created: 0, changed: 0, unchanged: 0, stale: 0, stalePlans: [] });
  for (let start = 0; start < plans.length; start += AT_ONCE) {
    const written = await writeSome(upload, plans.slice(start, start + AT_ONCE), staff);
    for (const { kind, slug } of written) {
      report[kind] += 1;
      if (kind === 'stale' && report.stalePlans.length < NAMED) report.stalePlans.push(slug);
    }
    const plansDone = Math.min(start + AT_ONCE, plans.length);
    await tx(() => PriceListUpload.update({ plansDone }, { where: { id: upload.id } }));
  }
  if (upload.allOrNone && report.stale > 0) throw new SomeAreStale();
}

interface Written {
  slug: string;
  kind: ListedChange['kind'] | 'stale';
}

async function writeSome(upload: PriceListUpload, plans: Plan[], staff: User): Promise<Written[]> {
  const write = () => tx(() => writeLocked(upload, plans, staff));
  try {
    return await write();
  } catch (error) {
    // Somebody wrote a plan with the same address in this moment: now it is known.
    if (!isDuplicate(error, 'esim_products', 'slug')) throw error;
    return write();
  }
}

async function writeLocked({ seen, setsStock }: PriceListUpload, plans: Plan[], staff: User) {
  const written: Written[] = [];
  const entries: Parameters<typeof AuditLog.recordAll>[2][number][] = [];
  for (const change of await changesOf(plans, setsStock, forUpdate)) {
    const { slug, product, before } = change;
    const isStale = change.kind !== 'unchanged' && change.mark !== seen[slug];
    written.push({ slug, kind: isStale ? 'stale' : change.kind });
    if (isStale || change.kind === 'unchanged') continue;
    await save(change);
    const after = change.kind === 'created' ? factsOf(product) : change.after;
    entries.push({ row: product, before: change.kind === 'created' ? null : before, after });
  }
  await AuditLog.recordAll(staff, 'import', entries);
  return written;
}

async function save({ product, slug }: ListedChange) {
  try {
    await product.save();
  } catch (error) {
    if (!(error instanceof ShopError)) throw error;
    throw new Error(`${slug}: ${error.message}`, { cause: error });
  }
}
