/**
 * US dollars as wholesalers write them, a JSON number (4.5) or a string ("13.53"), in cents. Works on the digits, as
 * floats misplace cents (1.005 * 100 = 100.49…); parts of a cent are rounded half up. Null when it is no plain amount.
 */
export function centsOf(amount: unknown): number | null {
  if (typeof amount !== 'number' && typeof amount !== 'string') return null;
  const digits = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(String(amount).trim());
  if (!digits) return null;
  const [, sign, whole = '', fraction = ''] = digits;
  const mills = BigInt(whole + fraction.slice(0, 3).padEnd(3, '0'));
  const cents = Number((mills + 5n) / 10n);
  return sign && cents > 0 ? -cents : cents;
}

/** What a purchase cost. A negative price is none, and no reason to keep an eSIM back. */
export function costOf(amount: unknown): number | null {
  const cents = centsOf(amount);
  return cents !== null && cents >= 0 ? cents : null;
}
