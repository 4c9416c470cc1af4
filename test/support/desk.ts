/** With its check digit. */
export const ICCID = '8901260852290847011';

/** What a person types of an eSIM that was bought elsewhere. */
export const TYPED = {
  provider: 'MobiMatter',
  provider_order_id: 'MM-PORTAL-1',
  iccid: '8901 2608 5229 0847 011',
  activation_code: ' 1$smdp.example.com$HAND-1\n',
  cost: '2.50',
  reason: 'Bought in their portal after a call',
};
