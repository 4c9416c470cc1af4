import { stripe } from './stripe.js';

/** Closes the payment page, so that nobody pays while we let the stock go. Already complete or expired is fine. */
export async function endSession(sessionId: string) {
  const session = await stripe.checkout.sessions.retrieve(sessionId);
  if (session.status === 'open')
    await stripe.checkout.sessions.expire(sessionId).catch(unlessClosedMeanwhile);
}

function unlessClosedMeanwhile(error: unknown) {
  if ((error as { statusCode?: number }).statusCode !== 400) throw error;
}
