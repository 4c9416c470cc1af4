import fc from 'fast-check';
import { sized } from './figures.js';

/** The same input in every run, so that what is red stays red; the proof draws new input each time. */
const SEED = Number(process.env.PROPERTY_SEED ?? sized(20_261_122, Date.now() % 2 ** 31));

/**
 * Tries a property on this much generated input; what breaks it is shrunk, and shown with its seed. Parts of one property
 * get different input.
 */
export function holds<Input>(runs: number, property: fc.IProperty<Input>, part?: number): void;
export function holds<Input>(runs: number, property: fc.IAsyncProperty<Input>, part?: number): Promise<void>;
export function holds<Input>(runs: number, property: fc.IRawProperty<Input>, part = 0) {
  return fc.assert(property, { numRuns: runs, seed: SEED + part });
}
