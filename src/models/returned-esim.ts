import { isDeepStrictEqual } from 'node:util';
import {
  DataTypes,
  Model,
  Op,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
  type NonAttribute,
} from 'sequelize';
import { z } from 'zod';
import { forUpdate, onSqlite, sequelize } from '../database.js';
import { IllegalMove, RuleBroken } from '../errors.js';
import { DAY, clock } from '../lib/clock.js';
import type { Esim } from '../providers/provider.js';
import { checkFrozen, neverDeleted } from './books.js';
import { big, id, json, reference, required, text } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import type { Order } from './order.js';

/** Where the operator does not say how long an eSIM can wait to be installed. */
const USABLE_DAYS = 30;
/** Less than this is no time to install it. */
const TIME_TO_INSTALL = 7 * DAY;

/** An eSIM whose buyer withdrew before anybody saw its code. It waits for the next buyer of the same plan on the same terms. */
export class ReturnedEsim extends Model<
  InferAttributes<ReturnedEsim>,
  InferCreationAttributes<ReturnedEsim>
> {
  declare id: CreationOptional<string>;
  declare productId: ForeignKey<string>;
  declare returnedById: ForeignKey<string>;
  declare soldToId: ForeignKey<string | null>;
  declare iccid: string;
  declare activationCode: string;
  declare details: CreationOptional<Omit<Esim, 'iccid' | 'lpa'> | null>;
  declare providerOrderId: string;
  /** Epoch milliseconds. */
  declare usableUntil: number;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
  declare returnedBy?: NonAttribute<Order>;

  /** Puts the eSIM of a completed order aside; throws RuleBroken when its code was revealed. */
  static takeFrom(order: Order): Promise<ReturnedEsim> {
    const days = order.terms.installWithinDays ?? USABLE_DAYS;
    return ReturnedEsim.create({
      productId: order.productId,
      returnedById: order.id,
      soldToId: null,
      iccid: order.esimIccid!,
      activationCode: order.esimActivationCode!,
      details: order.esimDetails,
      providerOrderId: order.providerOrderId!,
      usableUntil: order.completedAt!.getTime() + days * DAY,
    });
  }

  /** Whether one waits for the plan at all: hardly ever is there one, and looking locks nothing. */
  static async isWaitingFor(order: Order): Promise<boolean> {
    return (await ReturnedEsim.count({ where: unsold(order) })) > 0;
  }

  /** The one that has waited longest and is what this order was promised, locked; or null. Inside a transaction. */
  static async waitingFor(order: Order): Promise<ReturnedEsim | null> {
    const waiting = await ReturnedEsim.findAll({
      where: unsold(order),
      order: [['created', 'ASC']],
      ...forUpdate,
      skipLocked: !onSqlite,
    });
    for (const esim of waiting) {
      const { terms } = (await esim.getReturnedBy())!;
      if (isDeepStrictEqual(terms, order.terms)) return esim;
    }
    return null;
  }

  declare getReturnedBy: () => Promise<Order | null>;

  async sellTo(order: Order): Promise<Esim> {
    await this.update({ soldToId: order.id });
    return { ...this.details, iccid: this.iccid, lpa: this.activationCode };
  }
}

const unsold = ({ productId }: Order) => ({
  productId,
  soldToId: null,
  usableUntil: { [Op.gt]: clock.now() + TIME_TO_INSTALL },
});

ReturnedEsim.init(
  {
    id: id(),
    productId: required(reference('product')),
    returnedById: required(reference('returned_by')),
    soldToId: reference('sold_to'),
    iccid: required(text()),
    activationCode: required(text()),
    details: json(),
    providerOrderId: required(text()),
    usableUntil: required(big()),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'returned_esims' },
);

keepFieldRules(ReturnedEsim, { activationCode: z.string().min(1, 'errors.order.noCode') });

ReturnedEsim.beforeCreate('come back unseen', async (esim) => {
  const order = await esim.getReturnedBy();
  const isItsOwn =
    order?.productId === esim.productId &&
    order.esimIccid === esim.iccid &&
    order.esimActivationCode === esim.activationCode;
  if (!isItsOwn || order.status !== 'completed' || order.revealedAt || esim.soldToId)
    throw new RuleBroken('errors.order.revealed');
});

ReturnedEsim.beforeUpdate('be sold once, as it is', (esim) => {
  checkFrozen(esim, ['productId', 'returnedById', 'iccid', 'activationCode', 'usableUntil']);
  if (esim.changed('soldToId') && esim.previous('soldToId'))
    throw new IllegalMove('esim', 'sold', 'sold again');
});

neverDeleted(ReturnedEsim);
