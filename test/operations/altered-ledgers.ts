import type { Order } from '../../src/models/index.js';
import type { Ledgers } from '../../src/operations/invariants/ledgers.js';
import type { BusyShop } from './busy-shop.js';

type Alterations = Record<string, ((ledgers: Ledgers) => unknown)[]>;

const airalo = ({ wholesalers }: Ledgers) => wholesalers.Airalo;
const soldFor = (ledgers: Ledgers, { esimIccid }: Order) =>
  airalo(ledgers).find(({ iccid }) => iccid === esimIccid)!;
const sessionOf = ({ stripe }: Ledgers, { purchaseId }: Order) =>
  stripe.sessions.find(({ metadata }) => metadata['purchase_id'] === purchaseId)!;
const refundOf = ({ stripe }: Ledgers, { publicId }: Order) =>
  stripe.refunds.find(({ metadata }) => metadata['order_id'] === publicId)!;
const mailTo = ({ mailbox }: Ledgers, { esimActivationCode }: Order) =>
  mailbox.mails.find(({ text }) => text.includes(esimActivationCode!))!;

/** For everything that must agree, what the outside world may say for exactly that to differ. */
export const alteredLedgers = ({ delivered, refunded, waiting }: BusyShop): Alterations => ({
  'every eSIM that a wholesaler sold was asked for, by an attempt of its own': [
    (ledgers) =>
      airalo(ledgers).push({ ...soldFor(ledgers, delivered), iccid: '8900', providerOrderId: '7' }),
    (ledgers) => airalo(ledgers).push({ ...soldFor(ledgers, delivered), reference: 'nobody’s' }),
    (ledgers) =>
      airalo(ledgers).push({ ...soldFor(ledgers, delivered), reference: `${waiting.publicId}-01` }),
    ({ wholesalers }) => wholesalers['eSIM Card'].push({ ...wholesalers['eSIM Card'][0]!, iccid: '8900' }),
  ],
  'every eSIM that an order got is the one that the wholesaler sold for it': [
    (ledgers) => airalo(ledgers).splice(airalo(ledgers).indexOf(soldFor(ledgers, delivered)), 1),
    (ledgers) => (soldFor(ledgers, delivered).lpa = 'LPA:1$smdp.example$ANOTHER'),
    (ledgers) => (soldFor(ledgers, delivered).iccid = '8900'),
    (ledgers) => (soldFor(ledgers, delivered).sku = 'another'),
  ],
  'no purchase is paid that Stripe does not know as paid, to the unit': [
    (ledgers) => (sessionOf(ledgers, delivered).payment_status = 'unpaid'),
    (ledgers) => (sessionOf(ledgers, delivered).amount_total += 1),
    (ledgers) => (sessionOf(ledgers, delivered).currency = 'krw'),
    (ledgers) => (sessionOf(ledgers, delivered).payment_intent = 'pi_another'),
  ],
  'every payment is for a purchase in the books, and no purchase is paid twice': [
    (ledgers) => ledgers.stripe.sessions.push({ ...sessionOf(ledgers, delivered), id: 'cs_twice' }),
    (ledgers) =>
      ledgers.stripe.sessions.push({ ...sessionOf(ledgers, delivered), metadata: { purchase_id: 'nobody' } }),
  ],
  'no more goes back than was paid': [
    (ledgers) => ledgers.stripe.refunds.push({ ...refundOf(ledgers, refunded), metadata: {} }),
  ],
  'every refund that was asked for is in the books, and is made once': [
    (ledgers) =>
      ledgers.stripe.refunds.push({
        payment_intent: delivered.paymentId,
        status: 'succeeded',
        amount: delivered.amountMinor,
        metadata: { order_id: delivered.publicId },
      }),
    (ledgers) => ledgers.stripe.refunds.push({ ...refundOf(ledgers, refunded), amount: 0 }),
  ],
  'nothing is refunded in the books that Stripe did not refund': [
    (ledgers) => (refundOf(ledgers, refunded).amount -= 1),
    ({ stripe }) => stripe.refunds.splice(0),
  ],
  'every mail that was sent has arrived': [
    (ledgers) => ledgers.mailbox.mails.splice(ledgers.mailbox.mails.indexOf(mailTo(ledgers, delivered)), 1),
  ],
  'no mail arrives that is not in the books': [
    ({ mailbox }) => mailbox.mails.push({ messageId: '<forged@example.com>', to: [], text: 'Hello' }),
  ],
  'the code of an eSIM goes to its buyer alone, in mails that are in the books': [
    (ledgers) => (mailTo(ledgers, delivered).to = ['mallory@example.com']),
    (ledgers) => mailTo(ledgers, delivered).to.push('mallory@example.com'),
    ({ mailbox }) => (mailbox.mails.at(-1)!.text += delivered.esimActivationCode),
    ({ mailbox, wholesalers }) => (mailbox.mails.at(-1)!.text += wholesalers['eSIM Card'][0]!.lpa),
  ],
});

/** The same for what must agree once nothing is under way. */
export const unsettledLedgers = ({ delivered, open }: BusyShop): Alterations => ({
  'what was paid is paid in the books, waits for a person, or went back': [
    (ledgers) => {
      const intent = { id: 'pi_new', amount_received: open.amountMinor };
      ledgers.stripe.paymentIntents.push(intent);
      Object.assign(sessionOf(ledgers, open), { payment_status: 'paid', payment_intent: intent.id });
    },
  ],
  'what Stripe refunded is refunded in the books, unless a person must decide': [
    ({ stripe }) =>
      stripe.refunds.push({
        payment_intent: delivered.paymentId,
        status: 'succeeded',
        amount: delivered.amountMinor,
        metadata: {},
      }),
  ],
  'whoever got an eSIM has a mail with its code': [
    (ledgers) => (mailTo(ledgers, delivered).text = 'Your eSIM is ready'),
  ],
});
