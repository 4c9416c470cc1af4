/** Works through a list with two at once; `lane` is 0 or 1. */
export async function inTwos<T>(list: readonly T[], work: (item: T, lane: number) => Promise<void>) {
  const left = [...list];
  const inLane = async (lane: number) => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await work(item, lane);
  };
  await Promise.all([inLane(0), inLane(1)]);
}
