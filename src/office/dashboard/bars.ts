import type { Day } from './sales.js';

/** The drawing of a chart, in the units of its viewBox. */
export const CHART = { width: 600, height: 120 } as const;
const GAP = 4;

/** One bar a day, the highest as high as the chart. */
export function bars(days: Day[], what: 'purchases' | 'revenueMinor') {
  const most = Math.max(1, ...days.map((day) => day[what]));
  const step = CHART.width / days.length;
  return days.map((day, index) => {
    const height = Math.round((day[what] / most) * CHART.height);
    return { day, value: day[what], x: index * step, y: CHART.height - height, width: step - GAP, height };
  });
}
