import assert from 'node:assert/strict';
import type fc from 'fast-check';
import type { ModelShop } from '../model/shop.js';
import { wordsOf as wordsOfModel } from '../model/words.js';
import type { RealShop } from '../real/shop.js';
import { readState, wordsOf } from '../real/words.js';

export type Step = fc.AsyncCommand<ModelShop, RealShop>;

/** One thing that somebody does, in model and shop alike; afterwards the two must tell the same. */
export const step = (
  words: string,
  can: (model: Readonly<ModelShop>) => boolean,
  act: (model: ModelShop, shop: RealShop) => Promise<void>,
): Step => ({
  check: can,
  async run(model, shop) {
    model.steps += 1;
    await act(model, shop);
    await shop.news.hear(model);
    assert.equal(wordsOf(shop, await readState()).join('\n'), wordsOfModel(model).join('\n'));
  },
  toString: () => words,
});

/** Several things one after the other, as far as each is possible then. */
export const inTurn = (words: string, ...steps: Step[]): Step => ({
  check: always,
  async run(model, shop) {
    for (const one of steps) if (one.check(model)) await one.run(model, shop);
  },
  toString: () => words,
});

export const always = () => true;

/** The one that a number, whatever it is, points at. */
export const pick = <T>(list: readonly T[], number: number) => list[number % list.length]!;
