import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { big, id, json, reference, required, text, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { oneOf, wholeFrom } from './rules.js';

export const EXPORT_KINDS = ['orders', 'products', 'customers', 'reviews', 'coupons', 'audit'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

const EXPORT_STATES = ['ready', 'running', 'done', 'broken'] as const;

/** A file that an admin asked for: what of, and how far its download is. The file itself is never stored. */
export class Export extends Model<InferAttributes<Export>, InferCreationAttributes<Export>> {
  declare id: CreationOptional<string>;
  declare actorId: ForeignKey<string>;
  declare kind: ExportKind;
  /** As the list of orders was narrowed down. */
  declare filter: CreationOptional<Record<string, string>>;
  declare state: CreationOptional<(typeof EXPORT_STATES)[number]>;
  /** When it was asked for; the download reads what is there by then. */
  declare rowsTotal: number;
  declare rowsDone: CreationOptional<number>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;

  /** Its download may begin, or goes on. */
  moving() {
    return this.state === 'ready' || this.state === 'running';
  }
}

Export.init(
  {
    id: id(),
    actorId: required(reference('actor')),
    kind: required(text()),
    filter: withDefault(json(), {}),
    state: withDefault(text(), 'ready'),
    rowsTotal: required(big()),
    rowsDone: withDefault(big(), 0),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'exports' },
);

keepFieldRules(Export, {
  kind: oneOf(EXPORT_KINDS, 'errors.exports.kind'),
  state: oneOf(EXPORT_STATES, 'errors.oneOf'),
  rowsTotal: wholeFrom(0, 'errors.whole'),
  rowsDone: wholeFrom(0, 'errors.whole'),
});
