import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { id, json, reference, required, text, whole, withDefault } from './columns.js';
import { haveNoTwin, keepFieldRules } from './field-rules.js';
import { rules, wholeFrom } from './rules.js';

/** Somebody who buys, with or without an account: one row per canonical e-mail. */
export class Customer extends Model<InferAttributes<Customer>, InferCreationAttributes<Customer>> {
  declare id: CreationOptional<string>;
  declare userId: ForeignKey<string | null>;
  declare email: string;
  declare name: CreationOptional<string | null>;
  declare phone: CreationOptional<string | null>;
  declare totalOrders: CreationOptional<number>;
  /** Minor units by currency: `{ "USD": 1199 }`. */
  declare totalSpent: CreationOptional<Record<string, number>>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

Customer.init(
  {
    id: id(),
    userId: reference('user'),
    email: required(text()),
    name: text(),
    phone: text(),
    totalOrders: withDefault(whole(), 0),
    totalSpent: withDefault(json(), {}),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'customers' },
);

keepFieldRules(Customer, {
  email: rules.canonicalEmail,
  name: rules.personName,
  phone: rules.phone,
  totalOrders: wholeFrom(0, 'errors.whole'),
});
haveNoTwin(Customer, ['email'], 'errors.emailTaken');
