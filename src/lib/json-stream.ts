/** An object as indented JSON, piece by piece: values that come one by one become a list, and are never held as a whole. */
export async function* jsonPieces(parts: Record<string, unknown>): AsyncGenerator<string> {
  let lead = '{\n';
  for (const [name, part] of Object.entries(parts)) {
    yield `${lead}  ${JSON.stringify(name)}: `;
    if (isSeries(part)) yield* list(part);
    else yield indented(part, '  ');
    lead = ',\n';
  }
  yield lead === '{\n' ? '{}\n' : '\n}\n';
}

async function* list(items: AsyncIterable<unknown>) {
  let lead = '[\n';
  for await (const item of items) {
    yield `${lead}    ${indented(item, '    ')}`;
    lead = ',\n';
  }
  yield lead === '[\n' ? '[]' : '\n  ]';
}

const indented = (value: unknown, indent: string) =>
  (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`);

const isSeries = (part: unknown): part is AsyncIterable<unknown> =>
  typeof part === 'object' && part !== null && Symbol.asyncIterator in part;
