import type { Guard } from './guards.js';

/** See guards.ts. */
export const GUARDS_OF_PRIVACY: Guard[] = [
  {
    guard: 'nobody is erased while something of theirs is under way',
    file: 'src/privacy/erase.ts',
    find: 'if (moving.length > 0) throw new StillMoving(moving);',
    put: 'void StillMoving, moving;',
    spec: ['journeys/erasure-waits.test.ts'],
  },
  {
    guard: 'one transaction erases',
    file: 'src/privacy/erase.ts',
    find: '  await tx(async () => {\n    const user = await User.findOne',
    put: '  await (async (work: () => Promise<void>) => work())(async () => {\n    const user = await User.findOne',
    spec: ['journeys/erasure.test.ts'],
  },
  {
    guard: 'staff are not erased',
    file: 'src/privacy/erase.ts',
    find: "if (user?.isStaff()) throw new ShopError(403, 'errors.staffStays');",
    put: 'void ShopError;',
    spec: ['journeys/erasure.test.ts'],
  },
  {
    guard: 'the last mail takes its address along',
    file: 'src/mail/send.ts',
    find: 'recipient: mail.recipientToKeep(),\n    });',
    put: '});',
    spec: ['journeys/erasure.test.ts'],
  },
  {
    guard: 'no mail is sent to nobody',
    file: 'src/mail/send.ts',
    find: 'if (isNobody(mail.recipient)) {',
    put: "if (isNobody('')) {",
    spec: ['journeys/erasure-waits.test.ts'],
  },
  {
    guard: 'one’s own data for the password alone',
    file: 'src/routes/account/privacy.ts',
    find: 'if (wrong) return showPage(req, res.status(422), wrong);',
    put: 'void wrong;',
    spec: ['journeys/own-data.test.ts'],
  },
  {
    guard: 'the code of an eSIM stands in the file only where the account may see it',
    file: 'src/privacy/own-data/purchases.ts',
    find: "order.status === 'completed' && order.userId === user.id",
    put: "order.status === 'completed' && user.id !== ''",
    spec: ['journeys/own-data.test.ts'],
  },
  {
    guard: 'nothing that is under way is forgotten',
    file: 'src/operations/retention/purchases.ts',
    find: 'AND NOT (${IS_MOVING}) ORDER BY',
    put: "AND '${IS_MOVING.length}' <> '' ORDER BY",
    spec: ['operations/retention.test.ts'],
  },
];
