import { document, html } from '../html.js';
import type { Mail } from './mail.js';

export function listPage(mails: Mail[]) {
  const body = html`
    <h1>Mailbox</h1>
    <p class="sign" role="note"><strong>Mail simulator.</strong> Nothing here was really sent.</p>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Time</th>
            <th>To</th>
            <th>Subject</th>
          </tr>
        </thead>
        <tbody>
          ${mails.map(row)}
        </tbody>
      </table>
    </div>
    ${mails.length === 0 && html`<p>No mail yet.</p>`}
  `;
  return document('Mailbox (simulator)', body);
}

const row = ({ id, receivedAt, to, subject }: Mail) =>
  html`<tr>
    <td>${receivedAt.slice(0, 19).replace('T', ' ')}</td>
    <td>${to.join(', ')}</td>
    <td><a href="/mails/${id}">${subject || '(no subject)'}</a></td>
  </tr>`;

export function mailPage(mail: Mail) {
  const body = html`
    <p><a href="/">All mails</a></p>
    <h1>${mail.subject || '(no subject)'}</h1>
    <p>From ${mail.from}<br />To ${mail.to.join(', ')}<br />${mail.receivedAt}</p>
    ${mail.html !== null && htmlPart(mail)}
    ${
      mail.text &&
      html`<h2>Text</h2>
        <pre style="white-space: pre-wrap">${mail.text}</pre>`
    }
    ${attachments(mail)}
  `;
  return document(mail.subject, body);
}

/** Links open in a new tab; nothing else in the mail may do anything. */
const htmlPart = ({ id }: Mail) =>
  html`<iframe
    title="HTML part"
    src="/mails/${id}/html"
    sandbox="allow-popups allow-popups-to-escape-sandbox"
  ></iframe>`;

function attachments(mail: Mail) {
  if (mail.attachments.length === 0) return null;
  return html`<h2>Attachments</h2>
    <ul>
      ${mail.attachments.map(
        ({ filename, contentType, size }, index) =>
          html`<li>
            <a href="/mails/${mail.id}/attachments/${index}">${filename}</a> ${contentType}, ${size} bytes
          </li>`,
      )}
    </ul>`;
}
