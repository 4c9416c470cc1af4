import { newUuid } from '../../../src/lib/ids.js';
import { attempt, attemptOf, insert, NOW, order, type Broken } from './rows.js';

export const delivery: Broken = ({ delivered, sister, returned, refunded, unknown, waiting, open }) => ({
  'of the attempts of an order one at most is open or succeeded': [
    [...attempt(unknown, 2, { state: 'sent' }), order(unknown, 'retry_count = 1')],
  ],
  'an order counts its attempts from 1 without a gap': [
    [order(delivered, 'retry_count = 5')],
    [attemptOf(delivered, `number = 2, reference = '${delivered.publicId}-02'`)],
  ],
  'an attempt has the reference of its order and number': [
    [attemptOf(delivered, `reference = '${newUuid()}-01'`)],
    [attemptOf(delivered, `reference = '${delivered.publicId}-02'`)],
  ],
  'where two purchases could not be told apart, one is open at a time': [
    [attemptOf(unknown, `serial_key = 'eSIM Card:another'`)],
    [
      `UPDATE fulfilment_attempts SET state = 'unknown', provider = 'eSIM Card',
         provider_product_id = (SELECT provider_product_id FROM fulfilment_attempts WHERE "order" = '${unknown.id}'),
         serial_key = (SELECT serial_key FROM fulfilment_attempts WHERE "order" = '${unknown.id}')
       WHERE "order" = '${waiting.id}'`,
    ],
  ],
  'a completed order was bought once, and its eSIM is the one that was bought': [
    [order(delivered, `provider_order_id = 'another'`)],
    [attemptOf(delivered, `state = 'rejected'`)],
  ],
  'an eSIM that was bought is not left with an order that goes on as if it were not': [
    [attemptOf(unknown, `state = 'succeeded'`), order(unknown, `stock_state = 'consumed'`)],
  ],
  'nothing more is bought for an order that has its eSIM': [
    [...attempt(delivered, 2), order(delivered, 'retry_count = 1')],
  ],
  'an eSIM belongs to one order': [
    [order(sister, `esim_iccid = '${delivered.esimIccid}'`)],
    [order(sister, `esim_activation_code = '${delivered.esimActivationCode}'`)],
    [
      order(sister, `provider_order_id = '${delivered.providerOrderId}'`),
      attemptOf(sister, `provider_order_id = '${delivered.providerOrderId}'`),
    ],
  ],
  'a completed order has its code, its ICCID, the wholesaler’s order and the time': [
    [order(delivered, 'delivered_at = NULL')],
    [order(delivered, 'esim_activation_code = NULL')],
  ],
  'no order has an eSIM that was never delivered': [[order(open, `esim_iccid = '8900000000000000000'`)]],
  'an eSIM comes back only unseen, from an order that is refunded and has it no more': [
    [order(returned, 'revealed_at = created')],
    [order(returned, `esim_activation_code = 'LPA:1$a$b'`)],
  ],
  'an eSIM that came back is with nobody, or with the one whom it was sold to': [
    [
      insert('returned_esims', {
        product: delivered.productId,
        returned_by: refunded.id,
        iccid: delivered.esimIccid,
        activation_code: 'LPA:1$a$b',
        provider_order_id: 'another',
        usable_until: 1,
        updated: NOW,
      }),
    ],
  ],
  'an eSIM goes out again as what was promised before': [
    [`UPDATE returned_esims SET product = '${delivered.productId}'`],
  ],
  'a code that went out by mail counts as seen': [[order(delivered, 'revealed_at = NULL')]],
  'an order keeps the terms on which it was sold': [
    [order(open, `terms = '{}'`)],
    [order(open, `terms = 'null'`)],
  ],
});
