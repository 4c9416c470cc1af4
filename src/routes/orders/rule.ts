import type { Response } from 'express';
import { formatMoment } from '../../lib/dates.js';
import { formatMoney } from '../../lib/money.js';
import { words } from '../../middleware/words.js';
import type { Order } from '../../models/index.js';
import { endOfGivingBack, withdrawalRule } from '../../withdrawal/rule.js';

/** What the page says about giving the eSIM back (`withdrawal.rule.*`), and whether one can; null when there is nothing to say. */
export function ruleFor(order: Order, res: Response) {
  const rule = withdrawalRule(order);
  if (rule === 'nothing') return null;
  const { language } = words(res);
  const moment = (date: Date | null) => date && formatMoment(date, language);
  const values = {
    amount: formatMoney(order.amountMinor, order.currency, language),
    until: order.completedAt && moment(endOfGivingBack(order)),
    returnDays: order.returnDays,
    shown: moment(order.revealedAt),
    at: moment(order.withdrawnAt),
  };
  return { words: rule === 'on_request' ? whyOnRequest(order) : rule, values, open: rule !== 'declared' };
}

function whyOnRequest(order: Order) {
  if (order.codeShown()) return 'on_request';
  return order.status === 'completed' ? 'on_request_late' : 'on_request_pending';
}
