import { readFileSync, writeFileSync } from 'node:fs';
import prettier from 'prettier';
import { fromRoot } from '../../src/lib/root.js';
import type { Engine } from './engine.js';

type Figures = Record<string, number>;

/** The lines of the table: a sentence each, and how it is made of what the tests counted. */
const LINES: [string, (figures: Figures) => string | number][] = [
  ['buyers racing for the last units', (of) => of['race purchases']!],
  ['units sold, of units there were', (of) => outOf(of['units sold'], of['units in stock'])],
  ['checkouts racing for a coupon', (of) => of['coupon checkouts']!],
  ['uses of it, of uses allowed', (of) => outOf(of['coupon uses'], of['coupon limit'])],
  ['refund and purchase begun at once', (of) => of['refund against purchase']!],
  ['webhook, return page, sweeper, admin, worker: interleavings', (of) => of.interleavings!],
  ['orders worked on by rival workers', (of) => of['orders worked by rival workers']!],
  ['webhook deliveries, repeated, shuffled, forged', (of) => of['webhook deliveries']!],
  ['crash points', (of) => of['crash points']!],
  ['outcomes of wholesalers, Stripe and mail that they went through', (of) => of['crash outcomes']!],
  ['`kill -9` of the built server', (of) => of.kills!],
  ['purchases under kill', (of) => of['purchases under kill']!],
  ['money runs', (of) => of['money runs']!],
  ['coupon runs against an independent model', (of) => of['coupon runs']!],
  ['model sequences (steps)', (of) => `${show(of['model sequences'])} (${show(of['model commands'])})`],
  [
    'walls of models and database taken away, missed by a test',
    (of) => outOf(of['walls missed'], of['walls taken away']),
  ],
  [
    'guards in the code taken away, missed by a test',
    (of) => outOf(of['guards missed'], of['guards taken away']),
  ],
  ['times that the invariants were asked', (of) => of['invariant checks']!],
  ['violations', (of) => of.violations ?? 0],
];

const README = fromRoot('test/README.md');
const BEGIN = '<!-- proof: written by npm run test:proof -->';
const END = '<!-- end of proof -->';

export async function writeTable(engines: Engine[], where: string) {
  const columns = engines.map((engine) => engine.figures());
  const rows = LINES.map(([what, read]) => [what, ...columns.map((figures) => show(read(figures)))]);
  const head = ['', ...engines.map(({ name }) => name)];
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const [before, rest] = readFileSync(README, 'utf8').split(BEGIN) as [string, string];
  const date = new Date().toISOString().slice(0, 10);
  const text = `${before}${BEGIN}\n\n${date}, ${where}:\n\n${table}\n\n${END}${rest.split(END)[1]}`;
  const style = await prettier.resolveConfig(README);
  writeFileSync(README, await prettier.format(text, { ...style, parser: 'markdown' }));
}

const outOf = (part: number | undefined, whole: number | undefined) =>
  whole === undefined ? '–' : `${show(part ?? 0)} of ${show(whole)}`;

/** A dash where an engine has no such part. */
const show = (value: string | number | undefined) =>
  typeof value === 'number' ? value.toLocaleString('en') : (value ?? '–');
