import {
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { forUpdate, sequelize, tx } from '../database.js';
import { OutOfStock, RuleBroken } from '../errors.js';
import { clock } from '../lib/clock.js';
import type { Currency } from '../lib/money.js';
import type { Esim, ProviderName } from '../providers/provider.js';
import { AutomationLog } from './automation-log.js';
import { orderColumns } from './order-columns.js';
import type { OrderStatus, PaymentStatus, StockState } from './order-moves.js';
import { keepOrderRules } from './order-rules.js';
import { Product, type Terms } from './product.js';
import type { PaymentMethod, Purchase } from './purchase.js';
import type { Refund } from './refund.js';
import { ReturnedEsim } from './returned-esim.js';

/** How the code reaches its buyer: in the mail, or shown behind the order's link when asked for. */
export const CODE_DELIVERIES = ['mail', 'link'] as const;
export type CodeDelivery = (typeof CODE_DELIVERIES)[number];

/** What Stripe says of a payment that went through. */
export interface Payment {
  paymentId: string;
  receiptUrl: string | null;
  /** Why nothing may be delivered for it yet, or null. */
  holdReason: string | null;
}

/**
 * One eSIM sold to one person: data-model section 2. A purchase of three eSIMs has three orders.
 * `status` says how far the delivery is, `paymentStatus` where the money is, `stockState` where the unit is.
 */
export class Order extends Model<InferAttributes<Order>, InferCreationAttributes<Order>> {
  declare id: CreationOptional<string>;
  /** The UUID (`order_id`), the only id of an order that the public ever sees. */
  declare publicId: CreationOptional<string>;
  declare userId: ForeignKey<string | null>;
  declare productId: ForeignKey<string>;
  declare purchaseId: ForeignKey<string>;
  declare position: CreationOptional<number>;
  declare status: CreationOptional<OrderStatus>;
  declare paymentStatus: CreationOptional<PaymentStatus>;
  declare paymentMethod: PaymentMethod;
  /** The purchase's id, then the Stripe session's, then the payment intent's, as each becomes known. */
  declare paymentId: string;
  declare paymentReceiptUrl: CreationOptional<string | null>;
  declare priceMinor: number;
  declare discountAmountMinor: CreationOptional<number>;
  /** What was paid for this eSIM: the price less its share of the discount. */
  declare amountMinor: number;
  declare currency: Currency;
  declare couponId: ForeignKey<string | null>;
  declare terms: Terms;
  declare stockState: CreationOptional<StockState>;
  declare codeDelivery: CreationOptional<CodeDelivery>;
  /** For how long it can be given back unseen, as the shop promised when it was sold. */
  declare returnDays: CreationOptional<number>;
  /** When the code went out by mail, or was first shown; null while nobody can have seen it. */
  declare revealedAt: CreationOptional<Date | null>;
  /** When the buyer declared to withdraw from the contract. */
  declare withdrawnAt: CreationOptional<Date | null>;
  declare esimActivationCode: CreationOptional<string | null>;
  declare esimIccid: CreationOptional<string | null>;
  declare esimDetails: CreationOptional<Omit<Esim, 'iccid' | 'lpa'> | null>;
  declare providerOrderId: CreationOptional<string | null>;
  /** Who delivered it, else who was tried last, else whose plan it is: kept by the database alone. */
  declare provider: CreationOptional<ProviderName | null>;
  /** Of the plan, as it was ordered: kept by the database alone. */
  declare country: CreationOptional<string | null>;
  declare customerEmail: string;
  declare customerName: CreationOptional<string | null>;
  declare customerPhone: CreationOptional<string | null>;
  declare deliveredAt: CreationOptional<Date | null>;
  declare emailSentAt: CreationOptional<Date | null>;
  declare errorMessage: CreationOptional<string | null>;
  declare retryCount: CreationOptional<number>;
  /** Why the worker must leave this order alone (a dispute, a refund made elsewhere); null lets it go on. */
  declare holdReason: CreationOptional<string | null>;
  /** Rises with every claim: whoever holds an older one has lost the order. */
  declare fence: CreationOptional<number>;
  declare leaseUntil: CreationOptional<number>;
  declare dueAt: CreationOptional<number>;
  declare ipAddress: CreationOptional<string | null>;
  declare userAgent: CreationOptional<string | null>;
  declare utmSource: CreationOptional<string | null>;
  declare utmMedium: CreationOptional<string | null>;
  declare utmCampaign: CreationOptional<string | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare completedAt: CreationOptional<Date | null>;
  declare product?: NonAttribute<Product>;
  declare purchase?: NonAttribute<Purchase>;
  declare refund?: NonAttribute<Refund | null>;

  /** Nothing more will happen to it by itself. */
  settled() {
    return ['completed', 'refunded'].includes(this.status) || this.paymentStatus === 'failed';
  }

  /** Somebody has seen the code of its eSIM, or can see it at once: from then on it is theirs. */
  codeShown() {
    return this.status === 'completed' && Boolean(this.revealedAt);
  }

  async markPaid(payment: Payment) {
    await this.update({
      paymentStatus: 'paid',
      paymentId: payment.paymentId,
      paymentReceiptUrl: payment.receiptUrl,
      holdReason: payment.holdReason,
    });
  }

  /** The payment will not come: the unit goes back to the shelf. */
  async failPayment(reason: string) {
    await tx(() => this.update({ paymentStatus: 'failed', stockState: 'released', errorMessage: reason }));
  }

  /** Late money for an order whose unit went back: takes one again, or throws OutOfStock. */
  async takeStockAgain() {
    const product = await Product.findByPk(this.productId, { rejectOnEmpty: true, ...forUpdate });
    if (product.soldOut()) throw new OutOfStock(product.name);
    await this.update({ stockState: 'held' });
  }

  async complete(esim: Esim, providerOrderId: string) {
    const { iccid, lpa, ...details } = esim;
    const now = clock.date();
    await this.update({
      status: 'completed',
      stockState: 'consumed',
      esimIccid: iccid,
      esimActivationCode: lpa,
      esimDetails: details,
      providerOrderId,
      completedAt: now,
      deliveredAt: now,
      errorMessage: null,
      leaseUntil: 0,
    });
  }

  /** Nobody can deliver: the unit goes back to the shelf. */
  async fail(reason: string) {
    if (this.status === 'pending') await this.update({ status: 'processing' });
    await this.update({ status: 'failed', errorMessage: reason, leaseUntil: 0, ...this.unitPutBack() });
  }

  /** Stripe says that the money went back. An eSIM that nobody has seen goes back too, and its unit with it. */
  async recordRefund(reason: string) {
    if (this.status === 'refunded') return;
    await tx(async () => {
      if (this.status === 'pending' || this.status === 'processing') await this.fail(reason);
      const unseen = this.status === 'completed' && !this.codeShown();
      if (unseen) await ReturnedEsim.takeFrom(this);
      const emptied = { esimActivationCode: null, esimIccid: null, esimDetails: null };
      await this.update({
        status: 'refunded',
        paymentStatus: 'refunded',
        ...(unseen && { stockState: 'released', ...emptied }),
      });
    });
  }

  /** Adds a line to the order's timeline. Never put a code, an address or a token into it. */
  async note(step: string, message: string, details: object | null = null, actor = 'shop') {
    await AutomationLog.create({ orderId: this.id, step, message, details, actor });
  }

  private unitPutBack() {
    return this.stockState === 'held' ? ({ stockState: 'released' } as const) : {};
  }
}

Order.init(orderColumns(), { sequelize, tableName: 'orders' });

keepOrderRules(Order);

Product.beforeDestroy('stay when ordered', async ({ id, name }) => {
  if ((await Order.count({ where: { productId: id } })) > 0)
    throw new RuleBroken('errors.product.ordered', { name });
});
