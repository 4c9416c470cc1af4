import { tx } from '../../database.js';
import { RuleBroken, ShopError, NotFound } from '../../errors.js';
import { HOUR, clock } from '../../lib/clock.js';
import { oneLine } from '../../lib/plain-text.js';
import { PriceListUpload, type User } from '../../models/index.js';
import type { PriceList } from '../import/price-list.js';
import { BadPriceList, TooManyRows, type Problem } from '../import/problem.js';
import { readPriceListText } from '../import/read-price-list.js';
import { isPlanId } from './change-plan.js';
import { changesOf, shownChanges, type ShownChange } from './price-list-changes.js';

export const MOST_PLANS = 20_000;
const SHOWN = 200;
/** Neither a wrong file nor its flaws may fill the memory. */
export const LIMITS = { rows: MOST_PLANS, problems: 1000 };
const KEPT_FOR = HOUR;
export const COMPARED_AT_ONCE = 200;

export interface ShownPlan {
  slug: string;
  name: string;
  changes: ShownChange[];
}

/** What a list would do, as the page shows it: the counts are whole, of the plans the first ones. */
export interface Preview {
  rows: number;
  refused: number;
  /** The first ones of `flaws`. */
  problems: Problem[];
  flaws: number;
  created: number;
  changed: number;
  unchanged: number;
  newPlans: ShownPlan[];
  changedPlans: ShownPlan[];
}

/**
 * Reads a price list and keeps it for an hour, with what it would do; changes nothing. Throws RuleBroken when it is no
 * price list at all.
 */
export async function uploadPriceList(
  file: { name: string; content: Buffer },
  setsStock: boolean,
  staff: User,
): Promise<PriceListUpload> {
  const content = textOf(file.content);
  const list = await read(content);
  const { preview, seen } = await previewOf(list, setsStock);
  const fileName = oneLine(file.name).slice(-200) || 'price-list.csv';
  return tx(() =>
    PriceListUpload.create({ uploadedById: staff.id, fileName, content, setsStock, preview, seen }),
  );
}

/** Without its content. Throws NotFound, or with status 410 when the hour is over. */
export async function findUpload(id: string): Promise<PriceListUpload> {
  if (!isPlanId(id)) throw new NotFound();
  const upload = await PriceListUpload.findByPk(id, {
    attributes: { exclude: ['content', 'seen'] },
    rejectOnEmpty: new NotFound(),
  });
  if (upload.state === 'waiting' && isOver(upload)) throw new ShopError(410, 'errors.plans.list.over');
  return upload;
}

const isOver = ({ created }: PriceListUpload) => clock.now() - created.getTime() > KEPT_FOR;

/** Told by what is in it: a NUL, or mostly what is not UTF-8, is no text. Damaged letters are the rows' own flaws. */
function textOf(content: Buffer): string {
  const text = content.toString('utf8');
  const damaged = text.split('\uFFFD').length - 1;
  if (text.includes('\0') || damaged > text.length / 10)
    throw new RuleBroken('errors.plans.list.notCsv', {}, 'list');
  return text;
}

async function read(content: string): Promise<PriceList> {
  try {
    return await readPriceListText(content, LIMITS);
  } catch (error) {
    if (error instanceof TooManyRows) throw new RuleBroken('errors.plans.list.long', {}, 'list');
    if (!(error instanceof BadPriceList)) throw error;
    throw new RuleBroken('errors.plans.list.unreadable', { reason: error.message }, 'list');
  }
}

async function previewOf(list: PriceList, setsStock: boolean) {
  const { plans, problems, flaws, rows } = list;
  const preview: Preview = {
    rows,
    refused: list.refused(),
    problems,
    flaws,
    created: 0,
    changed: 0,
    unchanged: 0,
    newPlans: [],
    changedPlans: [],
  };
  const seen: Record<string, string> = {};
  for (let start = 0; start < plans.length; start += COMPARED_AT_ONCE)
    for (const change of await changesOf(plans.slice(start, start + COMPARED_AT_ONCE), setsStock)) {
      preview[change.kind] += 1;
      if (change.kind === 'unchanged') continue;
      seen[change.slug] = change.mark;
      const shelf = change.kind === 'created' ? preview.newPlans : preview.changedPlans;
      if (shelf.length < SHOWN)
        shelf.push({ slug: change.slug, name: change.product.name, changes: shownChanges(change) });
    }
  return { preview, seen };
}
