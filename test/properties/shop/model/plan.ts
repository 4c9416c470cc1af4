/** A plan on the model's shelf. It imports nothing of the shop: it is the second opinion. */
export class Plan {
  shelf: 'on' | 'sold out' | 'off' = 'on';
  /** What the wholesalers do who can deliver it, the first asked first. */
  readonly sells: boolean[];
  /** What will befall the next purchase at the first of them. */
  trouble: Trouble | null = null;

  constructor(
    readonly name: string,
    public price: number,
    public stock: number,
    wholesalers: number,
  ) {
    this.sells = Array.from({ length: wholesalers }, () => true);
  }

  /** Units come and go; with the last the plan leaves the shelf, and with the next it returns, unless it was put away. */
  restock(units: number) {
    this.stock += units;
    if (this.shelf === 'on' && this.stock === 0) this.shelf = 'sold out';
    else if (this.shelf === 'sold out' && this.stock > 0) this.shelf = 'on';
  }

  putAway() {
    this.shelf = 'off';
  }

  putOut() {
    this.shelf = this.stock > 0 ? 'on' : 'sold out';
  }

  deliverable() {
    return this.sells.includes(true);
  }
}

/** How a purchase can end without a clear answer; its eSIM was bought, or was not, or the shop is to come again later. */
export type Trouble = { fault: string; leaves: Doubt };
export type Doubt = 'bought' | 'not bought' | 'asked to wait';
