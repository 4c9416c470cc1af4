import type { Sequelize, Transaction } from 'sequelize';
import { Words } from './words.js';

/**
 * The two databases that a migration speaks to. Tables are written once, in PostgreSQL's words; SQLite takes any value
 * in any column, so there each INTEGER, BIGINT and BOOLEAN also gets a CHECK of what is really stored.
 */
export class Schema extends Words {
  constructor(
    private readonly sequelize: Sequelize,
    private readonly transaction: Transaction,
  ) {
    super(sequelize.getDialect() === 'sqlite');
  }

  async run(sql: string) {
    await this.sequelize.query(sql, { transaction: this.transaction, raw: true });
  }

  /** `created` and `updated` are the database's own clock where a statement leaves them out. */
  async table(name: string, lines: string) {
    const timed = lines.replace(/\b(created|updated) TIMESTAMPTZ NOT NULL/g, `$& DEFAULT (${this.now})`);
    await this.run(`CREATE TABLE ${name} (${this.onSqlite ? forSqlite(timed) : timed})`);
  }

  async column(table: string, line: string) {
    await this.run(`ALTER TABLE ${table} ADD COLUMN ${this.onSqlite ? forSqlite(line) : line}`);
  }

  /** `index('orders', 'idx_orders_status', 'status')`; the definition may end in a WHERE. */
  index(table: string, name: string, columns: string, where = '') {
    return this.run(`CREATE INDEX ${name} ON ${table}(${columns}) ${where && `WHERE ${where}`}`);
  }

  unique(table: string, name: string, columns: string, where = '') {
    return this.run(`CREATE UNIQUE INDEX ${name} ON ${table}(${columns}) ${where && `WHERE ${where}`}`);
  }

  /** Refuses a write whenever `when` (over OLD and NEW) holds. `event` such as `UPDATE OF status`. */
  async refuse(name: string, table: string, event: string, when: string, message: string) {
    if (this.onSqlite) {
      await this.run(
        `CREATE TRIGGER ${name} BEFORE ${event} ON ${table} WHEN ${when} BEGIN SELECT RAISE(ABORT, '${message}'); END`,
      );
    } else {
      await this.trigger(
        name,
        table,
        `BEFORE ${event}`,
        `IF ${when} THEN RAISE EXCEPTION '${message}' USING ERRCODE = '23514'; END IF;`,
      );
    }
  }

  /** Takes a trigger away, to be written anew. */
  async drop(name: string, table: string) {
    await this.run(this.onSqlite ? `DROP TRIGGER ${name}` : `DROP TRIGGER ${name} ON ${table}`);
    if (!this.onSqlite) await this.run(`DROP FUNCTION ${name}()`);
  }

  /** Refuses a row, written or changed in one of these columns, whenever `when` (over NEW) holds. */
  async refuseRow(name: string, table: string, columns: string, when: string, message: string) {
    await this.refuse(name, table, 'INSERT', when, message);
    await this.refuse(`${name}_when_changed`, table, `UPDATE OF ${columns}`, when, message);
  }

  /** Runs `statements` after every row written, whenever `when` holds. */
  async react(name: string, table: string, event: string, when: string, statements: string) {
    if (this.onSqlite) {
      await this.run(
        `CREATE TRIGGER ${name} AFTER ${event} ON ${table} WHEN ${when} BEGIN ${statements} END`,
      );
    } else {
      await this.trigger(name, table, `AFTER ${event}`, `IF ${when} THEN ${statements} END IF;`);
    }
  }

  /**
   * The same, on PostgreSQL when the transaction commits: a row that many wait for is the last that is locked, so nobody
   * who holds it waits for another.
   */
  async reactAtLast(name: string, table: string, event: string, when: string, statements: string) {
    if (this.onSqlite) return this.react(name, table, event, when, statements);
    await this.function(name, `IF ${when} THEN ${statements} END IF; RETURN NULL;`);
    await this.run(
      `CREATE CONSTRAINT TRIGGER ${name} AFTER ${event} ON ${table} DEFERRABLE INITIALLY DEFERRED
       FOR EACH ROW EXECUTE FUNCTION ${name}()`,
    );
  }

  /**
   * Lets writers under the same parent row take turns, so that the triggers which then look around see what the others
   * committed. SQLite has one writer. PostgreSQL fires triggers by name: give this one the first.
   */
  async takeTurns(name: string, table: string, event: string, parent: string, key: string) {
    if (this.onSqlite) return;
    await this.trigger(
      name,
      table,
      `BEFORE ${event}`,
      `PERFORM 1 FROM ${parent} WHERE id = ${key} FOR NO KEY UPDATE;`,
    );
  }

  /** The same where there is no parent row: on PostgreSQL whoever writes a row that meets `when` waits for the others. */
  async takeTurnsAs(name: string, table: string, event: string, when: string) {
    if (this.onSqlite) return;
    await this.trigger(
      name,
      table,
      `BEFORE ${event}`,
      `IF ${when} THEN PERFORM pg_advisory_xact_lock(hashtext('${table}')); END IF;`,
    );
  }

  /** For texts that begin with some letters, in the order of their bytes: any index of SQLite's has that one. */
  async beginnings(table: string, name: string, column: string) {
    if (!this.onSqlite) await this.index(table, name, `${column} COLLATE "C"`);
  }

  private async trigger(name: string, table: string, event: string, body: string) {
    const result = event.endsWith('DELETE') ? 'OLD' : 'NEW';
    await this.function(name, `${body} RETURN ${result};`);
    await this.run(`CREATE TRIGGER ${name} ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION ${name}()`);
  }

  private function(name: string, body: string) {
    return this.run(
      `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN ${body} END $body$`,
    );
  }
}

const COLUMN = /^(\s*)("?\w+"?) (INTEGER|BIGINT|BOOLEAN|TIMESTAMPTZ|JSONB)\b([^,\n]*)/gm;

const forSqlite = (lines: string) =>
  lines.replace(COLUMN, (_line, indent: string, column: string, type: string, rest: string) => {
    const words = `${indent}${column}`;
    if (type === 'TIMESTAMPTZ') return `${words} DATETIME${rest}`;
    // First, as the CHECKs behind it cannot read what is no JSON.
    if (type === 'JSONB') return `${words} JSON CHECK (${column} IS NULL OR json_valid(${column}))${rest}`;
    if (type === 'BOOLEAN') return `${words} TINYINT(1)${rest} CHECK (${column} IN (0, 1))`;
    return `${words} INTEGER${rest} CHECK (typeof(${column}) IN ('integer', 'null'))`;
  });
