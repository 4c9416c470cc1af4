import { count, sized } from '../support/figures.js';
import { pausingAt } from '../support/pausing.js';
import { here } from '../support/rivals.js';
import { act } from './people.js';
import { expectOneEffect, Market } from './sale.js';
import { SCENES } from './scenes.js';

/** All steps of everybody with everybody who may come in there; or of two a scene one step each. */
const PEOPLE = sized(2, Infinity);
const FIRST = sized(11, 0);
const MOST = sized(1, Infinity);

describe('A purchase, when somebody comes in between two steps of another,', function () {
  this.timeout(sized(120_000, 0));

  for (const { title, begin, busy, everybody } of SCENES) {
    it(`has one effect: ${title}`, async () => {
      const market = await Market.open([here]);
      for (const [number, work] of busy.slice(0, PEOPLE).entries()) {
        let met = true;
        for (let run = number * FIRST; met && run < number * FIRST + MOST; run += 1) {
          const step = 1 + Math.floor(run / everybody.length);
          const rival = everybody[run % everybody.length]!;
          const sale = await begin(market);
          met = await pausingAt(
            step,
            () => act(work, sale, here),
            () => act(rival, sale, here),
          );
          await expectOneEffect(sale, `${work}, at step ${step} the ${rival}`);
          count('interleavings', met ? 1 : 0);
        }
      }
    });
  }
});
