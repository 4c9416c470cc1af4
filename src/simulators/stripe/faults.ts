export const FAULTS = [
  'create-500',
  'create-dropped',
  'refund-500',
  'refund-dropped',
  'refund-pending',
  'down',
] as const;
export type Fault = (typeof FAULTS)[number];

/** The SDK repeats a cut connection once by itself, so only two cuts in a row are one failed call. */
const USUAL_TIMES: Record<Fault, number> = {
  'create-500': 1,
  'create-dropped': 2,
  'refund-500': 1,
  'refund-dropped': 2,
  'refund-pending': 1,
  down: Infinity,
};

/** Troubles ordered for the next requests. */
export class Faults {
  private readonly left = new Map<Fault, number>();

  order(fault: Fault, times = USUAL_TIMES[fault]) {
    this.left.set(fault, times);
  }

  lift(fault: Fault) {
    this.left.delete(fault);
  }

  liftAll() {
    this.left.clear();
  }

  /** True if the fault is due; uses one of its times up. */
  strikes(fault: Fault) {
    const left = this.left.get(fault) ?? 0;
    if (left > 1) this.left.set(fault, left - 1);
    else this.left.delete(fault);
    return left > 0;
  }

  pending(): Fault[] {
    return [...this.left.keys()];
  }
}
