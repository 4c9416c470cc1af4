import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/** A simulator's own books: the latest state of every record, kept in an append-only file so that it survives a kill. */
export class Journal<T extends { id: string }> {
  private readonly records = new Map<string, T>();

  constructor(private readonly file?: string) {
    if (!file || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      // A kill can cut the last line short.
      if (line.endsWith('}')) this.remember(JSON.parse(line) as T);
    }
  }

  put(record: T): T {
    this.remember(record);
    if (this.file) {
      mkdirSync(dirname(this.file), { recursive: true });
      appendFileSync(this.file, `${JSON.stringify(record)}\n`);
    }
    return record;
  }

  get(id: string): T | undefined {
    return this.records.get(id);
  }

  /** In the order of first writing. */
  all(): T[] {
    return [...this.records.values()];
  }

  clear() {
    this.records.clear();
    if (this.file) rmSync(this.file, { force: true });
  }

  private remember(record: T) {
    this.records.set(record.id, record);
  }
}
