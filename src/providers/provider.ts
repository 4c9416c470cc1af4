/**
 * What the shop asks of a wholesaler, in the shop's words. An adapter knows no models: plain data in and out.
 * Wire formats, sources and the recipe for a fourth wholesaler stand in README.md beside this file.
 */
export const PROVIDERS = ['eSIM Card', 'MobiMatter', 'Airalo'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

export const isProvider = (name: string): name is ProviderName =>
  (PROVIDERS as readonly string[]).includes(name);

/** An issued eSIM profile. `lpa` is the whole activation code (GSMA SGP.22 4.1), `LPA:1$<SM-DP+>$<matching id>`. */
export interface Esim {
  iccid: string;
  lpa: string;
  /** Asked for by the phone during installation when present; never part of `lpa`. */
  confirmationCode?: string;
  appleUrl?: string;
  androidUrl?: string;
  apn?: string;
}

export interface BuyRequest {
  /** Ours, unique to this attempt, 40 characters: goes into the provider's reference field where it has one. */
  reference: string;
  /** The provider's own product id. */
  sku: string;
  /**
   * Called as soon as the provider names its order, before anything else is asked of it: the caller stores it durably,
   * and throws when the attempt is no longer open, so that a purchase in two steps is not completed.
   */
  noteProviderOrder: (providerOrderId: string) => Promise<void>;
}

export interface LookUpRequest {
  reference: string;
  sku: string;
  /** Null when the purchase call ended before the provider named its order. */
  providerOrderId: string | null;
  /** When the attempt was committed, epoch milliseconds, before the purchase call. */
  sentAt: number;
  /** Whether another of our orders already holds this ICCID. */
  isTaken: (iccid: string) => Promise<boolean>;
  noteProviderOrder: (providerOrderId: string) => Promise<void>;
}

export type RejectionKind =
  | 'out_of_stock'
  | 'insufficient_balance'
  | 'temporarily_unavailable'
  | 'invalid_product'
  | 'misconfigured'
  | 'refused';

/**
 * How a purchase call ended. Three-valued: only `rejected` means that certainly nothing was bought and the next
 * offer may be tried; `unknown` must be looked up first: a time-out is not a failure.
 */
export type BuyOutcome =
  | { kind: 'bought'; esim: Esim; providerOrderId: string; costMinor: number | null }
  /** Accepted and charged; the profile comes later: look it up by `providerOrderId`. */
  | { kind: 'pending'; providerOrderId: string }
  | { kind: 'rejected'; why: RejectionKind; message: string }
  /** Not executed (rate limit): the same offer may be asked again after this many milliseconds. */
  | { kind: 'retry_later'; afterMs: number; message: string }
  | { kind: 'unknown'; message: string };

/** What a look-up found. `ambiguous` needs a person; `unreachable` says nothing about the purchase. */
export type LookUpOutcome =
  | { kind: 'found'; esim: Esim; providerOrderId: string; costMinor: number | null }
  | { kind: 'pending'; providerOrderId: string | null }
  /** The provider answered and knows no such purchase (yet). */
  | { kind: 'not_found' }
  /** The provider states that nothing was and nothing will be charged: the attempt is over at once. */
  | { kind: 'void'; message: string }
  | { kind: 'ambiguous'; message: string }
  | { kind: 'unreachable'; message: string };

export interface Provider {
  readonly name: ProviderName;
  /**
   * How long after `sentAt` a purchase may still appear, in milliseconds: the client's time-out, the vendor's
   * longest processing time and the lag of its listing together. Only after it does "not found" mean "not bought".
   */
  readonly settleWindowMs: number;
  /**
   * True when the provider stores no reference of ours, so that two open purchases of one SKU could not be told
   * apart: the caller then keeps one open attempt per SKU.
   */
  readonly serialPerSku: boolean;
  /** Buys one eSIM. Never throws and never repeats a call that may have bought. */
  buy(request: BuyRequest): Promise<BuyOutcome>;
  /** Asks whether an earlier `buy` succeeded; safe to repeat. Never throws. */
  lookUp(request: LookUpRequest): Promise<LookUpOutcome>;
  /** Money left with the wholesaler, in USD cents. Throws ProviderError when it cannot be read. */
  balanceMinor(): Promise<number>;
}
