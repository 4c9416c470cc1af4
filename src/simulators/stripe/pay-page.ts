import { GOOD_CARD, TEST_CARDS } from './cards.js';
import { money } from './currencies.js';
import { document, html, type Html } from '../html.js';
import type { LineItem, Session } from './objects.js';
import { PAYMENT_SIMULATOR } from './other-pages.js';

/** Where the customer pays. The problem is what went wrong with the last try. */
export function payPage(session: Session, items: LineItem[], problem?: string) {
  const body = html`
    ${PAYMENT_SIMULATOR}
    <main>
      <h1>Pay ${money(session.amount_total, session.currency)}</h1>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`} ${itemTable(session, items)}
      ${methodForms(session)}
      ${session.cancel_url && html`<p><a href="${session.cancel_url}">Back to shop</a></p>`}
    </main>
  `;
  return document('Payment (simulator)', body);
}

function itemTable({ amount_total, currency }: Session, items: LineItem[]) {
  return html`
    <table>
      <tbody>
        ${items.map(
          (item) =>
            html`<tr>
              <td>${item.description}</td>
              <td>× ${item.quantity}</td>
              <td class="amount">${money(item.amount_total, currency)}</td>
            </tr>`,
        )}
      </tbody>
      <tfoot>
        <tr>
          <th colspan="2" scope="row">Total</th>
          <th class="amount" id="total">${money(amount_total, currency)}</th>
        </tr>
      </tfoot>
    </table>
  `;
}

function methodForms(session: Session) {
  if (session.amount_total === 0) return oneButton(session, 'free', 'Complete order');
  const forms: Record<string, (session: Session) => Html> = {
    card: cardForm,
    paypal: () => oneButton(session, 'paypal', 'Pay with PayPal'),
    customer_balance: () => oneButton(session, 'transfer', 'Pay by bank transfer'),
  };
  return session.payment_method_types.map((method) => forms[method]?.(session));
}

function cardForm(session: Session) {
  return html`
    <form method="post" action="/c/pay/${session.id}/card">
      <h2>Card</h2>
      <label>Card number <input name="number" inputmode="numeric" required value="${GOOD_CARD}" /></label>
      <label>Expiry (MM / YY) <input name="expiry" required value="12 / 34" /></label>
      <label>CVC <input name="cvc" inputmode="numeric" required value="123" /></label>
      ${emailField(session)}
      <button>Pay ${money(session.amount_total, session.currency)}</button>
    </form>
    <details>
      <summary>Test cards</summary>
      <ul>
        ${Object.entries(TEST_CARDS).map(([number, outcome]) => html`<li><code>${number}</code> ${outcome}</li>`)}
      </ul>
    </details>
  `;
}

function oneButton(session: Session, method: string, caption: string) {
  return html`
    <form method="post" action="/c/pay/${session.id}/${method}">
      ${emailField(session)}
      <p><button>${caption}</button></p>
    </form>
  `;
}

function emailField({ customer_details }: Session) {
  if (customer_details?.email) return html`<p>Receipt to ${customer_details.email}</p>`;
  return html`<label>E-mail <input name="email" type="email" required /></label>`;
}
