// Where the built page and the browser are, and how the browser is started.
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The release site that `cargo xtask build` writes. */
export const dist = resolve(process.env.HEADROOM_DIST ?? join(root, 'dist'));

/** Where pictures of the page go. */
export const screenshots = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'screenshots');

// Quiet, and able to run as root in a container; the GPU is left out so that
// every machine draws the same.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The address bar's list is a page too, and makes each new window busier than the page under test.
  '--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup',
];

function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (!found) throw new Error('no Chromium on PATH: run `cargo xtask setup`, or set CHROMIUM to its program');
  return found;
}

/** Fails in words where the page has not been built. */
export function built() {
  if (existsSync(join(dist, 'index.html'))) return;
  throw new Error(`no page in ${dist}: run \`cargo xtask build\` first`);
}

/** Starts Chromium without a window. */
export function launch(flags = []) {
  return chromium.launch({ executablePath: executable(), args: [...FLAGS, ...flags] });
}

/** What a visitor's browser is like, as playwright's context options. */
export function visitor({
  viewport = { width: 1440, height: 980 },
  colorScheme = 'light',
  locale = 'en-US',
  timezoneId = 'UTC',
  reducedMotion = 'reduce',
  ...more
} = {}) {
  return { viewport, colorScheme, locale, timezoneId, reducedMotion, ...more };
}

/** Waits until the program has put the page in the place of its frame. */
export async function started(page) {
  await page.waitForFunction(() => {
    const form = document.querySelector('form');
    return document.querySelector('main.embed, main.unopened, main.study') !== null || (form !== null && form.childElementCount > 0);
  });
}

/** Waits until two frames in a row have been drawn. */
export async function settled(page) {
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}
