import { count, sized } from '../support/figures.js';
import { openRivals } from '../support/rivals.js';
import { act } from './people.js';
import { expectOneEffect, Market } from './sale.js';
import { SCENES } from './scenes.js';

/** Of all pairs, every so many-th; and how often. */
const STRIDE = sized(29, 1);
const TIMES = sized(1, 3);

describe('A purchase, when everybody turns up at the same moment,', function () {
  this.timeout(sized(120_000, 0));

  before(openRivals);

  for (const { title, begin, everybody } of SCENES) {
    const pairs = everybody.flatMap((one) => everybody.map((other) => [one, other]));

    it(`in twos has one effect: ${title}`, async () => {
      const processes = await openRivals();
      const market = await Market.open(processes);
      for (let run = 0; run < pairs.length * TIMES; run += STRIDE) {
        const people = pairs[run % pairs.length]!;
        const sale = await begin(market);
        await Promise.all(
          people.map((who, number) => act(who, sale, processes[(run + number) % processes.length]!)),
        );
        await expectOneEffect(sale, people.join(' and '));
        count('interleavings', 1);
      }
    });

    it(`all together has one effect: ${title}`, async () => {
      const processes = await openRivals();
      const market = await Market.open(processes);
      for (let run = 0; run < TIMES * TIMES; run += 1) {
        const sale = await begin(market);
        const turned = everybody.map((_, number) => everybody[(number + run) % everybody.length]!);
        await Promise.all(turned.map((who, number) => act(who, sale, processes[number % processes.length]!)));
        await expectOneEffect(sale, turned.join(', '));
        count('interleavings', 1);
      }
    });
  }
});
