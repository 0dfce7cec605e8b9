// Which functions the first view calls: a visitor without a past opens the page, nothing more, and every function tells.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, visitor } from '../../tests/e2e/browser.mjs';
import { serve } from '../../tests/e2e/server.mjs';
import { MARK } from './split.mjs';

/** A wide and a narrow window, both languages, both colours. */
const VISITORS = [
  { locale: 'en-US', colorScheme: 'light', viewport: { width: 1440, height: 980 }, reducedMotion: 'no-preference' },
  { locale: 'ko-KR', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
];
/** The page rests when it calls nothing for so long, milliseconds: longer than its slowest timer. */
const REST_MS = 1500;
const MOST_MS = 60_000;

/** Opens the page of `folder` with `program` in place of `file`; resolves to the numbers of the functions called. */
export async function firstView(folder, file, program) {
  const copy = mkdtempSync(join(tmpdir(), 'headroom-'));
  let browser, server;
  try {
    cpSync(folder, copy, { recursive: true });
    writeFileSync(join(copy, file), program);
    server = await serve(copy);
    browser = await launch();
    const called = new Set();
    for (const kind of VISITORS) for (const number of await visit(browser, server.url, kind)) called.add(number);
    return called;
  } finally {
    await browser?.close();
    await server?.close();
    rmSync(copy, { recursive: true, force: true });
  }
}

async function visit(browser, url, kind) {
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
  // Who goes away has nothing loaded any more.
  await page.evaluate(() => dispatchEvent(new Event('pagehide')));
  const numbers = await page.evaluate(() => [...globalThis.called]);
  await context.close();
  if (errors.length > 0 || numbers.length === 0 || waited >= MOST_MS) {
    throw new Error(`the first view did not come to rest: ${errors[0] ?? `${numbers.length} functions called`}`);
  }
  return numbers;
}
