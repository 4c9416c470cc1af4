import { Router } from 'express';
import { z } from 'zod';
import { auditChoices, auditEntries, changesIn } from '../../staff/audit.js';
import { day } from './day.js';
import { cursor } from './logs.js';

/** What staff did and tried, and when: newest first. */
export const adminAudit = Router();

const word = z
  .string()
  .regex(/^[a-z0-9_]{1,100}$/)
  .optional()
  .catch(undefined);

const Page = z.object({
  actor: word,
  entity: word,
  action: word,
  from: day,
  to: day,
  after: cursor,
});

adminAudit.get('/', async (req, res) => {
  const { after, ...filter } = Page.parse(req.query);
  const [{ entries, next }, choices] = await Promise.all([auditEntries(filter, after), auditChoices()]);
  res.render('admin/audit/index', {
    title: 'What staff did',
    entries: entries.map((entry) => ({ entry, changes: changesIn(entry) })),
    next,
    after,
    choices,
    chosen: { ...filter, from: filter.from && dayOf(filter.from), to: filter.to && dayOf(filter.to) },
    noindex: true,
  });
});

const dayOf = (date: Date) => date.toISOString().slice(0, 10);
