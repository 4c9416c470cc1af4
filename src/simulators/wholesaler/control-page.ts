import type { LedgerEntry } from './books.js';
import type { Fault } from './faults.js';
import type { Wholesaler } from './wholesaler.js';

const RECENT = 50;

/** Where a person in the demo sees what was sold and makes the wholesaler fail. */
export function controlPage({ name, books, faults }: Wholesaler, base: string) {
  const ledger = books.ledger();
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(name)} simulator</title></head>
<body>
<h1>${escape(name)} simulator</h1>
<p>Not the real wholesaler: nothing here costs money.</p>
<h2>Balance</h2>
<form method="post" action="${base}/balance">
<label>US cents <input name="minor" type="number" required value="${books.balanceMinor()}"></label>
<button>Set</button>
</form>
<h2>Faults</h2>
<ul>${faults
    .active()
    .map((fault) => faultItem(fault, base))
    .join('')}</ul>
<form method="post" action="${base}/faults">
<label>Fault <select name="fault">${faults.known.map(option).join('')}</select></label>
<label>only for SKU <input name="sku"></label>
<label>times <input name="times" type="number" min="1"></label>
<label>milliseconds <input name="ms" type="number" min="0"></label>
<label>look-ups until delivered <input name="lookUps" type="number" min="0"></label>
<button>Switch on</button>
</form>
<p>An SKU that ends in a fault's name has that fault by itself, for example <code>japan-7days-1gb-sold-out</code>.</p>
<h2>Purchases</h2>
<p>${ledger.length} in all, the latest ${RECENT} here, newest first. <a href="${base}/ledger">All as JSON</a></p>
<table>
<thead><tr><th>Time</th><th>Order</th><th>Reference</th><th>SKU</th><th>ICCID</th><th>Activation code</th><th>US cents</th></tr></thead>
<tbody>${ledger.slice(-RECENT).toReversed().map(purchaseRow).join('')}</tbody>
</table>
</body>
</html>
`;
}

const option = (name: string) => `<option>${escape(name)}</option>`;

function faultItem({ fault, ...limits }: Fault, base: string) {
  const said = Object.entries(limits).flatMap(([key, value]) =>
    value === undefined ? [] : `${key} ${value}`,
  );
  return `<li>${escape([fault, ...said].join(', '))}
<form method="post" action="${base}/faults/removal"><button name="fault" value="${escape(fault)}">Switch off</button></form></li>`;
}

function purchaseRow({ boughtAt, providerOrderId, reference, sku, iccid, lpa, costMinor }: LedgerEntry) {
  const cells = [boughtAt, providerOrderId, reference, sku, iccid, lpa, costMinor];
  return `<tr>${cells.map((cell) => `<td>${escape(String(cell ?? ''))}</td>`).join('')}</tr>`;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
