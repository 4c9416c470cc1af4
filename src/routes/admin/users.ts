import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { ShopError } from '../../errors.js';
import { recentlyConfirmed } from '../../middleware/recently-confirmed.js';
import { adminsOnly } from '../../middleware/staff-only.js';
import { rules } from '../../models/rules.js';
import { ROLES } from '../../models/user.js';
import { endSessionsOf, resetTwoStep } from '../../staff/access.js';
import { changeRole } from '../../staff/change-role.js';
import { inviteAgain, inviteColleague } from '../../staff/invite.js';
import { accountInFull, accountsBeginning, staffMembers } from '../../staff/members.js';
import { checkForm, readForm, typedValues, type FieldErrors } from '../form.js';
import { lettersOf } from './letters.js';
import { cursor } from './logs.js';

/** Who works here, and every account: roles, invitations, sessions, second steps. */
export const adminUsers = Router();

const Page = z.object({ q: lettersOf, after: cursor });
const Role = z.object({ role: z.enum(ROLES, 'errors.oneOf') });
const Invitation = z.object({
  email: rules.email,
  role: z.enum(['support', 'admin'], 'errors.oneOf'),
});

adminUsers.get('/', async (req, res) => {
  const { q, after } = Page.parse(req.query);
  const found = q === '' ? null : await accountsBeginning(q);
  const { members, next } = await staffMembers(after);
  res.render('admin/users/index', { title: 'Staff', q, found, members, next, after, noindex: true });
});

adminUsers.get('/invitation', adminsOnly, recentlyConfirmed, (req, res) => {
  showInvitation(req, res);
});

adminUsers.post('/invitation', adminsOnly, recentlyConfirmed, async (req, res) => {
  const { data: form, errors } = checkForm(Invitation, req.body);
  if (!form) return showInvitation(req, res.status(422), errors);
  try {
    await inviteColleague(form.email, form.role, req.user!);
  } catch (error) {
    if (!(error instanceof ShopError) || error.status !== 422) throw error;
    return showInvitation(req, res.status(422), { email: error.key });
  }
  res.redirect(303, '/admin/users');
});

adminUsers.get('/:id', async (req, res) => {
  await show(req as Request, res, 'show');
});

adminUsers.get('/:id/role', adminsOnly, recentlyConfirmed, async (req, res) => {
  await show(req as Request, res, 'role');
});

adminUsers.post('/:id/role', adminsOnly, recentlyConfirmed, async (req, res) => {
  await change(req as Request, res, 'role', () =>
    changeRole(String(req.params.id), readForm(Role, req.body).role, req.user!),
  );
});

adminUsers.get('/:id/two-step', adminsOnly, recentlyConfirmed, async (req, res) => {
  await show(req as Request, res, 'two_step');
});

adminUsers.post('/:id/two-step', adminsOnly, recentlyConfirmed, async (req, res) => {
  await change(req as Request, res, 'two_step', () => resetTwoStep(String(req.params.id), req.user!));
});

adminUsers.post('/:id/sessions/end', adminsOnly, async (req, res) => {
  await change(req as Request, res, 'show', () => endSessionsOf(String(req.params.id), req.user!));
});

adminUsers.post('/:id/invitation', adminsOnly, async (req, res) => {
  await change(req as Request, res, 'show', () => inviteAgain(String(req.params.id), req.user!));
});

/** Done, it leads to the account; refused, the page says why. */
async function change(req: Request, res: Response, page: string, work: () => Promise<void>) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ShopError) || error.status === 404) throw error;
    return show(req, res.status(error.status), page, error);
  }
  res.redirect(303, `/admin/users/${String(req.params.id)}`);
}

async function show(req: Request, res: Response, page: string, refusal: ShopError | null = null) {
  const found = await accountInFull(String(req.params.id));
  const title = found.account.name ?? found.account.email;
  res.render(`admin/users/${page}`, { ...found, title, roles: ROLES, refusal, noindex: true });
}

function showInvitation(req: Request, res: Response, errors: FieldErrors = {}) {
  const typed = typedValues(req.body, ['email', 'role']);
  res.render('admin/users/invitation', { title: 'Invite a colleague', typed, errors, noindex: true });
}
