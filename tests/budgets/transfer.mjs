// What a first visit transfers: every request the page makes by itself until
// it rests, each body as brotli at its best would send it, in the language that
// takes more. Prints a table for each; with --check, fails over the budget; with
// --tsv, prints the largest sum alone.
import { brotli, serve } from '../e2e/server.mjs';
import { built, dist, launch, started, visitor } from '../e2e/browser.mjs';

/** At most 180 KB, counted strictly: 1 KB is 1,000 bytes. It was 160 until runs could be cut in slices and causes were told apart. */
const BUDGET = 180_000;

/** As visitors' browsers ask for them. */
const LOCALES = ['en-US', 'ko-KR'];

/** The files of a first visit in that language as `{ path, raw, sent }`, the heaviest first. */
async function firstView(browser, address, locale) {
  // A service worker may fetch ahead of need; that is no part of the view.
  const context = await browser.newContext({ ...visitor({ locale }), serviceWorkers: 'block' });
  const page = await context.newPage();
  const bodies = new Map();
  page.on('response', (response) => bodies.set(response.url(), response.body()));
  await page.goto(address);
  await started(page);
  await page.waitForLoadState('networkidle');
  const rows = [];
  for (const [url, body] of bodies) {
    if (!url.startsWith(address)) continue;
    const raw = await body;
    rows.push({ path: url.slice(address.length) || 'index.html', raw: raw.length, sent: brotli(raw).length });
  }
  await context.close();
  return rows.sort((a, b) => b.sent - a.sent);
}

built();
const server = await serve(dist);
const browser = await launch();
const visits = [];
try {
  for (const locale of LOCALES) {
    const rows = await firstView(browser, server.url, locale);
    visits.push({ locale, rows, sum: rows.reduce((total, { sent }) => total + sent, 0) });
  }
} finally {
  await browser.close();
  await server.close();
}
const sum = Math.max(...visits.map((visit) => visit.sum));
if (process.argv.includes('--tsv')) {
  console.log(`page/transfer\t${sum / 1000}\tKB`);
} else {
  const bytes = (count) => count.toLocaleString('en').padStart(9);
  console.log(`bytes, as built and as brotli (quality 11); at most ${BUDGET.toLocaleString('en')}`);
  for (const { locale, rows, sum } of visits) {
    console.log(`first view, ${locale}`);
    for (const { path, raw, sent } of rows) console.log(`  ${bytes(raw)} ${bytes(sent)}  ${path}`);
    console.log(`            ${bytes(sum)}`);
  }
}
if (process.argv.includes('--check') && sum > BUDGET) {
  console.error(`the first view is ${(sum - BUDGET).toLocaleString('en')} bytes over its budget`);
  process.exitCode = 1;
}
