import { isNobody } from '../../../models/nobody.js';
import type { Books } from '../books.js';
import type { ArrivedMail, Comparisons, Ledgers } from '../ledgers.js';

const CODE = /LPA:1\$[A-Za-z0-9.$-]+/g;

const codesIn = ({ text }: ArrivedMail) => new Set(text.match(CODE));

/** Whom it was for is no longer known when the buyer was erased since. */
const isTo = (address: string | null, { to }: ArrivedMail) =>
  to.join() === address || (address !== null && isNobody(address));

const arrived = ({ mails }: Ledgers['mailbox']) => new Set(mails.map(({ messageId }) => messageId));

/** Sent, and not so long ago that the mailbox has forgotten it. */
const sent = (books: Books, { mailbox }: Ledgers) =>
  books.mails.filter(
    ({ status, sentAt }) => status === 'sent' && new Date(sentAt!).getTime() >= mailbox.keptSince,
  );

export const MAILBOX: Comparisons = {
  'every mail that was sent has arrived': (books, ledgers) => {
    const here = arrived(ledgers.mailbox);
    return sent(books, ledgers)
      .filter(({ messageId }) => !here.has(messageId))
      .map(({ id }) => id);
  },
  'no mail arrives that is not in the books': ({ mails }, { mailbox }) => {
    const known = new Set(mails.map(({ messageId }) => messageId));
    return mailbox.mails.filter(({ messageId }) => !known.has(messageId)).map(({ messageId }) => messageId);
  },
  'the code of an eSIM goes to its buyer alone, in mails that are in the books': ({ mails }, { mailbox }) => {
    const booked = new Map(mails.map((mail) => [mail.messageId, mail]));
    return mailbox.mails
      .filter((mail) => {
        const own = booked.get(mail.messageId);
        return [...codesIn(mail)].some(
          (code) =>
            own?.kind !== 'esim_ready' ||
            own.code !== code ||
            !(isTo(own.address, mail) || isTo(own.formerAddress, mail)),
        );
      })
      .map(({ messageId }) => messageId);
  },
};

export const MAILBOX_SETTLED: Comparisons = {
  'whoever got an eSIM has a mail with its code': (books, ledgers) => {
    const codes = new Set(ledgers.mailbox.mails.flatMap((mail) => [...codesIn(mail)]));
    return sent(books, ledgers)
      .filter(
        ({ kind, delivered, code }) =>
          kind === 'esim_ready' && delivered && code !== null && !codes.has(code),
      )
      .map(({ orderId }) => orderId!);
  },
};
