import type { User } from '../models/index.js';
import { atDesk } from '../payments/desk.js';

/** Staff writes into an order's timeline, for colleagues alone. `text` holds no secrets (models/staff-words.ts). Throws NotFound. */
export const noteOrder = (publicId: string, text: string, staff: User) =>
  atDesk(publicId, 'note', staff, async ({ order }) => {
    await order.note('note', text, null, staff.id);
    return { before: {}, after: { note: text } };
  });
