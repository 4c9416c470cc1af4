import type { SendMailOptions } from 'nodemailer';
import { forUpdate, tx } from '../database.js';
import { installLinks } from '../esim/activation.js';
import { qrPng } from '../esim/qr.js';
import { formatMoment } from '../lib/dates.js';
import { translator, type Translate } from '../lib/i18n.js';
import { formatMoney, type Currency } from '../lib/money.js';
import { fromRoot } from '../lib/root.js';
import { ContactRequest, Order, OrderLink, Purchase, Refund, type EmailLog } from '../models/index.js';
import { settings } from '../settings.js';
import { ownersSettings } from '../shop/settings.js';
import { Views } from '../views.js';
import { accessAlert } from './access-alerts.js';
import { accountMail } from './account-mails.js';
import { mayHaveItsCode } from './held-back.js';
import { lookedUp } from './order-lookup.js';
import { reviewInvitation } from './review-invitation.js';
import { reviewRejected } from './review-rejected.js';

const views = new Views(fromRoot('views', 'mail'));
const QR = 'esim-qr';

/**
 * Subject, text, HTML and attachments of a mail, made from the database at the moment of sending; null when there is
 * nobody that it could be for.
 */
export async function compose(mail: EmailLog): Promise<SendMailOptions | null> {
  const { supportEmail } = await ownersSettings();
  const content = await contentOf(mail);
  return content && { ...content, ...(supportEmail && { replyTo: { name: '', address: supportEmail } }) };
}

function contentOf(mail: EmailLog): Promise<SendMailOptions | null> {
  if (mail.contactRequestId) return aboutRequest(mail);
  if (mail.kind === 'order_lookup') return aboutOrders(mail);
  if (mail.kind === 'access_alert') return aboutAccess(mail);
  if (mail.kind === 'review_invitation') return aboutReview(mail);
  if (mail.kind === 'review_rejected') return aboutRejection(mail);
  return mail.orderId || mail.purchaseId ? aboutPurchase(mail) : aboutAccount(mail);
}

async function aboutPurchase(mail: EmailLog): Promise<SendMailOptions | null> {
  const t = translator(mail.language);
  const money = (minor: number, currency: Currency) => formatMoney(minor, currency, mail.language);
  const cause = mail.orderId ? await orderValues(mail) : await purchaseValues(mail.purchaseId!);
  const template = 'order' in cause ? templateFor(mail, cause.order) : mail.kind;
  if (!template) return null;
  const values = {
    ...cause,
    t,
    money,
    language: mail.language,
    amount: money(cause.amountMinor, cause.currency),
    shopUrl: settings.publicUrl,
    footer: await footer(t, 'footer'),
    qrCid: `cid:${QR}`,
  };
  const code = template === 'esim_ready' && 'order' in cause ? cause.order.esimActivationCode : null;
  return {
    subject: t(`mail.${template}.subject`, { name: values.name, amount: values.amount }),
    text: views.render(`${template}.text`, values),
    html: views.render('_layout', { ...values, body: views.render(`${template}.html`, values) }),
    attachments: code
      ? [{ filename: 'esim-qr.png', content: await qrPng(code), cid: QR, contentType: 'image/png' }]
      : [],
  };
}

/** A code that is kept behind the order's link never goes into a mail; one that may not leave now is not announced. */
function templateFor({ kind }: EmailLog, order: Order): string | null {
  if (kind !== 'esim_ready') return kind;
  if (!mayHaveItsCode(order)) return null;
  return order.codeDelivery === 'mail' ? kind : 'esim_kept';
}

async function aboutRequest({ kind, contactRequestId, language }: EmailLog): Promise<SendMailOptions> {
  const request = await ContactRequest.findByPk(contactRequestId!, { rejectOnEmpty: true });
  const t = translator(language);
  const values = {
    t,
    kind,
    request,
    topic: t(`contact.topics.${request.topic}`),
    language,
    shopUrl: settings.publicUrl,
    footer: await footer(t, 'contactFooter'),
  };
  return {
    subject: t(`mail.${kind}.subject`),
    text: views.render(`${kind}.text`, values),
    html: views.render('_layout', { ...values, body: views.render(`${kind}.html`, values) }),
  };
}

