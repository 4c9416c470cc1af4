import { PHONES } from './phones/index.js';
import type { Phone } from './phones/phone.js';
import { typingErrors } from './typing-errors.js';

const MOST = 12;
/** More words than the longest name has. */
const TOO_MANY_WORDS = 10;

/** Said of many phones, and telling none apart. */
const FILLERS = new Set(['galaxy', 'phone', 'smartphone', 'lte']);

const catalogue = PHONES.map((phone) => ({
  phone,
  names: [phone.name, ...phone.aliases].flatMap((name) => [wordsOf(name), wordsOf(`${phone.maker} ${name}`)]),
}));
type Entry = (typeof catalogue)[number];
const VOCABULARY = [...new Set(catalogue.flatMap(({ names }) => names.flat()))];

/**
 * The phone that was meant, when the words name just one, and others that come near, best first. Spaces, capitals and
 * single slips of the finger do not matter: "iphne13 pro" finds the iPhone 13 Pro.
 */
export function findPhones(model: string): { exact: Phone | null; near: Phone[] } {
  const words = wordsOf(model);
  if (words.length === 0 || words.length > TOO_MANY_WORDS) return { exact: null, near: [] };
  const heard = words.map(hear);
  const near = catalogue
    .map((entry) => ({ entry, distance: distance(heard, entry) }))
    .filter((found) => found.distance < Infinity)
    .toSorted((a, b) => a.distance - b.distance || b.entry.phone.year - a.entry.phone.year)
    .slice(0, MOST)
    .map(({ entry }) => entry);
  const exact = near.length === 1 ? near[0] : near.find((entry) => isNamed(words, entry));
  return {
    exact: exact?.phone ?? null,
    near: near.filter((entry) => entry !== exact).map(({ phone }) => phone),
  };
}

/** Small letters, accents gone, numbers apart from letters: "Galaxy S23+ 5G" is galaxy, s, 23, plus. */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('+', ' plus ');
  return plain.replace(/\b[45]g\b/g, ' ').match(/\p{L}+|\p{N}+/gu) ?? [];
}

const isNamed = (words: string[], { names }: Entry) => names.some((name) => telling(name) === telling(words));

const telling = (words: string[]) =>
  [...new Set(words)]
    .filter((word) => !FILLERS.has(word))
    .toSorted()
    .join(' ');

/** The smaller the nearer; Infinity is another phone. */
function distance(words: HeardWord[], { names }: Entry): number {
  return Math.min(...names.map((name) => 10 * slips(words, name) + name.length));
}

function slips(words: HeardWord[], name: string[]): number {
  const sum = words.reduce((soFar, word) => soFar + slipsOfWord(word, name), 0);
  if (sum < Infinity) return sum;
  return name.join('').includes(words.map(({ typed }) => typed).join('')) ? 2 : Infinity;
}

function slipsOfWord({ typed, meanings }: HeardWord, name: string[]): number {
  const fewest = Math.min(...name.map((word) => meanings.get(word) ?? Infinity));
  return FILLERS.has(typed) ? Math.min(fewest, 1) : fewest;
}

interface HeardWord {
  typed: string;
  /** The words of names that may be meant, with how far each is from what was typed. */
  meanings: Map<string, number>;
}

/** Compares with every word of the catalogue once, not with every phone. The last word may be half typed. */
function hear(typed: string, index: number, all: string[]): HeardWord {
  const halfTyped = index === all.length - 1 || typed.length >= 3;
  const near = VOCABULARY.map((word) => [word, nearness(typed, word, halfTyped)] as const);
  return { typed, meanings: new Map(near.filter(([, slipsMade]) => slipsMade < Infinity)) };
}

/** Numbers are right or wrong; a word may have a slip of the finger, a long one two. */
function nearness(typed: string, word: string, halfTyped: boolean): number {
  if (typed === word) return 0;
  if (halfTyped && word.startsWith(typed)) return 1;
  const forgiven = /\p{N}/u.test(typed) || typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2;
  if (Math.abs(typed.length - word.length) > forgiven) return Infinity;
  const made = typingErrors(typed, word);
  return made <= forgiven ? 1 + made : Infinity;
}
