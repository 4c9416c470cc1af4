import { z } from 'zod';
import { detail, digits, plainIccid } from '../activation.js';
import { describe } from '../outcomes.js';
import { contentOf } from '../wire.js';
import type { EsimCardApi } from './api.js';

// eSIM Card reseller API, "my-esims".
const Row = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  iccid: digits.transform(plainIccid),
  last_bundle: detail,
  created_at: z.string().transform(timeOf).pipe(z.number()),
});
export type Row = z.infer<typeof Row>;

const Listing = z.object({
  status: z.literal(true),
  meta: z.object({ lastPage: z.coerce.number().int() }).nullish().catch(null),
  data: z.array(Row),
});

const MOST_PAGES = 20;

export type Listed = { kind: 'rows'; rows: Row[] } | { kind: 'incomplete'; message: string };

/** Every eSIM created since then. The order of the listing is not documented, so only a page that is seen to run from new to old ends it early. */
export async function simsSince(since: number, api: EsimCardApi): Promise<Listed> {
  const rows = new Map<string, Row>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const answer = await api.read(`/my-esims?page=${page}`);
    const listing = contentOf(Listing, answer);
    if (!listing) return { kind: 'incomplete', message: describe(answer) };
    for (const row of listing.data) if (row.created_at >= since) rows.set(row.id, row);
    const isLast = listing.data.length === 0 || page >= (listing.meta?.lastPage ?? Infinity);
    if (isLast || endsBefore(since, listing.data)) return { kind: 'rows', rows: [...rows.values()] };
  }
  return { kind: 'incomplete', message: `more than ${MOST_PAGES} pages of eSIMs` };
}

function endsBefore(since: number, page: Row[]) {
  const times = page.map((row) => row.created_at);
  const runsFromNewToOld = times.every((time, i) => i === 0 || time <= times[i - 1]!);
  return runsFromNewToOld && times.at(0)! > times.at(-1)! && times.at(-1)! < since;
}

/** ISO 8601; a time without a zone is taken as UTC. */
function timeOf(text: string): number {
  const isBare = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(text);
  return Date.parse(isBare ? `${text.replace(' ', 'T')}Z` : text);
}
