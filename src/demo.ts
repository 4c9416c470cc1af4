import { seedDemo } from '../seeders/index.js';
import { demoAdmin } from './accounts/demo-admin.js';
import { settings } from './settings.js';
import { startWorld } from './simulators/world.js';

/** Everything that a shop without settings needs to be tried out: an outside world, a catalogue and somebody to log in. */
export async function startDemo() {
  const world = await startWorld(settings);
  await seedDemo();
  const admin = await demoAdmin(settings.dataDir);
  return {
    close: world.close,
    announce: () => {
      const lines: [string, string][] = [
        ['Shop', settings.publicUrl],
        ['Mailbox', world.mailbox],
        ['Back office', `${settings.publicUrl}/admin`],
        ['  log in as', `${admin.email}  ${admin.password}`],
        ...Object.entries(world.addresses),
        ['Test card', '4242 4242 4242 4242 (declined: 4000 0000 0000 0002)'],
      ];
      const width = Math.max(...lines.map(([name]) => name.length));
      console.log(['', ...lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`), ''].join('\n'));
    },
  };
}
