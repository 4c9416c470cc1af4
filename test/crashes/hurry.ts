import QRCode from 'qrcode';
import { stripe } from '../../src/payments/stripe.js';

/**
 * Leaves out what takes long and cannot be died of: the SDK's pauses between its own tries, drawing each QR anew, and the
 * stack that Sequelize reads after every query. The returned function brings it back.
 */
export async function inAHurry(): Promise<() => void> {
  const { toBuffer, toDataURL } = QRCode;
  const { stackTraceLimit } = Error;
  const [buffer, url] = [await toBuffer('LPA:1$smdp.example$ANY'), await toDataURL('LPA:1$smdp.example$ANY')];
  Object.assign(QRCode, {
    toBuffer: async () => buffer,
    toDataURL: async () => url,
  });
  Object.assign(stripe, { getInitialNetworkRetryDelay: () => 0 });
  Error.stackTraceLimit = 0;
  return () => {
    Object.assign(QRCode, { toBuffer, toDataURL });
    Reflect.deleteProperty(stripe, 'getInitialNetworkRetryDelay');
    Error.stackTraceLimit = stackTraceLimit;
  };
}
