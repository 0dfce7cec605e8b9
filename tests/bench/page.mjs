// Times the release page in Chromium:
//   node tests/bench/page.mjs <a scenario's link, of 7 days>
// Prints `name<tab>value<tab>unit` lines, medians; a figure whose mark or field
// the page lacks is left out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built, dist, launch, settled, started, visitor } from '../e2e/browser.mjs';
import { serve } from '../e2e/server.mjs';

const MARK = 'headroom:first-chart';
const FIELD = 'input[name="load_test.max_rps"]';
const TRACE_FIELD = '#trace-file';
/** In 52 MB: the file's own limit. */
const TRACE_ROWS = 4_000_000;
const VISITS = 15;
const KEYS = 68;
/** The first keys warm the page up. */
const WARM_KEYS = 8;

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const told = (name, values) => values.length && console.log(`${name}\t${median(values)}\tms`);

/** An empty window with nothing in its caches, of a browser at rest: opening it keeps it busy for a while. */
async function window(browser) {
  const context = await browser.newContext({ ...visitor(), serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.waitForTimeout(1000);
  return { context, page };
}

/** Milliseconds from navigation until the page has drawn its first chart. */
async function firstChart(page) {
  for (let waited = 0; waited < 5; waited += 1) {
    // Whoever asks a page at work puts a script of his own in its way.
    await page.waitForTimeout(1000);
    const time = await page.evaluate((name) => performance.getEntriesByName(name)[0]?.startTime, MARK);
    if (time !== undefined) return time;
  }
  return undefined;
}

async function navigation(browser, url, visits) {
  const times = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const { context, page } = await window(browser);
    await page.goto(url);
    const time = await firstChart(page);
    await context.close();
    if (time === undefined) return [];
    times.push(time);
  }
  return times;
}

/**
 * Script time, in ms, that each key typed into the field causes: until its
 * pixels are drawn, and until the page rests after whatever it put off.
 */
async function typing(browser, url) {
  const pixels = [];
  const rest = [];
  const { context, page } = await window(browser);
  await page.goto(url);
  await started(page);
  await firstChart(page);
  const field = page.locator(FIELD).first();
  if ((await field.count()) === 0) return { pixels, rest };
  await field.evaluate((input) => {
    for (let e = input.closest('details'); e; e = e.parentElement.closest('details')) e.open = true;
  });
  await field.focus();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const scriptMs = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
  };
  await page.keyboard.press('End');
  for (let key = 0; key < KEYS; key += 1) {
    const before = await scriptMs();
    await page.keyboard.press(key % 2 === 0 ? '1' : 'Backspace');
    await settled(page);
    const drawn = await scriptMs();
    await page.waitForTimeout(250);
    if (key < WARM_KEYS) continue;
    pixels.push(drawn - before);
    rest.push((await scriptMs()) - before);
  }
  await context.close();
  return { pixels, rest };
}

/** A file of recorded traffic, as large as one may be, for as long as `use` takes. */
async function withTrace(use) {
  const folder = mkdtempSync(join(tmpdir(), 'headroom-'));
  try {
    const file = join(folder, 'trace.csv');
    const rows = Array.from({ length: TRACE_ROWS }, (_, i) => `${1_700_000_000 + i},${i % 10}`);
    writeFileSync(file, rows.join('\n'));
    return await use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Milliseconds from choosing a file of recorded traffic until it is read; fresh pages. */
async function trace(browser, url, file) {
  const times = [];
  for (let visit = 0; visit < 3; visit += 1) {
    const { context, page } = await window(browser);
    await page.goto(url);
    await firstChart(page);
    await page.getByRole('button', { name: 'Use a trace…' }).click();
    await page.locator(TRACE_FIELD).waitFor({ state: 'attached' });
    await page.evaluate((field) => {
      document.querySelector(field).addEventListener('change', () => performance.mark('chosen'), true);
      const read = () => document.querySelector('.found') && performance.mark('read');
      new MutationObserver(read).observe(document.body, { childList: true, subtree: true });
    }, TRACE_FIELD);
    await page.locator(TRACE_FIELD).setInputFiles(file);
    await page.locator('.found').waitFor({ timeout: 60_000 });
    times.push(await page.evaluate(() => performance.measure('trace', 'chosen', 'read').duration));
    await context.close();
  }
  return times;
}

built();
const server = await serve(dist, { compress: true });
const browser = await launch();
try {
  // Compresses every file once, and starts what the browser starts once.
  await navigation(browser, server.url, 2);
  told('page/first_chart', await navigation(browser, server.url, VISITS));
  const { pixels, rest } = await typing(browser, `${server.url}#${process.argv[2] ?? ''}`);
  told('page/typing', pixels);
  told('page/typing_rest', rest);
  told('page/trace', await withTrace((file) => trace(browser, server.url, file)));
} finally {
  await browser.close();
  await server.close();
}
