import { Op, QueryTypes, type WhereOptions } from 'sequelize';
import { sequelize } from '../database.js';
import { DAY } from '../lib/clock.js';
import { AuditLog, User } from '../models/index.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';

const PAGE = 50;

export interface AuditFilter {
  actor?: string | undefined;
  entity?: string | undefined;
  action?: string | undefined;
  /** Days of UTC, both of them included. */
  from?: Date | undefined;
  to?: Date | undefined;
}

/** A page of what staff did and tried, newest first; `next` is the cursor of the page after it, or null. */
export async function auditEntries(filter: AuditFilter, after?: string) {
  const rows = await AuditLog.findAll({
    where: { [Op.and]: [olderThan(after), chosen(filter)] },
    include: { association: 'actor', attributes: ['id', 'email'] },
    order: NEWEST_FIRST,
    limit: PAGE + 1,
  });
  const { page, next } = pageOf(rows, PAGE);
  return { entries: page, next };
}

const chosen = ({ actor, entity, action, from, to }: AuditFilter): WhereOptions<AuditLog> => ({
  ...(actor && { actorId: actor }),
  ...(entity && { entity }),
  ...(action && { action }),
  ...((from || to) && {
    created: {
      ...(from && { [Op.gte]: from }),
      ...(to && { [Op.lt]: new Date(to.getTime() + DAY) }),
    },
  }),
});

/** What there is to choose from, each found by one step through an index per value, however many rows there are. */
export async function auditChoices() {
  const [actors, entities, actions] = await Promise.all(['actor', 'entity', 'action'].map(valuesOf));
  const people = await User.findAll({
    where: { id: actors! },
    attributes: ['id', 'email'],
    order: ['email'],
  });
  return { people, entities: entities!, actions: actions! };
}

async function valuesOf(column: string): Promise<string[]> {
  const next = `SELECT min(${column}) FROM audit_logs`;
  const rows = await sequelize.query<{ value: string }>(
    `WITH RECURSIVE found(value) AS (
       ${next} UNION ALL SELECT (${next} WHERE ${column} > found.value) FROM found WHERE found.value IS NOT NULL
     ) SELECT value FROM found WHERE value IS NOT NULL`,
    { type: QueryTypes.SELECT },
  );
  return rows.map(({ value }) => value);
}

export interface Change {
  field: string;
  before: string | null;
  after: string | null;
}

/** What an entry says was changed, field by field; null where it says nothing. */
export function changesIn({ before, after }: Pick<AuditLog, 'before' | 'after'>): Change[] {
  const [old, now] = [before ?? {}, after ?? {}] as Record<string, unknown>[];
  // PostgreSQL keeps them in an order of its own.
  const fields = [...new Set([...Object.keys(old!), ...Object.keys(now!)])].toSorted();
  return fields.map((field) => ({ field, before: inWords(old![field]), after: inWords(now![field]) }));
}

function inWords(value: unknown): string | null {
  if (value === undefined) return null;
  if (value === null || value === '') return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'nothing' : value.map(inWords).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
