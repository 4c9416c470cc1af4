export const FAULTS = [
  'create-500',
  'create-dropped',
  'refund-500',
  'refund-dropped',
  'refund-pending',
  'down',
] as const;
export type Fault = (typeof FAULTS)[number];

/** How many requests meet a fault when nobody says so. */
export const USUAL_TIMES: Record<Fault, number> = {
  'create-500': 1,
  // The SDK repeats a cut connection once by itself, so only two cuts in a row are one failed call.
  'create-dropped': 2,
  'refund-500': 1,
  'refund-dropped': 2,
  'refund-pending': 1,
  down: Infinity,
};

/** Troubles ordered for the next requests. */
export class Faults<F extends string> {
  private readonly left = new Map<F, number>();

  constructor(private readonly usualTimes: Record<F, number>) {}

  order(fault: F, times = this.usualTimes[fault]) {
    this.left.set(fault, times);
  }

  lift(fault: F) {
    this.left.delete(fault);
  }

  liftAll() {
    this.left.clear();
  }

  /** True if the fault is due; uses one of its times up. */
  strikes(fault: F) {
    const left = this.left.get(fault) ?? 0;
    if (left > 1) this.left.set(fault, left - 1);
    else this.left.delete(fault);
    return left > 0;
  }
}