async function aboutReview(mail: EmailLog): Promise<SendMailOptions | null> {
  const said = await reviewInvitation(mail);
  if (!said) return null;
  const t = translator(mail.language);
  const values = {
    ...said,
    t,
    kind: mail.kind,
    language: mail.language,
    shopUrl: settings.publicUrl,
    footer: await footer(t, 'reviewFooter'),
  };
  return {
    subject: t('mail.review_invitation.subject', said),
    text: views.render('_message.text', values),
    html: views.render('_layout', { ...values, body: views.render('_message.html', values) }),
  };
}

async function aboutRejection(mail: EmailLog): Promise<SendMailOptions | null> {
  const said = await reviewRejected(mail);
  if (!said) return null;
  const t = translator(mail.language);
  const values = {
    ...said,
    t,
    language: mail.language,
    shopUrl: settings.publicUrl,
    footer: t('mail.reviewRejectedFooter'),
  };
  return {
    subject: t('mail.review_rejected.subject', said),
    text: views.render('review_rejected.text', values),
    html: views.render('_layout', { ...values, body: views.render('review_rejected.html', values) }),
  };
}

async function aboutAccount(mail: EmailLog): Promise<SendMailOptions | null> {
  const said = await accountMail(mail);
  if (!said) return null;
  const t = translator(said.language);
  const values = {
    t,
    kind: said.words,
    address: said.address,
    link: settings.publicUrl + said.path,
    language: said.language,
    shopUrl: settings.publicUrl,
    footer: await footer(t, 'accountFooter'),
  };
  return {
    subject: t(`mail.${said.words}.subject`),
    text: views.render('_message.text', values),
    html: views.render('_layout', { ...values, body: views.render('_message.html', values) }),
  };
}

async function aboutAccess(mail: EmailLog): Promise<SendMailOptions> {
  const { action, at, ...said } = await accessAlert(mail);
  const t = translator(mail.language);
  const values = {
    t,
    kind: 'access_alert',
    text: t(`mail.access_alert.${action}`, { ...said, at: formatMoment(at, mail.language) }),
    link: `${settings.publicUrl}/admin/audit`,
    language: mail.language,
    shopUrl: settings.publicUrl,
    footer: t('mail.alertFooter'),
  };
  return {
    subject: t('mail.access_alert.subject'),
    text: views.render('access_alert.text', values),
    html: views.render('_layout', { ...values, body: views.render('access_alert.html', values) }),
  };
}

/** Why the mail came, and whom to ask. */
async function footer(t: Translate, why: string) {
  const { supportEmail } = await ownersSettings();
  return [t(`mail.${why}`), supportEmail && t('mail.support', { supportEmail })].filter(Boolean).join(' ');
}

/** Everything that was bought with an address; null when that is nothing. */
async function aboutOrders(mail: EmailLog): Promise<SendMailOptions | null> {
  const found = await lookedUp(mail);
  if (found.length === 0) return null;
  const t = translator(mail.language);
  const values = {
    t,
    found,
    moment: (date: Date) => formatMoment(date, mail.language),
    language: mail.language,
    shopUrl: settings.publicUrl,
    footer: await footer(t, 'lookupFooter'),
  };
  return {
    subject: t('mail.order_lookup.subject'),
    text: views.render('order_lookup.text', values),
    html: views.render('_layout', { ...values, body: views.render('order_lookup.html', values) }),
  };
}

/**
 * Every mail carries a link of its own: only the hash of its token is kept. Whoever corrects the address waits for the
 * link or comes before it, so that no link that still works goes to the wrong one.
 */
async function orderValues(mail: EmailLog) {
  const { order, token } = await tx(async () => {
    const locked = await Order.findByPk(mail.orderId!, { rejectOnEmpty: true, ...forUpdate });
    await mail.reload();
    locked.refund = await Refund.findOne({ where: { orderId: locked.id } });
    return { order: locked, token: await OrderLink.issue(locked.id) };
  });
  return {
    order,
    name: order.terms.name,
    amountMinor: order.amountMinor,
    currency: order.currency,
    link: `${settings.publicUrl}/orders/${order.publicId}?token=${token}`,
    install: order.esimActivationCode ? installLinks(order) : null,
    declared: order.withdrawnAt && {
      at: formatMoment(order.withdrawnAt, mail.language),
      rule: order.refund ? 'at_once' : 'on_request',
    },
  };
}

async function purchaseValues(purchaseId: string) {
  const purchase = await Purchase.findByPk(purchaseId, { rejectOnEmpty: true, include: 'orders' });
  return {
    purchase,
    name: purchase.orders!.map((order) => order.terms.name).join(', '),
    amountMinor: purchase.totalMinor,
    currency: purchase.currency,
    link: settings.publicUrl,
  };
}
