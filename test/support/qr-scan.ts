import type { Locator } from 'playwright-core';
import { readQr, type Modules } from './qr-reader.js';

/** What a phone reads that is held at the screen: from the picture as the browser shows it. */
export async function scan(picture: Locator): Promise<string> {
  const photo = await picture.screenshot();
  // A page of its own, as scripts may be off on the other one.
  const lens = await picture.page().context().browser()!.newPage();
  try {
    return readQr(await lens.evaluate<Modules>(`(${SAMPLE})('${photo.toString('base64')}')`));
  } finally {
    await lens.close();
  }
}

/** Runs in the browser: finds the dark square, takes its module size from the finder in the corner, and samples each module. */
const SAMPLE = `async (png) => {
  const image = new Image();
  image.src = 'data:image/png;base64,' + png;
  await image.decode();
  const { width, height } = image;
  const canvas = new OffscreenCanvas(width, height).getContext('2d');
  canvas.drawImage(image, 0, 0);
  const { data } = canvas.getImageData(0, 0, width, height);
  const isDark = (x, y) => data[(Math.floor(y) * width + Math.floor(x)) * 4] < 128;

  const dark = [];
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) if (isDark(x, y)) dark.push([x, y]);
  const least = (numbers) => numbers.reduce((a, b) => Math.min(a, b));
  const left = least(dark.map(([x]) => x));
  const top = least(dark.map(([, y]) => y));
  const span = 1 - left - least(dark.map(([x]) => -x));
  let finder = 0;
  while (isDark(left + finder, top + 1)) finder += 1;

  const size = 4 * Math.round((span / (finder / 7) - 17) / 4) + 17;
  const places = Array.from({ length: size }, (_, index) => ((index + 0.5) * span) / size);
  return places.map((y) => places.map((x) => isDark(left + x, top + y)));
}`;
