import type { Model, ModelStatic } from 'sequelize';
import { RuleBroken } from '../errors.js';

/** What money touched is never deleted; the triggers `*_are_never_deleted` refuse what passes by these hooks. */
export function neverDeleted<M extends Model>(model: ModelStatic<M>) {
  const refuse = () => {
    throw new RuleBroken('errors.neverDeleted');
  };
  model.beforeDestroy('stay', refuse);
  model.beforeBulkDestroy('stay', refuse);
}

/** Rows that are written once: neither changed nor removed. */
export function writtenOnce<M extends Model>(model: ModelStatic<M>) {
  const refuse = () => {
    throw new RuleBroken('errors.writtenOnce');
  };
  neverDeleted(model);
  model.beforeUpdate('stay as written', refuse);
  model.beforeBulkUpdate('stay as written', refuse);
}

/** Refuses a change of what was agreed; for `beforeUpdate` hooks. */
export function checkFrozen<M extends Model>(
  model: M,
  columns: readonly (keyof M['_attributes'] & string)[],
) {
  const column = columns.find((name) => model.changed(name));
  if (column) throw new RuleBroken('errors.frozen', { column });
}
