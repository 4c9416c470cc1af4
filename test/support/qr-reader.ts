/**
 * Reads a clean QR code as a phone would: versions 1 to 10 with error correction M, nothing corrected. So a picture that
 * carries another code, or a damaged one, is found out without trusting the library that drew it.
 */
export type Modules = boolean[][];

/** By version: the data code words of each block, and where the alignment patterns are. */
const BLOCKS = [
  [16],
  [28],
  [44],
  [32, 32],
  [43, 43],
  [27, 27, 27, 27],
  [31, 31, 31, 31],
  [38, 38, 39, 39],
  [36, 36, 36, 37, 37],
  [43, 43, 43, 43, 44],
];
const ALIGNMENT = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];

const MASKS: ((row: number, column: number) => number)[] = [
  (row, column) => (row + column) % 2,
  (row) => row % 2,
  (_row, column) => column % 3,
  (row, column) => (row + column) % 3,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2,
  (row, column) => ((row * column) % 2) + ((row * column) % 3),
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2,
];

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

export function readQr(modules: Modules): string {
  const version = (modules.length - 17) / 4;
  if (!BLOCKS[version - 1]) throw new Error(`A QR code of ${modules.length} modules cannot be read here`);
  return textOf(new Bits(inOrder(codeWords(modules, version), BLOCKS[version - 1]!)), version);
}

function codeWords(modules: Modules, version: number): number[] {
  const mask = MASKS[maskOf(modules)]!;
  const bits = [...snake(modules.length)]
    .filter(([row, column]) => !isPattern(row, column, version))
    .map(([row, column]) => modules[row]![column] !== (mask(row, column) === 0));
  const words = Array.from({ length: Math.floor(bits.length / 8) }, (_, word) =>
    bits.slice(word * 8, word * 8 + 8),
  );
  return words.map((word) => word.reduce((value, bit) => value * 2 + Number(bit), 0));
}

/** The format stands beside the upper left finder, most significant bit first. */
function maskOf(modules: Modules): number {
  const row = [0, 1, 2, 3, 4, 5, 7, 8].map((column) => modules[8]![column]!);
  const column = [7, 5, 4, 3, 2, 1, 0].map((place) => modules[place]![8]!);
  const format = [...row, ...column].reduce((value, bit) => value * 2 + Number(bit), 0) ^ 0x5412;
  if (format >> 13 !== 0) throw new Error('This QR code has another level of error correction than M');
  return (format >> 10) & 7;
}

/** Two columns at a time from the right, up and down in turns, leaving out the column of the timing pattern. */
function* snake(size: number): Generator<[number, number]> {
  let upwards = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const row = upwards ? size - 1 - step : step;
      yield [row, right];
      yield [row, right - 1];
    }
    upwards = !upwards;
  }
}

function isPattern(row: number, column: number, version: number): boolean {
  const size = version * 4 + 17;
  const inFinder = (row <= 8 && (column <= 8 || column >= size - 8)) || (row >= size - 8 && column <= 8);
  const inVersion = version >= 7 && ((row <= 5 && column >= size - 11) || (column <= 5 && row >= size - 11));
  return inFinder || inVersion || row === 6 || column === 6 || inAlignment(row, column, version);
}

function inAlignment(row: number, column: number, version: number): boolean {
  const places = ALIGNMENT[version - 1]!;
  const last = places.at(-1)!;
  const nearest = (at: number) => places.find((place) => Math.abs(place - at) <= 2);
  const [y, x] = [nearest(row), nearest(column)];
  if (y === undefined || x === undefined) return false;
  return !((y === 6 && (x === 6 || x === last)) || (x === 6 && y === last));
}

/** The blocks are dealt out in turns; their data comes before all error correction. */
function inOrder(words: number[], blocks: number[]): number[] {
  const dealt = blocks.map(() => [] as number[]);
  let next = 0;
  for (let turn = 0; turn < Math.max(...blocks); turn += 1) {
    for (const [block, length] of blocks.entries()) if (turn < length) dealt[block]!.push(words[next++]!);
  }
  return dealt.flat();
}

class Bits {
  private at = 0;
  constructor(private readonly words: number[]) {}

  take(count: number): number {
    let value = 0;
    for (const end = this.at + count; this.at < end; this.at += 1)
      value = value * 2 + ((this.words[this.at >> 3]! >> (7 - (this.at & 7))) & 1);
    return value;
  }

  left() {
    return this.words.length * 8 - this.at;
  }
}

function textOf(bits: Bits, version: number): string {
  const long = version >= 10;
  const bytes: number[] = [];
  while (bits.left() >= 4) {
    const mode = bits.take(4);
    if (mode === 0) break;
    else if (mode === 1) bytes.push(...digits(bits, bits.take(long ? 12 : 10)));
    else if (mode === 2) bytes.push(...characters(bits, bits.take(long ? 11 : 9)));
    else if (mode === 4) bytes.push(...Array.from({ length: bits.take(long ? 16 : 8) }, () => bits.take(8)));
    else throw new Error(`The QR code has a segment of mode ${mode}`);
  }
  return Buffer.from(bytes).toString();
}

function digits(bits: Bits, count: number): Buffer {
  let text = '';
  for (let left = count; left > 0; left -= 3) {
    const length = Math.min(3, left);
    text += String(bits.take(length * 3 + 1)).padStart(length, '0');
  }
  return Buffer.from(text);
}

function characters(bits: Bits, count: number): Buffer {
  let text = '';
  for (let left = count; left > 0; left -= 2) {
    const value = bits.take(left === 1 ? 6 : 11);
    text +=
      left === 1 ? ALPHANUMERIC[value]! : ALPHANUMERIC[Math.floor(value / 45)]! + ALPHANUMERIC[value % 45]!;
  }
  return Buffer.from(text);
}
