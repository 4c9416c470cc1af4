import fc from 'fast-check';

type Path = (string | number)[];

/** What wholesalers have sent, or might: of the wrong kind, empty, hostile, or another's. */
const junk = (tempting: readonly unknown[]) =>
  fc.oneof(
    fc.constantFrom<unknown>(...tempting),
    fc.constantFrom<unknown>(
      null,
      '',
      ' ',
      0,
      -1,
      -4.5,
      1e21,
      true,
      false,
      [],
      {},
      '\u0000',
      '\ud800',
      '-4.50',
    ),
    fc.jsonValue({ maxDepth: 2 }),
    fc.string({ unit: 'binary', maxLength: 300 }),
  );

/** A JSON document with one to three of its parts left out, doubled or replaced. */
export function damaged(document: unknown, tempting: readonly unknown[]): fc.Arbitrary<unknown> {
  const wound = fc.record({
    path: fc.constantFrom(...pathsIn(document)),
    how: fc.constantFrom('leave out', 'double', 'replace', 'replace'),
    by: junk(tempting),
  });
  return fc.array(wound, { minLength: 1, maxLength: 3 }).map((wounds) => {
    const copy = { document: structuredClone(document) };
    for (const { path, how, by } of wounds) change(copy, ['document', ...path], how, by);
    return copy.document;
  });
}

function change(holder: unknown, path: Path, how: string, by: unknown) {
  const key = path.at(-1)!;
  let parent: unknown = holder;
  for (const step of path.slice(0, -1)) parent = (parent as Record<string, unknown> | undefined)?.[step];
  // An earlier wound may have taken it away.
  if (typeof parent !== 'object' || parent === null) return;
  const place = parent as Record<string | number, unknown>;
  // A copy: what one wound puts in, another may wound.
  if (how === 'replace') place[key] = structuredClone(by);
  else if (how === 'leave out') delete place[key];
  else if (Array.isArray(place[key]))
    place[key] = [...(place[key] as unknown[]), ...(place[key] as unknown[])];
}

function pathsIn(value: unknown): Path[] {
  if (typeof value !== 'object' || value === null) return [[]];
  const below = Object.entries(value).flatMap(([key, part]) => pathsIn(part).map((path) => [key, ...path]));
  return [[], ...below];
}
