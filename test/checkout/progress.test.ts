import { expect } from 'chai';
import { PROGRESSES } from '../../src/checkout/progress.js';
import { hasWords } from '../../src/lib/i18n.js';
import { PAYMENT_METHODS } from '../../src/models/purchase.js';

describe('The words of an order', () => {
  it('are there for everything that can become of it, and every way to pay', () => {
    const keys = [
      ...PROGRESSES.flatMap((progress) =>
        ['badge', 'title', 'text'].map((part) => `order.progress.${progress}.${part}`),
      ),
      ...PAYMENT_METHODS.flatMap((method) => [`checkout.method.${method}`, `checkout.methodHint.${method}`]),
      ...['esim_ready', 'order_failed', 'refund_succeeded', 'awaiting_transfer', 'payment_failed'].map(
        (kind) => `mail.${kind}.subject`,
      ),
    ];
    expect(keys.filter((key) => !hasWords(key))).to.deep.equal([]);
  });
});
