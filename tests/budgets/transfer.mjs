// What a first visit transfers: every request the page makes by itself until
// it rests, each body as brotli at its best would send it; and what who exports
// or imports loads besides. Prints a table for each language; with --check,
// fails where a program is over its budget; with --tsv, prints the program and the sum in the language that takes more.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotli, serve } from '../e2e/server.mjs';
import { built, dist, launch, started, visitor } from '../e2e/browser.mjs';

/**
 * The program that every visit loads, in bytes; what there is to learn costs it 12,000, as its other half needs a way in. What a fleet does
 * beyond scaling (a slow instance, retries, launches that fail, missing metrics) and comparing, with others and with other machines, have
 * added 35,000 since 625,000. It is to come to 400,000: dialogs in a part of their own.
 */
const BUDGET = 670_000;

/** Its other half, the study aid, which loads when an address first leads there. */
const STUDY_BUDGET = 170_000;

/** The program of AWS's documents, which a first visit does not load, in bytes; 22,000 of them are parsers compiled for speed. */
const DOCUMENTS_BUDGET = 540_000;

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
const isOfDocuments = (path) => /^documents.*\.(js|wasm)$/.test(path);
const documents = readdirSync(dist).filter(isOfDocuments).map((path) => {
  const raw = readFileSync(join(dist, path));
  return { path, raw: raw.length, sent: brotli(raw).length };
});
const study = readdirSync(dist).find((path) => /^study-\w+\.wasm$/.test(path));
const studySent = brotli(readFileSync(join(dist, study))).length;
const documentsSent = documents.reduce((total, { sent }) => total + sent, 0);
const program = visits[0].rows.find(({ path }) => path.endsWith('.wasm')).sent;
if (process.argv.includes('--tsv')) {
  console.log(`page/program\t${program / 1000}\tKB`);
  console.log(`page/transfer\t${sum / 1000}\tKB`);
} else {
  const bytes = (count) => count.toLocaleString('en').padStart(9);
  console.log(`bytes, as built and as brotli (quality 11); the program at most ${BUDGET.toLocaleString('en')}`);
  for (const { locale, rows, sum } of visits) {
    console.log(`first view, ${locale}`);
    for (const { path, raw, sent } of rows) console.log(`  ${bytes(raw)} ${bytes(sent)}  ${path}`);
    console.log(`            ${bytes(sum)}`);
  }
  console.log(`the study aid, when first needed; at most ${STUDY_BUDGET.toLocaleString('en')}`);
  console.log(`  ${bytes(readFileSync(join(dist, study)).length)} ${bytes(studySent)}  ${study}`);
  console.log(`export and import, when first needed; at most ${DOCUMENTS_BUDGET.toLocaleString('en')}`);
  for (const { path, raw, sent } of documents) console.log(`  ${bytes(raw)} ${bytes(sent)}  ${path}`);
}
if (process.argv.includes('--check') && program > BUDGET) {
  console.error(`the program is ${(program - BUDGET).toLocaleString('en')} bytes over its budget`);
  process.exitCode = 1;
}
if (process.argv.includes('--check') && studySent > STUDY_BUDGET) {
  console.error(`the study aid is ${(studySent - STUDY_BUDGET).toLocaleString('en')} bytes over its budget`);
  process.exitCode = 1;
}
if (process.argv.includes('--check') && documentsSent > DOCUMENTS_BUDGET) {
  console.error(`the program of AWS's documents is ${(documentsSent - DOCUMENTS_BUDGET).toLocaleString('en')} bytes over its budget`);
  process.exitCode = 1;
}
if (process.argv.includes('--check') && visits.some(({ rows }) => rows.some(({ path }) => path.startsWith('study-')))) {
  console.error('a first visit loads what there is to learn');
  process.exitCode = 1;
}
if (process.argv.includes('--check') && visits.some(({ rows }) => rows.some(({ path }) => isOfDocuments(path)))) {
  console.error("a first visit loads the program of AWS's documents");
  process.exitCode = 1;
}
