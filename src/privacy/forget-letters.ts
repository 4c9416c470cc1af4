import { Op, literal, type WhereOptions } from 'sequelize';
import { sequelize } from '../database.js';
import { ContactRequest, EmailLog } from '../models/index.js';
import { ERASED_WORDS, NOBODY } from '../models/nobody.js';
import { ordersOf, within, type Person } from './person.js';

/** What somebody asked us, and whom we wrote to. Mails about orders are forgotten with these. Inside the caller's transaction. */
export async function forgetLetters(person: Person) {
  const { email, formerEmails, userId } = person;
  const emails = [email, ...formerEmails];
  const ofAccount = userId ? [{ userId }] : [];
  const requests = await ContactRequest.findAll({
    where: { [Op.or]: [{ email: emails }, { orderId: within(ordersOf(person)) }, ...ofAccount] },
    attributes: ['id'],
  });
  const contactRequestId = requests.map(({ id }) => id);
  for (const which of [{ recipient: emails }, { contactRequestId }, ...ofAccount])
    // The last mail to somebody who was erased before needs its address, and forgets it by itself.
    await EmailLog.update(
      { recipient: NOBODY, errorMessage: null },
      { where: { ...which, kind: { [Op.ne]: 'account_erased' } } },
    );
  await forgetRequests({ id: contactRequestId });
}

/** Takes sender and words out of requests, our answers too; what is still open is closed, as no answer could arrive. */
export async function forgetRequests(which: WhereOptions<ContactRequest>) {
  await ContactRequest.update({ state: 'closed' }, { where: { [Op.and]: [which, { state: 'open' }] } });
  await ContactRequest.update(
    {
      email: NOBODY,
      userId: null,
      orderNumber: null,
      device: null,
      message: ERASED_WORDS,
      answer: answerIfAny(),
    },
    { where: which },
  );
}

const answerIfAny = () =>
  literal(`CASE WHEN answer IS NULL THEN NULL ELSE ${sequelize.escape(ERASED_WORDS)} END`);
