import { once } from 'node:events';
import { createServer } from 'node:net';
import { BuiltProcess } from './built-process.js';
import { builtShop } from './shop-build.js';

/** The shop, and the simulators on the ports above it. */
const PORTS = 7;

/** The shop as somebody starts it who has just unpacked it: no settings but a port and a folder. */
export class ShopProcess extends BuiltProcess {
  /** Resolves when the shop has said where everything is. */
  static async start(dataDir: string, port: number): Promise<ShopProcess> {
    const shop = new ShopProcess(await builtShop(), 'server', { DATA_DIR: dataDir, PORT: String(port) });
    await shop.says('Test card');
    return shop;
  }

  /** What stands behind a name in the list of addresses that was printed. */
  address(name: string): string {
    const printed = new RegExp(`^ *${name}[^\\n]*? {2,}(\\S.*)$`, 'm').exec(this.output)?.[1];
    if (!printed) throw new Error(`No ${name} was printed:\n${this.output}`);
    return printed;
  }

  get url() {
    return this.address('Shop');
  }

  get mailbox() {
    return this.address('Mailbox');
  }

  get wholesalers() {
    return ['Airalo', 'MobiMatter', 'eSIM Card'].map((name) => this.address(name));
  }

  get admin() {
    const [email, password] = this.address('log in as').split(/\s+/);
    return { email: email!, password: password! };
  }
}

/** The first of seven free ports in a row. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 12_000);
    const probes = await Promise.all(Array.from({ length: PORTS }, (_, offset) => isFree(first + offset)));
    if (probes.every(Boolean)) return first;
  }
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port);
    await once(probe, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
