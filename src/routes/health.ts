import { Router } from 'express';
import { sequelize } from '../database.js';

/** For the platform: is the process up, and can it serve? Says nothing else. */
export const health = Router();

health.get('/healthz', (_req, res) => {
  res.type('text').send('ok');
});

health.get('/readyz', async (_req, res) => {
  try {
    await sequelize.query('SELECT 1');
    res.type('text').send('ok');
  } catch {
    res.status(503).type('text').send('database unavailable');
  }
});
