import type { Express } from 'express';

interface Layer {
  rawPath?: string;
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/** Every route of the app as `GET /orders/:order_id`, read from its routers. */
export const routesOf = (app: Express): string[] => [
  ...new Set(collect((app as unknown as { router: { stack: Layer[] } }).router.stack, '')),
];

const collect = (stack: Layer[], mount: string): string[] =>
  stack.flatMap(({ route, handle, rawPath = '' }) => {
    if (!route) return handle.stack ? collect(handle.stack, mount + rawPath.replace(/\/$/, '')) : [];
    const methods = Object.keys(route.methods).map((method) => method.toUpperCase());
    return [route.path]
      .flat()
      .flatMap((path) => methods.map((method) => `${method} ${(mount + path).replace(/(.)\/$/, '$1')}`));
  });
