import {
  DataTypes,
  Model,
  type CreationOptional,
  type ForeignKey,
  type InferAttributes,
  type InferCreationAttributes,
} from 'sequelize';
import { sequelize } from '../database.js';
import { flag, id, json, reference, required, text, whole, withDefault } from './columns.js';
import { keepFieldRules } from './field-rules.js';
import { line, oneOf, wholeFrom } from './rules.js';

const STATES = ['waiting', 'applying', 'done'] as const;

/** A price list that staff has uploaded and looks at before it is applied. `seen` is what they were shown, by slug. */
export class PriceListUpload extends Model<
  InferAttributes<PriceListUpload>,
  InferCreationAttributes<PriceListUpload>
> {
  declare id: CreationOptional<string>;
  declare uploadedById: ForeignKey<string>;
  declare fileName: string;
  declare content: string;
  declare setsStock: CreationOptional<boolean>;
  declare allOrNone: CreationOptional<boolean>;
  declare preview: object;
  declare seen: Record<string, string>;
  declare state: CreationOptional<(typeof STATES)[number]>;
  declare plansDone: CreationOptional<number>;
  declare report: CreationOptional<object | null>;
  declare created: CreationOptional<Date>;
  declare updated: CreationOptional<Date>;
}

PriceListUpload.init(
  {
    id: id(),
    uploadedById: required(reference('uploaded_by')),
    fileName: required(text()),
    content: required(text()),
    setsStock: withDefault(flag(), false),
    allOrNone: withDefault(flag(), false),
    preview: required(json()),
    seen: required(json()),
    state: withDefault(text(), 'waiting'),
    plansDone: withDefault(whole(), 0),
    report: json(),
    created: DataTypes.DATE,
    updated: DataTypes.DATE,
  },
  { sequelize, tableName: 'price_list_uploads' },
);

keepFieldRules(PriceListUpload, {
  fileName: line(200, 'errors.plans.list.fileName'),
  state: oneOf(STATES),
  plansDone: wholeFrom(0, 'errors.whole'),
});
