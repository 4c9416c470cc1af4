import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fromRoot } from '../src/lib/root.js';

/** Each room may use itself and the rooms on the lines before its own (README, map of src). */
const FLOORS = [
  ['lib', 'errors', 'settings'],
  ['database', 'providers', 'views'],
  ['models'],
  ['catalogue', 'coupons', 'esim', 'accounts', 'reviews', 'mail', 'shop'],
  ['payments', 'cart', 'privacy', 'staff', 'customers'],
  ['fulfilment', 'checkout', 'wishlist', 'help', 'withdrawal'],
  ['operations', 'office', 'middleware'],
  ['routes'],
  ['app'],
  ['demo'],
  ['server', 'worker'],
];

const SRC = fromRoot('src');
const roomOf = (file: string) =>
  relative(SRC, file)
    .split('/')[0]!
    .replace(/\.(ts|js)$/, '');
const floorOf = (room: string) => FLOORS.findIndex((rooms) => rooms.includes(room));

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
  .map((file) => join(SRC, file));

const ours = files.filter((file) => roomOf(file) !== 'simulators');

function importsOf(file: string) {
  const text = readFileSync(file, 'utf8');
  const types = new Set(
    [...text.matchAll(/import type [^;]*? from '(\.[^']+)'/gs)].map((match) => match[1]!),
  );
  return [...text.matchAll(/(?:from|import|import\()\s*'(\.[^']+)'/g)]
    .map((match) => match[1]!)
    .filter((path) => !types.has(path))
    .map((path) => resolve(dirname(file), path));
}

describe('The rooms of src', () => {
  it('use only what lies below them', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((used) => used.startsWith(SRC) && roomOf(file) !== 'simulators')
        .filter((used) => floorOf(roomOf(used)) > floorOf(roomOf(file)))
        .map((used) => `${relative(SRC, file)} uses ${relative(SRC, used)}`),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('all have a floor', () => {
    const rooms = new Set(files.map(roomOf));
    expect([...rooms].filter((room) => room !== 'simulators' && floorOf(room) === -1)).to.deep.equal([]);
  });

  it('know nothing of the simulators, but for the demo and the command that looks into their books', () => {
    const users = files.filter(
      (file) =>
        roomOf(file) !== 'simulators' && importsOf(file).some((used) => roomOf(used) === 'simulators'),
    );
    expect(users.map((file) => relative(SRC, file))).to.have.members([
      'demo.ts',
      'operations/check-invariants.ts',
    ]);
  });

  it('leave the environment to settings.ts and, where a rule depends on the time, the clock to lib/clock.ts', () => {
    const reading = (pattern: RegExp) =>
      ours.filter((file) => pattern.test(readFileSync(file, 'utf8'))).map((file) => relative(SRC, file));
    expect(reading(/process\.env/)).to.deep.equal(['settings.ts']);
    expect(reading(/Date\.now\(\)|new Date\(\)/)).to.deep.equal(['lib/clock.ts']);
  });

  it('let nothing but providers and payments call out', () => {
    const calling = files.filter((file) =>
      /\bfetch\(|from 'stripe'|node:https?'/.test(readFileSync(file, 'utf8')),
    );
    const rooms = new Set(
      calling.filter((file) => !/import type Stripe/.test(readFileSync(file, 'utf8'))).map(roomOf),
    );
    expect([...rooms].filter((room) => room !== 'simulators').toSorted()).to.deep.equal([
      'lib',
      'payments',
      'server',
    ]);
  });
});
