import { expect } from 'chai';
import { Life, UNCOMMITTED } from '../support/crashing.js';
import { count, sized } from '../support/figures.js';
import { play, type Story } from './story.js';

const FULL_SIZE = sized(0, 1) === 1;

/** A write that its transaction undoes leaves the world as if death had come before the transaction. */
const lasting = (step: string) => !step.endsWith(UNCOMMITTED);
const every = () => true;

/**
 * Lets the shop die before each lasting step of a story in turn, and start again. The first of the ends is the one without
 * a death, and each must be met. In the small size it dies once.
 */
export const dieAtEveryStep = async (story: Story, ends: readonly string[]) =>
  FULL_SIZE ? dieOfAll(story, ends, lasting) : endHavingDied(story, ends, [someLife()]);

/** The same before every single write; in the small size before each lasting step. */
export const dieAtEveryWrite = (story: Story, ends: readonly string[]) =>
  dieOfAll(story, ends, FULL_SIZE ? every : lasting);

async function dieOfAll(story: Story, ends: readonly string[], counts: (step: string) => boolean) {
  const alive = new Life(Infinity, counts);
  const met = new Set([await play(story, [alive])]);
  expect([...met], 'without a death').to.deep.equal([ends[0]]);
  for (let step = 1; step <= alive.steps.length; step += 1) {
    met.add(await endHavingDied(story, ends, [new Life(step, counts)]));
    count('crash points', 1);
  }
  count('crash outcomes', 1);
  expect([...met], 'ends met').to.have.members([...ends]);
}

/** Lets the shop die twice: before every lasting step, and again before every one of the life that follows. */
export async function dieAtEveryPair(story: Story, end: string) {
  if (!FULL_SIZE) return void (await endHavingDied(story, [end], [someLife(), someLife()]));
  const alive = new Life(Infinity, lasting);
  await play(story, [alive]);
  for (let first = 1; first <= alive.steps.length; first += 1) {
    const second = new Life(Infinity, lasting);
    await endHavingDied(story, [end], [new Life(first, lasting), second]);
    for (let again = 1; again <= second.steps.length; again += 1) {
      await endHavingDied(story, [end], [new Life(first, lasting), new Life(again, lasting)]);
      count('crash pairs', 1);
    }
  }
}

/** Says of whatever is wrong then, before which steps the shop had died. */
async function endHavingDied(story: Story, ends: readonly string[], lives: Life[]): Promise<string> {
  try {
    const end = await play(story, lives);
    expect(ends).to.include(end);
    return end;
  } catch (error) {
    const deaths = lives
      .filter(({ isOver }) => isOver)
      .map(({ steps }) => `${steps.length} (${steps.at(-1)})`);
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(`Having died before step ${deaths.join(' and then ')}: ${message}`, { cause: error });
  }
}

let rotation = 0;
const GOLDEN = 0.618;
/** So many lasting steps has every story but the shortest. */
const FIRST_STEPS = 12;

/** Dies of another of the first steps than the one before. */
function someLife() {
  rotation = (rotation + GOLDEN) % 1;
  return new Life(1 + Math.floor(rotation * FIRST_STEPS), lasting);
}
