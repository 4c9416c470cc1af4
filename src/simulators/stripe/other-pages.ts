import { money } from './currencies.js';
import { document, html } from '../html.js';
import type { Charge, Session } from './objects.js';

export const PAYMENT_SIMULATOR = html`<p class="sign" role="note">
  <strong>Payment simulator.</strong> This is not Stripe and no money moves. Use a test card only.
</p>`;

export function instructionsPage(session: Session, shopUrl: string) {
  const body = html`
    ${PAYMENT_SIMULATOR}
    <main>
      <h1>Transfer ${money(session.amount_total, session.currency)}</h1>
      <p>Your order goes on as soon as the money has arrived.</p>
      <table>
        <tr>
          <th scope="row">Account</th>
          <td>DE00 0000 0000 0000 0000 00 (simulated)</td>
        </tr>
        <tr>
          <th scope="row">Reference</th>
          <td><code>${session.payment_intent}</code></td>
        </tr>
      </table>
      <p><a href="${shopUrl}">Back to shop</a></p>
    </main>
  `;
  return document('Bank transfer (simulator)', body);
}

export function closedPage(session: Session, shopUrl: string | null) {
  const paid = session.status === 'complete';
  const body = html`
    ${PAYMENT_SIMULATOR}
    <main>
      <h1>${paid ? 'This order is already paid' : 'This payment page has expired'}</h1>
      ${shopUrl && html`<p><a href="${shopUrl}">Back to shop</a></p>`}
    </main>
  `;
  return document('Payment closed (simulator)', body);
}

export function receiptPage(charge: Charge) {
  const refunded = charge.amount_refunded > 0;
  const body = html`
    ${PAYMENT_SIMULATOR}
    <main>
      <h1>Receipt</h1>
      <p>
        Paid ${money(charge.amount, charge.currency)} on ${new Date(charge.created * 1000).toUTCString()}.
      </p>
      ${refunded && html`<p>Refunded ${money(charge.amount_refunded, charge.currency)}.</p>`}
      <p><code>${charge.id}</code></p>
    </main>
  `;
  return document('Receipt (simulator)', body);
}

export function refusedPage(reason: string) {
  return document(
    'Not possible',
    html`${PAYMENT_SIMULATOR}
      <h1>This is not possible</h1>
      <p>${reason}</p>`,
  );
}
