import { Op } from 'sequelize';
import { NotFound } from '../errors.js';
import { clock } from '../lib/clock.js';
import { RecoveryCode, Session, User } from '../models/index.js';
import { beginning, inOrderOf } from '../models/beginning.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';

const PAGE = 50;
const SHOWN = [
  'id',
  'email',
  'name',
  'role',
  'verified',
  'passwordHash',
  'twoStepSecret',
  'created',
  'closedAt',
];

/** Who works here, the newest first; `next` is the cursor of the page after it, or null. */
export async function staffMembers(after?: string) {
  const rows = await User.findAll({
    where: { role: { [Op.ne]: 'customer' }, ...olderThan(after) },
    attributes: SHOWN,
    order: NEWEST_FIRST,
    limit: PAGE + 1,
  });
  const { page, next } = pageOf(rows, PAGE);
  return { members: page, next };
}

/** The first accounts, by address, whose address begins so; `more` when there are others. */
export async function accountsBeginning(letters: string) {
  const rows = await User.findAll({
    where: { [Op.and]: [beginning('email', letters)] },
    attributes: SHOWN,
    order: inOrderOf('email'),
    limit: PAGE + 1,
  });
  return { accounts: rows.slice(0, PAGE), more: rows.length > PAGE };
}

/** Throws NotFound. */
export async function accountInFull(id: string) {
  const account = await User.findByPk(id.slice(0, 15), { rejectOnEmpty: new NotFound() });
  const open = { userId: account.id, expiresAt: { [Op.gt]: clock.now() } };
  const [sessions, recoveryCodes] = await Promise.all([
    Session.count({ where: open }),
    RecoveryCode.left(account.id),
  ]);
  return { account, sessions, recoveryCodes };
}
