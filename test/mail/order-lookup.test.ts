import { expect } from 'chai';
import { newUuid } from '../../src/lib/ids.js';
import { EmailLog, OrderLink } from '../../src/models/index.js';
import { world } from '../support/environment.js';
import { aProduct, aPurchase, anOrder } from '../support/factories.js';
import { tokenIn } from '../support/members.js';
import { aDeliveredOrder, aPaidOrder } from '../support/orders.js';
import { statementsOf } from '../support/statements.js';
import { Visitor, type Page } from '../support/visitor.js';
import { work } from '../support/work.js';

const ALICE = 'alice@example.com';
const BOB = 'bob@example.com';
const LINK = /https?:\/\/\S+(\/orders\/[0-9a-f-]{36}\?token=[\w-]{43})/g;

const ask = (form: Record<string, string> = {}) =>
  new Visitor().post('/orders/lookup', { email: ALICE, order_number: '', ...form });

async function lookedUp() {
  await work();
  return world.mailbox.mails().find(({ subject }) => subject === 'Your orders at NumnaRoad')!;
}

/** The links in the mail that is due. */
const links = async () => [...(await lookedUp()).text.matchAll(LINK)].map(([, path]) => path!);

const seen = ({ status, location, html, headers }: Page) => ({
  status,
  location,
  html,
  shown: ['cache-control', 'set-cookie', 'retry-after', 'referrer-policy'].map((name) => headers.get(name)),
});

describe('The mail with the orders of an address', () => {
  it('finds what was paid, newest first and ten at most, and nothing of others', async () => {
    const plan = await aProduct({ stock: 20 });
    for (let count = 0; count < 11; count += 1) await aDeliveredOrder(plan);
    const newest = await aDeliveredOrder(await aProduct({ name: 'Newest' }));
    await newest.recordRefund('Customer asked');
    await anOrder(await aProduct({ name: 'Never paid' }));
    const ofBob = await aPurchase({ email: BOB, canonicalEmail: BOB });
    await aPaidOrder(await aProduct({ name: 'Of Bob' }), { purchaseId: ofBob.id, customerEmail: BOB });
    await ask();
    const found = await links();
    expect(found).to.have.length(10);
    expect(found[0]).to.contain(newest.publicId);
    expect((await lookedUp()).text).to.not.match(/Never paid|Of Bob/);
    expect(new Set(found.map(tokenIn)).size).to.equal(10);
    const stored = JSON.stringify([await EmailLog.findAll(), await OrderLink.findAll()]);
    for (const path of found) expect(stored).to.not.contain(tokenIn(path));
  });

  it('finds the one order whose number is given', async () => {
    const plan = await aProduct();
    const [first] = [await aDeliveredOrder(plan), await aDeliveredOrder(plan)];
    await ask({ order_number: ` ${first.publicId.toUpperCase()} ` });
    const found = await links();
    expect(found).to.have.length(1);
    expect(found[0]).to.contain(first.publicId);
  });

  it('answers the same for known and unknown addresses, with the same work, and writes to nobody who bought nothing', async () => {
    const order = await aDeliveredOrder();
    const unpaid = await aPurchase({ email: BOB, canonicalEmail: BOB });
    await anOrder(await aProduct(), { purchaseId: unpaid.id, customerEmail: BOB });
    const asked = async (form: Record<string, string>) => {
      let page: Page | undefined;
      const statements = await statementsOf(async () => (page = await ask(form)));
      return { page: seen(page!), statements };
    };
    await ask({ email: 'first@example.com' });
    const known = await asked({ email: ALICE });
    expect(known.statements.length).to.be.above(3);
    for (const form of [
      { email: 'nobody@example.com' },
      { email: BOB },
      { email: 'other@example.com', order_number: order.publicId },
      { email: 'another@example.com', order_number: newUuid() },
    ])
      expect(await asked(form), form.email).to.deep.equal(known);
    await work();
    expect(world.mailbox.mails().map(({ to }) => to.join())).to.deep.equal([ALICE]);
    expect(await EmailLog.count({ where: { kind: 'order_lookup' } })).to.equal(1);
  });
});
