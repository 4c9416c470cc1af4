export interface Card {
  number: string;
  expiry: string;
  cvc: string;
}

export interface Decline {
  code: string;
  message: string;
}

export const GOOD_CARD = '4242424242424242';

/** Shown on the payment page; the number decides the outcome. */
export const TEST_CARDS: Record<string, string> = {
  [GOOD_CARD]: 'is accepted',
  '4000000000000002': 'is declined',
  '4000000000009995': 'has too little money',
  '4000000000005126': 'is accepted; a refund succeeds and fails later',
  '4000000000007726': 'is accepted; a refund stays pending and then succeeds',
  '4000000000000259': 'is accepted; the owner disputes the charge',
};

const DECLINES: Record<string, Decline> = {
  '4000000000000002': { code: 'card_declined', message: 'Your card was declined.' },
  '4000000000009995': { code: 'card_declined', message: 'Your card has insufficient funds.' },
};

const NOT_A_TEST_CARD = {
  code: 'card_declined',
  message: 'Your card was declined. Only the test cards listed below work in this simulator.',
};

export function declineOf(number: string): Decline | undefined {
  return TEST_CARDS[number] ? DECLINES[number] : NOT_A_TEST_CARD;
}

export const lastFour = (number: string) => number.slice(-4);

export const isDisputed = (last4: string | undefined) => last4 === '0259';

/** How a refund to this card goes on by itself after it was accepted. */
export function refundFate(last4: string | undefined): {
  now: 'pending' | 'succeeded';
  later?: 'failed' | 'succeeded';
} {
  if (last4 === '5126') return { now: 'succeeded', later: 'failed' };
  if (last4 === '7726') return { now: 'pending', later: 'succeeded' };
  return { now: 'succeeded' };
}

/** What the payment page checks before anything is sent to the bank. */
export function mistakeIn(card: Card, today: Date): string | undefined {
  if (!/^\d{12,19}$/.test(card.number)) return 'Your card number is incomplete.';
  if (!/^\d{3,4}$/.test(card.cvc)) return "Your card's security code is incomplete.";
  const expiry = /^(0[1-9]|1[0-2])\s*\/\s*(?:20)?(\d\d)$/.exec(card.expiry);
  if (!expiry) return "Your card's expiration date is invalid.";
  const firstDayAfter = Date.UTC(2000 + Number(expiry[2]), Number(expiry[1]), 1);
  return firstDayAfter <= today.getTime() ? "Your card's expiration year is in the past." : undefined;
}
