import { order, purchase, product, type Broken } from './rows.js';

export const shelf: Broken = ({ delivered, sister, refunded, failed, open }) => ({
  'no plan has less than no stock': [[product(delivered, 'stock = -1')]],
  'nothing is on sale without stock': [[product(delivered, 'stock = 0')]],
  'no plan is kept from sale for a lack of stock that is over': [
    [product(delivered, 'is_active = FALSE, deactivated_by_stock = TRUE')],
  ],
  'an order keeps one unit while it may be delivered, and gives it back exactly when it will not be': [
    [order(open, `stock_state = 'released'`)],
    [order(failed, `stock_state = 'held'`)],
    [order(refunded, `stock_state = 'consumed'`)],
    [order(delivered, `stock_state = 'held'`)],
  ],
  'a rating is the average of the approved reviews': [
    [product(delivered, 'rating_count = rating_count + 1')],
    [product(delivered, 'rating_average = 5')],
    [product(delivered, 'rating_average = NULL')],
  ],
  'a review is written by the buyer of a delivered order of that plan': [
    [`UPDATE reviews SET "order" = '${open.id}'`],
    [
      `UPDATE reviews SET "order" = '${sister.id}'`,
      order(sister, '"user" = NULL'),
      order(delivered, '"user" = NULL'),
      purchase(delivered, '"user" = NULL'),
    ],
  ],
  'a review is as helpful as it has votes': [['UPDATE reviews SET helpful_count = 7']],
});
