import { expect } from 'chai';
import { createApp } from '../../src/app.js';
import type { Page } from '../support/visitor.js';
import { ROLES, setTheScene } from './cast.js';
import type { Scene } from './cast.js';
import { MATRIX, passes } from './matrix.js';
import { routesOf } from './routes.js';

/** Ended the route's own way: the page, a redirect on, or a complaint about the form or the moment. */
const reached = ({ status, location }: Page) =>
  (status < 400 && !location?.startsWith('/login?next=')) || [400, 409, 410, 422, 429].includes(status);

const turnedAway = ({ status, location }: Page) =>
  status === 404 || status === 403 || (status === 303 && location!.startsWith('/login?next='));

describe('The authorisation matrix', () => {
  it('has every route of the shop, and no other', () => {
    expect(routesOf(createApp()).toSorted()).to.deep.equal(Object.keys(MATRIX).toSorted());
  });

  it('lets everybody through who may pass, and nobody else', async function () {
    this.timeout(60_000);
    const scene = await setTheScene();
    const wrong: string[] = [];
    for (const [route, { who }] of Object.entries(MATRIX)) {
      for (const role of ROLES) {
        const page = await visit(scene, route, role);
        const right = passes(who, role) ? reached(page) || isAboutNothing(route, page) : turnedAway(page);
        if (!right) wrong.push(`${role}: ${route} answered ${page.status} ${page.location ?? ''}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  });

  it('shows a guest’s order to the browser that bought it, and to nobody else', async () => {
    const scene = await setTheScene();
    const path = `/orders/${scene.orders['buying guest'].publicId}`;
    for (const role of ROLES) {
      const { status } = await scene.visitors[role].get(path);
      expect(status, role).to.equal(role === 'buying guest' ? 200 : 404);
    }
  });
});

/** The address names a line or a thing that nobody has. */
const isAboutNothing = (route: string, { status }: Page) => route.includes(':id') && status === 404;

function visit(scene: Scene, route: string, role: (typeof ROLES)[number]): Promise<Page> {
  const [method, pattern] = route.split(' ') as [string, string];
  const { at, form } = MATRIX[route]!;
  const path = at?.(scene) ?? pattern;
  const visitor = scene.visitors[role].twin();
  return method === 'GET' ? visitor.get(path) : visitor.post(path, form?.(scene) ?? {});
}
