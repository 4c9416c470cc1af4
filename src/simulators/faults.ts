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
