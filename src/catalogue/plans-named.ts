import { Op } from 'sequelize';
import { RuleBroken } from '../errors.js';
import { Product } from '../models/index.js';

/** The plans that somebody names by addresses or ids, in any order. Throws RuleBroken when there is no such one. */
export async function plansNamed(names: readonly string[], field: string): Promise<Product[]> {
  const wanted = [...new Set(names)];
  const plans = await Product.findAll({ where: { [Op.or]: [{ slug: wanted }, { id: wanted }] } });
  const known = (name: string) => plans.some(({ id, slug }) => id === name || slug === name);
  if (plans.length === 0 || !wanted.every(known)) throw new RuleBroken('errors.desk.plans', {}, field);
  return plans;
}
