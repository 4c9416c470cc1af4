/** True when `column` moves as its table does not allow; for triggers on UPDATE. */
export const strays = (column: string, table: Record<string, string[]>) => {
  const allowed = Object.entries(table).map(
    ([from, to]) =>
      `(OLD.${column} = '${from}' AND NEW.${column} IN (${to.map((state) => `'${state}'`).join(', ')}))`,
  );
  return `NEW.${column} <> OLD.${column} AND NOT (${allowed.join(' OR ')})`;
};
