import { Op } from 'sequelize';
import { DAY, MINUTE, clock } from '../lib/clock.js';
import { AccountLink, OrderLink, PriceListUpload, RateLimit, Session, User } from '../models/index.js';
import { sweepPhotos } from '../reviews/photo-files.js';

const EVERY = 10 * MINUTE;
/** A registration that nobody confirmed is somebody's address that we have no use for. */
const UNCONFIRMED_FOR = 7 * DAY;

let nextAt = 0;

/** A chore of the worker: now and then, what is over is taken out. Never says that there is more to do. */
export async function pruneWhenDue(): Promise<boolean> {
  if (clock.now() < nextAt) return false;
  nextAt = clock.now() + EVERY;
  await prune();
  return false;
}

/** Sessions, links and counts whose time is over, registrations that were never confirmed, price lists of yesterday, and photos of no review. */
export async function prune() {
  const over = { [Op.lte]: clock.now() };
  await Session.destroy({ where: { expiresAt: over } });
  await AccountLink.destroy({ where: { expiresAt: over } });
  await OrderLink.destroy({ where: { expiresAt: over } });
  await RateLimit.destroy({ where: { endsAt: over } });
  await PriceListUpload.destroy({ where: { created: { [Op.lt]: new Date(clock.now() - DAY) } } });
  const before = new Date(clock.now() - UNCONFIRMED_FOR);
  const where = { verified: false, closedAt: null, role: 'customer' as const, created: { [Op.lt]: before } };
  await User.destroy({ where });
  await sweepPhotos();
}
