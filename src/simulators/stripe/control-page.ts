import { money } from './currencies.js';
import { document, html } from '../html.js';
import type { Refund, Session } from './objects.js';
import type { StripeSimulator } from './simulator.js';
import { MODES, type WebhookMode } from './webhooks.js';

const SHOWN = 50;

/** What happened so far, with a button for everything that only the outside world can do. */
export function controlPage(sim: StripeSimulator) {
  const { sessions, paymentIntents, refunds } = sim.ledger();
  const awaited = new Set(
    paymentIntents.filter(({ status }) => status === 'requires_action').map(({ id }) => id),
  );
  const body = html`
    <h1>Payment simulator</h1>
    ${webhookPanel(sim)}
    <h2>Sessions</h2>
    ${latest(sessions).map((session) => sessionEntry(session, awaited.has(session.payment_intent ?? '')))}
    <h2>Refunds</h2>
    ${latest(refunds).map(refundEntry)}
    <h2>Events</h2>
    ${eventTable(sim)}
  `;
  return document('Payment simulator', body);
}

const latest = <T>(records: T[]) => records.slice(-SHOWN).toReversed();

const button = (action: string, fields: Record<string, string>, caption: string) => html`
  <form method="post" action="/control/${action}">
    ${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
    <button>${caption}</button>
  </form>
`;

const CAPTIONS: Record<WebhookMode, string> = {
  automatic: 'Send at once',
  held: 'Hold back',
  dropped: 'Lose',
};

function webhookPanel(sim: StripeSimulator) {
  return html`
    <p>
      Webhooks go to <code>${sim.webhookUrl ?? 'nobody yet'}</code>. Now:
      <strong>${CAPTIONS[sim.webhooks]}</strong>.
    </p>
    ${MODES.map((mode) => button('webhooks', { mode }, CAPTIONS[mode]))}
    ${button('deliveries', {}, 'Deliver everything undelivered')}
  `;
}

function sessionEntry(session: Session, isAwaited: boolean) {
  return html`
    <section>
      <p>
        <code>${session.id}</code> ${money(session.amount_total, session.currency)} ${session.status},
        ${session.payment_status} ${session.customer_details?.email}
        ${session.url && html`<a href="${session.url}">Payment page</a>`}
      </p>
      ${session.status === 'open' && button(`sessions/${session.id}/expiry`, {}, 'Let it expire')}
      ${isAwaited && button(`sessions/${session.id}/transfers`, { outcome: 'arrives' }, 'Bank transfer arrives')}
      ${isAwaited && button(`sessions/${session.id}/transfers`, { outcome: 'fails' }, 'Bank transfer fails')}
    </section>
  `;
}

function refundEntry(refund: Refund) {
  return html`
    <section>
      <p><code>${refund.id}</code> ${money(refund.amount, refund.currency)} ${refund.status}</p>
      ${refund.status === 'pending' && settle(refund, 'succeeded', 'Refund succeeds')}
      ${refund.status !== 'failed' && settle(refund, 'failed', 'Refund fails')}
    </section>
  `;
}

const settle = (refund: Refund, status: string, caption: string) =>
  button(`refunds/${refund.id}/settlement`, { status }, caption);

function eventTable(sim: StripeSimulator) {
  return html`<div class="scroll">
    <table>
      ${latest(sim.events()).map(
        ({ id, type, answers }) =>
          html`<tr>
            <td>${type}<br /><code>${id}</code></td>
            <td>${answers.join(', ') || 'not sent'}</td>
            <td>${button(`events/${id}/deliveries`, {}, 'Deliver')}</td>
          </tr>`,
      )}
    </table>
  </div>`;
}
