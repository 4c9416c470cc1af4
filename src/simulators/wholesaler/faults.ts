/** Answers instead of selling: nothing is bought. */
export const REFUSALS = [
  'sold-out',
  'no-balance',
  'maintenance',
  'rate-limited',
  'server-error',
  'unauthorized',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export const FAULTS = [
  ...REFUSALS,
  'timeout-bought',
  'timeout-bought-late',
  'timeout-not-bought',
  'hang-bought',
  'delayed',
  'garbage',
  'server-error-bought',
  'no-code',
  'duplicate-iccid',
  'slow',
  'look-up-down',
  'create-timeout',
] as const;
export type FaultName = (typeof FAULTS)[number];

/** What can befall the very call that buys, the same at every wholesaler; the earlier one wins. */
export const BUYING_FAULTS = [
  'server-error',
  'server-error-bought',
  'timeout-bought',
  'timeout-bought-late',
  'timeout-not-bought',
  'hang-bought',
  'delayed',
  'garbage',
  'no-code',
  'duplicate-iccid',
] as const satisfies readonly FaultName[];

export interface Fault {
  fault: FaultName;
  /** Only for this SKU; otherwise for every one. */
  sku?: string | undefined;
  /** Ends after so many hits; otherwise when switched off. */
  times?: number | undefined;
  /** How long `slow` waits, `delayed` keeps the profile back and `rate-limited` asks to wait. */
  ms?: number | undefined;
  /** How many look-ups a `delayed` profile stays away when no `ms` is given; 2 unless said. */
  lookUps?: number | undefined;
}

/** Which faults are on: those switched on by hand, then the one an SKU's ending names (`japan-7days-1gb-sold-out`). */
export class FaultBoard {
  private switchedOn: Fault[] = [];

  constructor(readonly known: readonly FaultName[]) {}

  switchOn(fault: Fault) {
    if (!this.known.includes(fault.fault)) throw new RangeError(`This wholesaler knows no ${fault.fault}`);
    this.switchedOn = this.switchedOn.filter(
      (other) => other.fault !== fault.fault || other.sku !== fault.sku,
    );
    this.switchedOn.push({ ...fault });
  }

  /** Without a name, all of them. */
  switchOff(name?: FaultName) {
    this.switchedOn = name ? this.switchedOn.filter(({ fault }) => fault !== name) : [];
  }

  active(): readonly Fault[] {
    return this.switchedOn;
  }

  /** The first of the named faults that applies, counted as one hit. */
  take(names: readonly FaultName[], sku?: string): Fault | undefined {
    const fault = this.find(names, sku);
    if (fault?.times !== undefined && --fault.times <= 0) {
      this.switchedOn = this.switchedOn.filter((other) => other !== fault);
    }
    return fault;
  }

  find(names: readonly FaultName[], sku?: string): Fault | undefined {
    const byHand = this.switchedOn.find(
      (fault) => names.includes(fault.fault) && (fault.sku === undefined || fault.sku === sku),
    );
    return byHand ?? this.namedBy(sku, names);
  }

  private namedBy(sku: string | undefined, names: readonly FaultName[]): Fault | undefined {
    const fault = this.known.find((name) => sku?.endsWith(`-${name}`) && names.includes(name));
    return fault && { fault };
  }
}
