import { pino } from 'pino';

/** JSON lines. What may identify a person or open an order never reaches them: paths below are cut out. */
const SECRETS = [
  'email',
  'customerEmail',
  'name',
  'phone',
  'token',
  'lpa',
  'activationCode',
  'iccid',
  'cookie',
  'authorization',
  'password',
];

export const createLog = (level: string) =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '[cut]' },
    serializers: {
      // Sequelize errors carry SQL and parameters: only these three fields pass.
      err: (error: Error) => ({ type: error.name, message: error.message, stack: error.stack }),
    },
  });
