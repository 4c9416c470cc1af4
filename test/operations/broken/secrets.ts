import { insert, log, event, attemptOf, type Broken } from './rows.js';

export const secrets: Broken = ({ delivered, failed }) => ({
  'no code and no ICCID of an eSIM is written down outside its order': [
    [log(delivered, { message: `Got ${delivered.esimActivationCode}` })],
    [log(delivered, { details: `{"iccid": "${delivered.esimIccid}"}` })],
    [event({ payload: `{"code": "${delivered.esimActivationCode}"}` })],
    [
      insert('audit_logs', {
        action: 'edit',
        entity: 'orders',
        entity_id: delivered.id,
        before: `{"esim_iccid": "${delivered.esimIccid}"}`,
      }),
    ],
    [attemptOf(failed, `error_message = 'LPA:1$smdp.example$SOMEBODYS'`)],
  ],
  'no address of a customer is written into a timeline': [
    [log(delivered, { message: `Mailed to ${delivered.customerEmail}` })],
  ],
  'no token, key or password is written down': [
    [log(delivered, { message: 'See /orders/x?token=abc' })],
    [event({ error_message: 'Wrong key sk_live_51Habc' })],
    [
      insert('audit_logs', {
        action: 'edit',
        entity: 'users',
        entity_id: 'u',
        after: '{"password_hash": "$argon2id$v=19$m=1"}',
      }),
    ],
  ],
});
