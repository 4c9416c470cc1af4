import { forUpdate, isDuplicate, tx } from '../database.js';
import { NotFound } from '../errors.js';
import { hashOf } from '../lib/ids.js';
import { wake } from '../lib/wake.js';
import { queueMail } from '../mail/outbox.js';
import { AuditLog, ContactRequest, type Order, type User } from '../models/index.js';
import type { ContactState, Topic } from '../models/contact-request.js';
import { NEWEST_FIRST, olderThan, pageOf } from '../models/newest-first.js';

const PAGE = 50;

export interface Question {
  /** Of the form, which may be sent twice. */
  formKey: string;
  topic: Topic;
  email: string;
  /** As the sender wrote it. */
  orderNumber: string | null;
  device: string | null;
  message: string;
  language: string;
}

/**
 * Opens a request and mails its sender that it arrived. `order` is given only when the sender may see it. The same words
 * from the same form are one request; new words are a new one, also when somebody went back to write them.
 */
export async function openRequest(question: Question, order: Order | null, user: User | undefined) {
  const { formKey, topic, email, orderNumber, device, message } = question;
  const contents = JSON.stringify([formKey, topic, email, orderNumber, device, message]);
  try {
    await tx(async () => {
      const request = await ContactRequest.create({
        ...question,
        formKey: hashOf(contents),
        orderId: order?.id ?? null,
        userId: user?.id ?? null,
        answeredById: null,
      });
      await order?.note('contact', `The customer wrote to us: ${topic}`, null, 'customer');
      await queueMail({ kind: 'contact_received', request });
    });
  } catch (error) {
    if (!isDuplicate(error, 'contact_requests', 'form_key')) throw error;
  }
  wake();
}

/** A page of requests in one state, newest first; `next` is the cursor of the page after it, or null. */
export async function latestRequests(state: ContactState, before?: string) {
  const rows = await ContactRequest.findAll({
    where: { state, ...olderThan(before) },
    include: 'order',
    order: NEWEST_FIRST,
    limit: PAGE + 1,
  });
  const { page, next } = pageOf(rows, PAGE);
  return { requests: page, next };
}

/** Throws NotFound. */
export const findRequest = (id: string) =>
  ContactRequest.findOne({ where: { id }, include: 'order', rejectOnEmpty: new NotFound() });

/** Mails the answer. Throws IllegalMove when a colleague was faster. */
export async function answerRequest(id: string, answer: string, staff: User) {
  await byStaff(id, 'answer', staff, async (request) => {
    await request.recordAnswer(answer, staff.id);
    await queueMail({ kind: 'contact_answered', request });
  });
  wake();
}

/** For what needs no answer. */
export async function closeRequest(id: string, staff: User) {
  await byStaff(id, 'close', staff, (request) => request.close());
}

/** What staff does to a request is in the books, with what it was before. */
async function byStaff(
  id: string,
  action: 'answer' | 'close',
  staff: User,
  work: (request: ContactRequest) => Promise<void>,
) {
  await tx(async () => {
    const request = await ContactRequest.findOne({
      where: { id },
      ...forUpdate,
      rejectOnEmpty: new NotFound(),
    });
    const before = stateOf(request);
    await work(request);
    await AuditLog.record(staff, action, request, before, stateOf(request));
  });
}

const stateOf = ({ state }: ContactRequest): object => ({ state });
