import { sequelize } from '../../src/database.js';

/** An empty PostgreSQL database beside the tests' own, for one lane. */
export async function freshDatabase(lane: number): Promise<string> {
  const url = new URL(process.env.TEST_DATABASE_URL!);
  const name = `${url.pathname.slice(1)}_lane_${lane}`;
  await sequelize.query(`DROP DATABASE IF EXISTS "${name}"`);
  await sequelize.query(`CREATE DATABASE "${name}"`);
  url.pathname = `/${name}`;
  return url.href;
}
