import { Umzug, SequelizeStorage } from 'umzug';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Schema } from '../../migrations/dialect.js';
import { log, onSqlite, sequelize, tx } from '../database.js';

const FOLDER = join(import.meta.dirname, '..', '..', 'migrations');
const NUMBERED = /^(\d{3}-[a-z-]+)\.(ts|js)$/;

interface Migration {
  up: (schema: Schema) => Promise<void>;
}

/** Applies what is missing, each migration whole or not at all; two processes that start at once take turns. */
export async function migrate() {
  const umzug = new Umzug({
    migrations: readdirSync(FOLDER).flatMap((file) => {
      const name = NUMBERED.exec(file)?.[1];
      return name ? [{ name, up: () => apply(join(FOLDER, file)) }] : [];
    }),
    storage: new SequelizeStorage({ sequelize, tableName: 'migrations' }),
    logger: undefined,
  });
  await tx(async (transaction) => {
    if (!onSqlite) await sequelize.query('SELECT pg_advisory_xact_lock(20261122)', { transaction });
    const applied = await umzug.up();
    if (applied.length > 0) log.info({ migrations: applied.map(({ name }) => name) }, 'database migrated');
  });
}

async function apply(file: string) {
  const { up } = (await import(pathToFileURL(file).href)) as Migration;
  await tx((transaction) => up(new Schema(sequelize, transaction)));
}
