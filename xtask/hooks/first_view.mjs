// Which functions the first view calls, which arms it reaches, and which texts it asks for: visitors without a past open the
// page, nothing more, and every function and arm tells.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, visitor } from '../../tests/e2e/browser.mjs';
import { serve } from '../../tests/e2e/server.mjs';
import { MARK } from './split.mjs';

const WIDE = { width: 1440, height: 980 };
const NARROW = { width: 390, height: 844 };
/** Both languages in both shapes, of all else either, and other countries' numbers and times on other screens. */
const VISITORS = [
  { locale: 'en-US', viewport: WIDE, colorScheme: 'light', reducedMotion: 'no-preference' },
  { locale: 'ko-KR', viewport: WIDE, colorScheme: 'dark' },
  { locale: 'en-US', viewport: NARROW, colorScheme: 'dark' },
  { locale: 'ko-KR', viewport: NARROW, colorScheme: 'light' },
  { locale: 'en-GB', viewport: { width: 1920, height: 1080 }, colorScheme: 'dark', timezoneId: 'Europe/London' },
  { locale: 'de-DE', viewport: { width: 768, height: 1024 }, deviceScaleFactor: 2, timezoneId: 'Europe/Berlin' },
  { locale: 'fr-FR', viewport: { width: 360, height: 640 }, deviceScaleFactor: 3, timezoneId: 'America/New_York' },
  { locale: 'en-IN', viewport: { width: 1280, height: 720 }, deviceScaleFactor: 1.5, timezoneId: 'Asia/Kolkata' },
];
/** So many of them also come one after the other. */
const ALONE = 4;
/** The page rests when it calls nothing for so long, milliseconds: longer than its slowest timer. */
const REST_MS = 1500;
const MOST_MS = 60_000;

/**
 * Opens the page of `folder` with `program` in place of the file `wasm`; resolves to the numbers of the functions and arms `called` and
 * of the texts `asked` for. `js` is the program's script.
 */
export async function firstView(folder, { wasm, js }, program) {
  const copy = mkdtempSync(join(tmpdir(), 'headroom-'));
  let browser, server;
  try {
    cpSync(folder, copy, { recursive: true });
    writeFileSync(join(copy, wasm), program);
    server = await serve(copy);
    browser = await launch();
    const seen = { called: new Set(), asked: new Set() };
    const note = ({ called, asked }) => {
      for (const number of called) seen.called.add(number);
      for (const number of asked) seen.asked.add(number);
    };
    const opens = (kind) => visit(browser, server.url, js, kind);
    // Then all at once: a browser in a hurry calls its timers and frames in another order.
    for (const kind of VISITORS.slice(0, ALONE)) note(await opens(kind));
    for (const visits of await Promise.all([...VISITORS, ...VISITORS].map(opens))) note(visits);
    return seen;
  } finally {
    await browser?.close();
    await server?.close();
    rmSync(copy, { recursive: true, force: true });
  }
}

async function visit(browser, url, js, kind) {
  const context = await browser.newContext(visitor(kind));
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.addInitScript((name) => {
    const called = (globalThis.called = new Set());
    globalThis.calls = 0;
    const mark = (number) => {
      globalThis.calls += 1;
      called.add(number);
    };
    for (const method of ['instantiate', 'instantiateStreaming']) {
      const plain = WebAssembly[method];
      WebAssembly[method] = (source, imports) =>
        plain.call(WebAssembly, source, { ...imports, [name]: { called: mark } });
    }
  }, MARK);
  await page.goto(url);
  let known = -1;
  let waited = 0;
  for (; waited < MOST_MS; waited += REST_MS) {
    await page.waitForTimeout(REST_MS);
    const now = await page.evaluate(() => globalThis.calls);
    if (now > 0 && now === known) break;
    known = now;
  }
  // Who goes away, or to another tab, has nothing loaded any more.
  await page.evaluate(() => {
    document.dispatchEvent(new Event('visibilitychange'));
    dispatchEvent(new Event('pagehide'));
  });
  const called = await page.evaluate(() => [...globalThis.called]);
  if (errors.length > 0 || called.length === 0 || waited >= MOST_MS) {
    throw new Error(`the first view did not come to rest: ${errors[0] ?? `${called.length} functions called`}`);
  }
  // Of the texts the program itself knows.
  const texts = await page.evaluate(async (js) => [...(await import(js)).asked_texts()], `./${js}`);
  await context.close();
  return { called, asked: texts.flatMap((isAsked, number) => (isAsked ? [number] : [])) };
}
