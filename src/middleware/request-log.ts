import { randomUUID } from 'node:crypto';
import { pinoHttp } from 'pino-http';
import { log } from '../database.js';

/**
 * A line per request, with an id that the error page shows too. Named fields only: an address may hold the key to an
 * order behind its question mark, and headers hold cookies.
 */
export const requestLog = pinoHttp({
  logger: log,
  genReqId: () => randomUUID(),
  autoLogging: { ignore: (req) => req.url?.startsWith('/assets') ?? false },
  serializers: {
    req: ({ id, method, url }: { id: string; method: string; url: string }) => ({
      id,
      method,
      path: url.split(/[?&]|%3f/i)[0],
    }),
    res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
  },
});
