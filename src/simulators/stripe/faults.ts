export const FAULTS = [
  'create-500',
  'create-dropped',
  'refund-500',
  'refund-dropped',
  'refund-pending',
  'down',
] as const;
export type Fault = (typeof FAULTS)[number];

/** How many requests meet a fault when nobody says so. */
export const USUAL_TIMES: Record<Fault, number> = {
  'create-500': 1,
  // The SDK repeats a cut connection once by itself, so only two cuts in a row are one failed call.
  'create-dropped': 2,
  'refund-500': 1,
  'refund-dropped': 2,
  'refund-pending': 1,
  down: Infinity,
};
