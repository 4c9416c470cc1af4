/**
 * What a coupon takes off, written from the data model alone and as plainly as can be: the check of `src/coupons` against
 * a second opinion. Shares no code with it.
 */
export interface ModelCoupon {
  /** A percentage in hundredths, or a fixed amount. */
  percent: bigint | null;
  fixed: bigint | null;
  currency: string | null;
  least: bigint | null;
  most: bigint | null;
  uses: number;
  limit: number | null;
  plans: string[] | null;
  countries: string[] | null;
  active: boolean;
  from: number;
  until: number | null;
}

export interface ModelLine {
  plan: string;
  countries: string[];
  price: bigint;
  quantity: number;
}

type Answer = { refused: string } | { off: bigint; fits: boolean[] };

/** The reason of the first refusal, or what is taken off the lines that the coupon fits. */
export function couponModel(coupon: ModelCoupon, lines: ModelLine[], currency: string, now: number): Answer {
  if (!coupon.active) return { refused: 'inactive' };
  if (now < coupon.from) return { refused: 'notYetValid' };
  if (coupon.until !== null && now >= coupon.until) return { refused: 'expired' };
  if (coupon.limit !== null && coupon.uses >= coupon.limit) return { refused: 'usedUp' };
  if (coupon.currency !== null && coupon.currency !== currency) return { refused: 'currency' };

  const { plans, countries } = coupon;
  const named = lines.map((line) => plans === null || plans.includes(line.plan));
  if (!named.includes(true)) return { refused: 'products' };
  const fits = lines.map(
    (line, i) => named[i]! && (countries === null || line.countries.some((code) => countries.includes(code))),
  );
  if (!fits.includes(true)) return { refused: 'countries' };

  let worth = 0n;
  for (const [i, { price, quantity }] of lines.entries()) if (fits[i]) worth += price * BigInt(quantity);
  if (coupon.least !== null && worth < coupon.least) return { refused: 'minimum' };

  let off = coupon.percent === null ? coupon.fixed! : (worth * coupon.percent) / 10_000n;
  if (coupon.most !== null && off > coupon.most) off = coupon.most;
  if (off > worth) off = worth;
  return { off, fits };
}

/** What each eSIM's share is: by largest remainder over the eSIMs, the first among equals first. */
export function sharesModel(off: bigint, prices: bigint[]): bigint[] {
  let worth = 0n;
  for (const price of prices) worth += price;
  if (worth === 0n) return prices;
  const shares = prices.map((price) => (off * price) / worth);
  let left = off;
  for (const share of shares) left -= share;
  for (; left > 0n; left -= 1n) {
    let best = 0;
    for (const i of shares.keys()) {
      const rest = off * prices[i]! - shares[i]! * worth;
      if (rest > off * prices[best]! - shares[best]! * worth) best = i;
    }
    shares[best]! += 1n;
  }
  return shares;
}
