import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/**
 * Loaded before the server itself: the libraries, which are most of a start, are read while the process that will be
 * killed is still working. Not a line of the shop's own has run when this process waits for its turn.
 */
const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
const NOT_LOADED = ['htmx.org', 'tsx', 'typescript'];

const libraries = Object.keys(dependencies).filter((name) => !NOT_LOADED.includes(name));
await Promise.all(libraries.map((name) => import(name)));
console.log('standing by');
await once(process.stdin, 'data');
// The tests are gone: nobody is left to kill it.
process.stdin.once('end', () => process.kill(process.pid, 'SIGKILL')).unref();
