import { DataTypes, type ModelAttributeColumnOptions as Column } from 'sequelize';
import { newId } from '../lib/ids.js';

/**
 * Column types that every model shares; the tables themselves are written in migrations/.
 * Functions, because Sequelize writes the column's name into the object that it is given.
 */

export const id = (): Column => ({ type: DataTypes.STRING(15), primaryKey: true, defaultValue: newId });

export const text = (): Column => ({ type: DataTypes.TEXT });
export const whole = (): Column => ({ type: DataTypes.INTEGER });
/** Minor units of money, and epoch milliseconds. */
export const big = (): Column => ({ type: DataTypes.BIGINT });
export const flag = (): Column => ({ type: DataTypes.BOOLEAN });
export const moment = (): Column => ({ type: DataTypes.DATE });
export const json = (): Column => ({ type: DataTypes.JSON });
/** A foreign key whose column carries the data model's short name (`user`, `product`, `order` …). */
export const reference = (field: string): Column => ({ type: DataTypes.STRING(15), field });

export const required = (column: Column): Column => ({ ...column, allowNull: false });
export const withDefault = (column: Column, defaultValue: unknown): Column => ({
  ...column,
  allowNull: false,
  defaultValue,
});
