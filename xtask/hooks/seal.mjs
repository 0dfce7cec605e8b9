// Names the page's inline scripts by hash in its content security policy, so
// that no other inline script can run. Trunk calls it after every build.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PLACE = "'inline-scripts'";
const file = join(process.env.TRUNK_STAGING_DIR, 'index.html');
const html = readFileSync(file, 'utf8');

const hashes = [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)]
  .filter(([, attributes]) => !/\bsrc=/.test(attributes))
  .map(([, , body]) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`);

if (!html.includes(PLACE)) {
  console.error(`index.html: its Content-Security-Policy must hold ${PLACE} in script-src`);
  process.exit(1);
}
// While it serves, trunk adds a script that reloads the page, other at each
// start; what ships is sealed.
const allowed = process.env.TRUNK_PROFILE === 'release' ? hashes.join(' ') : "'unsafe-inline'";
writeFileSync(file, html.replace(PLACE, allowed));
