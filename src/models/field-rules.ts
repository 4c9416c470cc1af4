import { QueryTypes, Utils, type Attributes, type Model, type ModelStatic } from 'sequelize';
import type { z } from 'zod';
import { sequelize } from '../database.js';
import { RuleBroken } from '../errors.js';

type FieldRules<M extends Model> = { [Column in keyof Attributes<M>]?: z.ZodType };

/** `priceMinor` → 'price': what the field is called in forms. */
const fieldOf = (column: string) =>
  column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/_minor$/, '');

/**
 * Refuses with a sentence a field that is missing or breaks its rule, in bulk updates too, and stores what the rule has
 * cleaned. Only what is being written is looked at.
 */
export function keepFieldRules<M extends Model>(model: ModelStatic<M>, rules: FieldRules<M>) {
  const checks = Object.entries(model.getAttributes())
    .filter(([column]) => !['created', 'updated'].includes(column))
    .map(([column, { allowNull }]) => ({
      column: column as keyof M & string,
      isRequired: allowNull === false,
      rule: rules[column as keyof typeof rules],
    }))
    .filter(({ isRequired, rule }) => isRequired || rule);

  model.beforeValidate('keep the rules of its fields', (row, { skip = [] }) => {
    for (const { column, isRequired, rule } of checks) {
      if (skip.includes(column)) continue;
      const value: unknown = row.get(column);
      if (value === null || value === undefined) {
        if (isRequired) throw new RuleBroken('errors.required', {}, fieldOf(column));
      } else if (rule && !isExpression(value)) {
        const { data, error } = rule.safeParse(value);
        if (error) throw new RuleBroken(error.issues[0]!.message, {}, fieldOf(column));
        if (data !== value && typeof value === 'string') row.set(column, data as never);
      }
    }
  });
}

/**
 * Refuses with a sentence what another row has already. Asked only when it changed; of two who ask at once, the unique
 * index refuses one.
 */
export function haveNoTwin<M extends Model & { id: string }>(
  model: ModelStatic<M>,
  columns: (keyof Attributes<M> & string)[],
  key: string,
) {
  const attributes = model.getAttributes();
  const same = columns.map((column) => `"${attributes[column].field}" = ?`);
  // Written out, as a query by the model costs as much as the writing itself.
  const query = `SELECT 1 FROM ${model.tableName} WHERE ${same.join(' AND ')} AND id <> ?`;

  model.beforeSave(`have no twin with the same ${columns.join(' and ')}`, async (row) => {
    if (!row.isNewRecord && !columns.some((column) => row.changed(column))) return;
    const values: unknown[] = columns.map((column) => row.get(column));
    // What is empty is nobody's.
    if (values.some((value) => value === null || value === undefined)) return;
    const replacements = [...values, row.id];
    const twins = await sequelize.query(query, { replacements, type: QueryTypes.SELECT });
    if (twins.length > 0) throw new RuleBroken(key, {}, fieldOf(columns[0]!));
  });
}

/** `sequelize.literal('stock - 1')` and the like: only the database knows what becomes of it. */
const isExpression = (value: unknown) => value instanceof Utils.SequelizeMethod;
