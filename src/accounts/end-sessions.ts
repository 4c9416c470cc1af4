import { forUpdate, tx } from '../database.js';
import { Session, User } from '../models/index.js';

/** Ends all sessions of an account whose row is locked: the epoch ends also one that is only just being written. */
export async function endSessions(user: User) {
  await user.update({ sessionEpoch: user.sessionEpoch + 1 });
  await Session.destroy({ where: { userId: user.id } });
}

export async function logOutEverywhere(userId: string) {
  await tx(async () => endSessions(await User.findByPk(userId, { rejectOnEmpty: true, ...forUpdate })));
}
