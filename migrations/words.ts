/** Expressions that the two databases put differently. */
export class Words {
  constructor(protected readonly onSqlite: boolean) {}

  /** True while `text` holds none but the characters of a class such as `a-z0-9-`. */
  only(text: string, characters: string) {
    return this.onSqlite ? `${text} NOT GLOB '*[^${characters}]*'` : `${text} !~ '[^${characters}]'`;
  }

  /** A text in small letters and ordered by them alone, so that an index finds what it starts with. */
  startOf(column: string) {
    return this.onSqlite ? `lower(${column})` : `(lower(${column}) COLLATE "C")`;
  }

  /** True while a JSON column holds a list. */
  isList(column: string) {
    return this.onSqlite ? `json_type(${column}) = 'array'` : `jsonb_typeof(${column}) = 'array'`;
  }

  /**
   * True when some item of a JSON list meets `when`, which knows it as `item`, its text, and `is_text`. What is no list
   * has no items; a CHECK refuses it.
   */
  hasItem(list: string, when: string) {
    const items = this.onSqlite
      ? `SELECT value AS item, type = 'text' AS is_text
         FROM json_each(CASE WHEN json_valid(${list}) THEN ${list} ELSE '[]' END)`
      : `SELECT value #>> '{}' AS item, jsonb_typeof(value) = 'string' AS is_text
         FROM jsonb_array_elements(CASE WHEN jsonb_typeof(${list}) = 'array' THEN ${list} ELSE '[]' END)`;
    return `EXISTS (SELECT 1 FROM (${items}) AS items WHERE ${when})`;
  }

  /** A JSON object with a member for each row of a query; `{}` for none. */
  objectOf(query: string, key: string, value: string) {
    return this.onSqlite
      ? `(SELECT json_group_object(${key}, ${value}) FROM (${query}))`
      : `coalesce((SELECT jsonb_object_agg(${key}, ${value}) FROM (${query}) AS members), '{}')`;
  }

  /** An id for a row that a trigger writes. */
  get newId() {
    return this.onSqlite
      ? 'substr(lower(hex(randomblob(8))), 1, 15)'
      : `substr(replace(CAST(gen_random_uuid() AS text), '-', ''), 1, 15)`;
  }

  /** The moment by the database's own clock, in the form in which Sequelize writes one. */
  get now() {
    return this.onSqlite
      ? `strftime('%Y-%m-%d %H:%M:%f +00:00', 'now')`
      : `date_trunc('milliseconds', clock_timestamp())`;
  }

  /** Seconds since a moment, by the database's own clock. */
  ageOf(moment: string) {
    return this.onSqlite
      ? `((julianday('now') - julianday(substr(${moment}, 1, 23))) * 86400)`
      : `extract(epoch FROM clock_timestamp() - ${moment})`;
  }
}
