import { expect } from 'chai';
import { EmailLog, User } from '../../src/models/index.js';
import { count, sized } from '../support/figures.js';
import { aMember, PASSWORD } from '../support/members.js';
import { Visitor, type Page } from '../support/visitor.js';
import { work } from '../support/work.js';

const SAMPLES = sized(5, 200);
/** Without the hash for nobody an unknown address is answered with a fifth of the work; a busy machine doubles some. */
const FACTOR = sized(3.5, 1.7);

let asked = 0;
const nobody = () => `nobody${(asked += 1)}@example.com`;
const unconfirmed = async () => (await aMember({ verified: false })).email;

const FORMS = {
  '/login': { password: 'not the password' },
  '/register': { password: PASSWORD, name: '' },
  '/password-reset': {},
  '/verify-email/mail': {},
  '/orders/lookup': {},
};

/** All that somebody can see of an answer, but for the address that was typed. */
function seen({ status, location, html, headers }: Page, email: string) {
  const shown = ['cache-control', 'set-cookie', 'retry-after', 'referrer-policy'].map((name) =>
    headers.get(name),
  );
  return { status, location, html: html.replaceAll(email, ''), shown };
}

/** Milliseconds of processor: unlike the time on the clock, they say little of what else the machine does. */
async function cost(ask: () => Promise<unknown>) {
  const before = process.cpuUsage();
  await ask();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('What a stranger learns of an address', () => {
  for (const [path, form] of Object.entries(FORMS)) {
    it(`is nothing from the answer of ${path}`, async () => {
      const ask = async (email: string) => seen(await new Visitor().post(path, { ...form, email }), email);
      const unknown = await ask(nobody());
      expect(await ask((await aMember()).email)).to.deep.equal(unknown);
      expect(await ask(await unconfirmed())).to.deep.equal(unknown);
    });

    it(`is nothing from the work that ${path} makes`, async () => {
      const costs: Record<'known' | 'unknown' | 'unconfirmed', number[]> = {
        known: [],
        unknown: [],
        unconfirmed: [],
      };
      for (let sample = 0; sample < SAMPLES; sample += 1) {
        const addresses = {
          known: (await aMember()).email,
          unknown: nobody(),
          unconfirmed: await unconfirmed(),
        };
        for (const [who, email] of Object.entries(addresses)) {
          costs[who as keyof typeof costs].push(
            await cost(() => new Visitor().post(path, { ...form, email })),
          );
        }
      }
      count('answers measured for known and unknown addresses', SAMPLES * 3);
      // Whatever else happens only adds: the least says most.
      const least = Object.values(costs).map((each) => Math.min(...each));
      expect(Math.max(...least) / Math.min(...least), least.join(' ')).to.be.lessThan(FACTOR);
    });
  }

  it('is nothing from a log-in with the right password before the address is confirmed', async () => {
    const wrong = await new Visitor().post('/login', { email: 'a@example.com', password: PASSWORD });
    const email = await unconfirmed();
    const right = await new Visitor().post('/login', { email, password: PASSWORD });
    expect(seen(right, email)).to.deep.equal(seen(wrong, 'a@example.com'));
    expect(right.$('.error-summary a').attr('href')).to.equal('/verify-email');
  });

  it('is not kept by us either: a mail that is for nobody leaves the outbox unsent', async () => {
    await new Visitor().post('/password-reset', { email: nobody() });
    await new Visitor().post('/verify-email/mail', { email: nobody() });
    expect(await EmailLog.count()).to.equal(2);
    await work();
    expect(await EmailLog.count()).to.equal(0);
    expect(await User.count()).to.equal(0);
  });
});
