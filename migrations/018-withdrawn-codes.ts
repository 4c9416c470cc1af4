import type { Schema } from './dialect.js';

/** Who withdrew gets the money without sending anything back, as nobody has seen the code: nobody sees it any more. */
export async function up(schema: Schema) {
  await schema.refuse(
    'withdrawn_codes_stay_unseen',
    'orders',
    'UPDATE OF revealed_at',
    `NEW.revealed_at IS DISTINCT FROM OLD.revealed_at AND OLD.status = 'completed' AND NEW.withdrawn_at IS NOT NULL
      AND EXISTS (SELECT 1 FROM refunds r WHERE r."order" = NEW.id)`,
    'a code whose order was withdrawn from is not revealed any more',
  );
}
