import { Router } from 'express';
import { wantsFragment } from '../../middleware/page-values.js';
import { inbox } from '../../office/inbox/inbox.js';

/** Everything that needs a person. */
export const adminInbox = Router();

adminInbox.get('/', async (req, res) => {
  const view = wantsFragment(req, res) ? 'admin/inbox/_sections' : 'admin/inbox/show';
  res.render(view, { sections: await inbox(), title: 'Inbox', noindex: true });
});
