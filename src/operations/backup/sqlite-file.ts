import sqlite3 from 'sqlite3';

export type Row = Record<string, unknown>;

/**
 * A database file beside the shop's own connections, for reading alone: what takes long here keeps no page waiting.
 */
export class SqliteFile {
  private constructor(private readonly connection: sqlite3.Database) {}

  static open(file: string): Promise<SqliteFile> {
    return new Promise((resolve, reject) => {
      const connection = new sqlite3.Database(file, sqlite3.OPEN_READONLY, (error) =>
        error ? reject(error) : resolve(new SqliteFile(connection)),
      );
    });
  }

  /** Opens the file for `work` and closes it whatever comes of it. */
  static async with<T>(file: string, work: (opened: SqliteFile) => Promise<T>): Promise<T> {
    const opened = await SqliteFile.open(file);
    try {
      return await work(opened);
    } finally {
      await opened.close();
    }
  }

  all<Found extends object = Row>(sql: string, values: Record<string, unknown> = {}): Promise<Found[]> {
    return new Promise((resolve, reject) =>
      this.connection.all(sql, values, (error, rows) => (error ? reject(error) : resolve(rows as Found[]))),
    );
  }

  /** A copy of one moment, without the pages that are free; writers go on meanwhile. */
  async copyTo(file: string) {
    await this.all('VACUUM INTO $file', { $file: file });
  }

  private close() {
    return new Promise<void>((resolve, reject) =>
      this.connection.close((error) => (error ? reject(error) : resolve())),
    );
  }
}
