import { NotFound } from '../errors.js';
import { AuditLog, Review, User } from '../models/index.js';
import { NEWEST_FIRST } from '../models/newest-first.js';

const MOST = 100;

/** A review with everything that staff did to it, the latest first. Throws NotFound. */
export async function reviewWithHistory(id: string) {
  const review = await Review.findOne({
    where: { id },
    include: ['user', 'product', 'order'],
    rejectOnEmpty: new NotFound(),
  });
  const entries = await AuditLog.findAll({
    where: { entity: 'reviews', entityId: id },
    order: NEWEST_FIRST,
    limit: MOST,
  });
  const actors = [...new Set(entries.map(({ actorId }) => actorId))].filter((actor) => actor !== null);
  const staff = await User.findAll({ where: { id: actors }, attributes: ['id', 'name', 'email'] });
  const names = new Map(staff.map((user) => [user.id, user.name ?? user.email]));
  return {
    review,
    history: entries.map((entry) => ({ entry, who: names.get(entry.actorId ?? '') ?? 'the shop' })),
  };
}
