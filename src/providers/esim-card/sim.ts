import { z } from 'zod';
import { detail, digits, usableEsim } from '../activation.js';

// eSIM Card reseller API, "my-esims" and "my-esims/{sim}".
export const Sim = z.object({
  id: z.string(),
  iccid: digits,
  status: detail,
  last_bundle: detail,
  qr_code_text: detail,
  smdp_address: detail,
  matching_id: detail,
  universal_link: detail,
  android_universal_link: detail,
  apn: detail,
});
export type Sim = z.infer<typeof Sim>;

const Bundles = z
  .array(z.object({ package_type_id: detail }))
  .nullish()
  .catch(null);

export const SimAnswer = z.object({
  status: z.literal(true),
  data: z.object({
    sim: Sim,
    in_use_packages: Bundles,
    assigned_packages: Bundles,
    completed_packages: Bundles,
  }),
});

export function packageIdsOf({ data }: z.infer<typeof SimAnswer>): string[] {
  const bundles = [data.in_use_packages, data.assigned_packages, data.completed_packages];
  return bundles.flatMap((rows) => rows ?? []).flatMap((row) => row.package_type_id ?? []);
}

export function esimOf(sim: Sim) {
  return usableEsim({
    iccid: sim.iccid,
    lpa: sim.qr_code_text,
    smdp: sim.smdp_address,
    matchingId: sim.matching_id,
    appleUrl: sim.universal_link,
    androidUrl: sim.android_universal_link,
    apn: sim.apn,
  });
}

export const isLost = (sim: Sim) => /^(failed|revoked)$/i.test(sim.status ?? '');
