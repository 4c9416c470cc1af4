/** How a plan's data is told: on the page, in its slug, and to the rules. */
export interface DataAllowance {
  title: string;
  inSlug: string;
  dataLimit: string;
  dataMb: number | null;
  feature: string;
  fairUse: string;
}

export function dataAllowance(text: string): DataAllowance {
  const gigabytes = Number(/^\d+/.exec(text)?.[0]);
  if (text.endsWith('/day')) return fastForPartOfTheDay(gigabytes);
  return text === 'Unlimited' ? UNLIMITED : onceAndForAll(gigabytes);
}

const onceAndForAll = (gigabytes: number): DataAllowance => ({
  title: `${gigabytes} GB`,
  inSlug: `${gigabytes}gb`,
  dataLimit: `${gigabytes}GB`,
  dataMb: gigabytes * 1024,
  feature: `${gigabytes} GB for the whole period`,
  fairUse: 'Full speed until the data is used up, then the connection stops.',
});

const fastForPartOfTheDay = (gigabytes: number): DataAllowance => ({
  title: `unlimited, ${gigabytes} GB a day at full speed`,
  inSlug: 'unlimited',
  dataLimit: `Unlimited, ${gigabytes} GB a day at full speed`,
  dataMb: null,
  feature: `${gigabytes} GB per day at full speed, then 1 Mbps until midnight`,
  fairUse: `After ${gigabytes} GB in one day the speed drops to 1 Mbps until midnight, local time.`,
});

const UNLIMITED: DataAllowance = {
  title: 'unlimited, no threshold stated',
  inSlug: 'unlimited',
  dataLimit: 'Unlimited, no threshold stated',
  dataMb: null,
  feature: 'Unlimited, no threshold stated by the operator',
  fairUse: 'The operator names no threshold, but may slow down heavy use to keep the network usable for all.',
};
