// Times the release page in Chromium, beside the floor of a year in the same browser:
//   node tests/bench/page.mjs <folder of bench.js and bench_bg.wasm> <link of 7 days> <link of a year> [<the page before>]
// Prints the lines that `tell` of turns.mjs makes, medians; a figure whose mark or field the page lacks is left out.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built, dist, launch, settled, started, visitor } from '../e2e/browser.mjs';
import { serve } from '../e2e/server.mjs';
import { median, ratio, scriptClock, wasm } from './turns.mjs';

const MARK = 'headroom:first-chart';
const FIELD = 'input[name="load_test.max_rps"]';
const TRACE_FIELD = '#trace-file';
/** In 52 MB: the file's own limit. */
const TRACE_ROWS = 4_000_000;
const BENCH = '<!doctype html><link rel="icon" href="data:,"><title>bench</title>';
const VISITS = 9;
const KEYS = 48;
/** The first keys warm the page up. */
const WARM_KEYS = 8;
/** Chromium's "Fast 4G". */
const SLOW_LINE = { offline: false, latency: 165, downloadThroughput: 9e6 / 8, uploadThroughput: 1.5e6 / 8 };
/** After a key a page rests, and begins what it puts off until then. */
const REST_MS = 250;
/** Floors beside a key. */
const FLOORS = 3;

/** Prints milliseconds, in floors where there are any, and beside those of the page before. */
function told(name, now, { floors, before } = {}) {
  if (now.length === 0) return;
  const columns = [name, median(now), 'ms', floors ? ratio(now, floors) : ''];
  if (before?.length) columns.push(median(now) / median(before));
  console.log(columns.join('\t'));
}

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

async function navigation(browser, url, visits, line) {
  const times = [];
  for (let visit = 0; visit < visits; visit += 1) {
    const { context, page } = await window(browser);
    if (line) await (await context.newCDPSession(page)).send('Network.emulateNetworkConditions', line);
    await page.goto(url);
    const time = await firstChart(page);
    await context.close();
    if (time === undefined) return [];
    times.push(time);
  }
  return times;
}

/** The page at `url` with the cursor in the field, and its script's clock; nothing where there is no such field. */
async function typist(browser, url) {
  const { context, page } = await window(browser);
  await page.goto(url);
  await started(page);
  await firstChart(page);
  const field = page.locator(FIELD).first();
  if ((await field.count()) === 0) return undefined;
  await field.evaluate((input) => {
    for (let e = input.closest('details'); e; e = e.parentElement.closest('details')) e.open = true;
  });
  await field.focus();
  await page.keyboard.press('End');
  const clock = await scriptClock(page);
  let keys = 0;
  /** Script time, in ms, from a key until its pixels are drawn, and until the page rests after whatever it put off. */
  const key = async () => {
    const before = await clock();
    await page.keyboard.press(keys % 2 === 0 ? '1' : 'Backspace');
    keys += 1;
    await settled(page);
    const pixels = (await clock()) - before;
    await page.waitForTimeout(REST_MS);
    return { pixels, rest: (await clock()) - before };
  };
  return { key, close: () => context.close() };
}

/** Keys typed into the pages at `urls` by turns with the floor of a year. */
async function typing(browser, floor, urls) {
  const typists = [];
  for (const url of urls) typists.push(await typist(browser, url));
  const found = typists.map(() => ({ pixels: [], rest: [] }));
  const floors = [];
  if (typists.includes(undefined)) return { floors, found };
  for (let key = 0; key < KEYS; key += 1) {
    const floorMs = (await floor(FLOORS)) / FLOORS;
    if (key >= WARM_KEYS) floors.push(floorMs);
    for (const [typist, { pixels, rest }] of typists.map((typist, i) => [typist, found[i]])) {
      const took = await typist.key();
      if (key < WARM_KEYS) continue;
      pixels.push(took.pixels);
      rest.push(took.rest);
    }
  }
  for (const { close } of typists) await close();
  return { floors, found };
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
    await page.getByRole('button', { name: 'Use my traffic (CSV)…' }).click();
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
const [bench, week, year, before] = process.argv.slice(2);
const server = await serve(dist, { compress: true });
const servers = [server, ...(before ? [await serve(before, { compress: true })] : [])];
const benchServer = await serve(bench, { pages: { '/': BENCH } });
const browser = await launch();
try {
  const { perform } = await wasm(await browser.newContext(), benchServer.url);
  const floor = perform('365_days_all', 'floor');
  // Compresses every file once, and starts what the browser starts once.
  for (const { url } of servers) await navigation(browser, url, 2);
  for (const [name, hash, line] of [
    ['', ''],
    ['_slow', '', SLOW_LINE],
    ['_link_slow', `#${week}`, SLOW_LINE],
  ]) {
    const visits = [];
    for (const { url } of servers) visits.push(await navigation(browser, url + hash, VISITS, line));
    told(`page/first_chart${name}`, visits[0], { before: visits[1] });
  }
  for (const [name, link] of [['', week], ['_year', year]]) {
    const { floors, found } = await typing(browser, floor, servers.map(({ url }) => `${url}#${link}`));
    const [now, then] = found;
    told(`page/typing${name}`, now.pixels, { floors, before: then?.pixels });
    told(`page/typing${name}_rest`, now.rest, { floors, before: then?.rest });
  }
  told('page/trace', await withTrace((file) => trace(browser, server.url, file)));
} finally {
  await browser.close();
  for (const each of [...servers, benchServer]) await each.close();
}
