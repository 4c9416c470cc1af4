import { QueryTypes } from 'sequelize';
import { sequelize } from '../database.js';
import { ShopError } from '../errors.js';
import { purchasesOf, type Person } from './person.js';

const some = (where: string) => `EXISTS (SELECT 1 FROM orders o WHERE o.purchase = p.id AND ${where})`;

/** A mail (`e`) that is about to leave; the question how it was waits for days, and is dropped. */
const LEAVES = `e.status = 'queued' AND (e.kind <> 'review_invitation' OR e.lease_until > 0)`;

/** What of a purchase (`p`) is not at its end yet: money and goods come first, and need the person. */
const MOVES = {
  payment: `p.state IN ('open', 'review')`,
  delivery: some(`o.payment_status = 'paid' AND o.status IN ('pending', 'processing')`),
  refund: some(`(o.payment_status = 'paid' AND o.status = 'failed' AND o.amount_minor > 0
    OR EXISTS (SELECT 1 FROM refunds r WHERE r."order" = o.id AND r.state <> 'succeeded'))`),
  dispute: some('o.hold_reason IS NOT NULL'),
  mail: `EXISTS (SELECT 1 FROM email_logs e WHERE e.purchase = p.id AND e.status = 'queued')
    OR ${some(`EXISTS (SELECT 1 FROM email_logs e WHERE e."order" = o.id AND ${LEAVES})`)}`,
} as const;
export type Moving = keyof typeof MOVES;

/** Of purchases called `p`. */
export const IS_MOVING = Object.values(MOVES)
  .map((move) => `(${move})`)
  .join(' OR ');

/** A mail of no order that is about to leave for one of these; the last one to somebody who was erased holds nothing up. */
const MAIL_IS_QUEUED = `SELECT 'mail' AS what FROM email_logs e
  WHERE ${LEAVES} AND e.kind <> 'account_erased' AND (e.recipient = :email OR e."user" = :userId
    OR e.contact_request IN (SELECT id FROM contact_requests WHERE email = :email OR "user" = :userId))`;

/** What of everything that somebody bought, and of our mails to them, is still under way. */
export async function whatMoves(person: Person): Promise<Moving[]> {
  const { email, userId } = person;
  const moves = Object.entries(MOVES).map(
    ([what, moving]) =>
      `SELECT '${what}' AS what FROM purchases p WHERE p.id IN (${purchasesOf(person)}) AND (${moving})`,
  );
  const rows = await sequelize.query<{ what: Moving }>([...moves, MAIL_IS_QUEUED].join(' UNION '), {
    type: QueryTypes.SELECT,
    replacements: { email, userId: userId ?? '' },
  });
  const found = new Set(rows.map(({ what }) => what));
  return (Object.keys(MOVES) as Moving[]).filter((what) => found.has(what));
}

/** Nobody is erased while something of theirs is under way. */
export class StillMoving extends ShopError {
  constructor(readonly moving: Moving[]) {
    super(409, `privacy.moving.${moving[0]}`);
  }
}
