// Somebody who does everything in no order: thousands of seeded actions of every kind on the built page. It must not end, complain
// or swell, and shows the key figures that the program at a prompt prints for the same link.
//
//   node tests/soak/monkey.mjs --seed 7 --actions 5000
//   node tests/soak/monkey.mjs --study --seed 7 --actions 2000     in the study aid, most of the time
//
// CHROMIUM, HEADROOM_DIST as for the end-to-end tests; HEADROOM: the program at a prompt.
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { built, dist, launch, started } from '../e2e/browser.mjs';
import { serve } from '../e2e/server.mjs';
import { draws, somebody } from './actions.mjs';
import { addresses, goesAnew, kept } from './study.mjs';

const { values: flags } = parseArgs({ options: { study: { type: 'boolean' }, seed: { type: 'string' }, actions: { type: 'string' } } });
const { study } = flags;
const seed = Number(flags.seed ?? Date.now() % 1_000_000);
const actions = Number(flags.actions ?? (study ? 2000 : 5000));
// The study aid has no figures that a prompt could print.
const prompt = study ? undefined : process.env.HEADROOM;
/** Actions between two comparisons with the prompt, and between two looks at memory. */
const COMPARE = 50;
const WEIGH = 500;

built();
const server = await serve(dist, { base: '/h/' });
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US' });
const page = await context.newPage();
page.setDefaultTimeout(3000);
const did = [];
const wrong = [];
const complain = (text) => {
  // What a reload breaks off is no fault.
  if (!/ERR_ABORTED/.test(text)) wrong.push(`${text}\n  after action ${did.length}: ${did.slice(-15).join(' · ')}`);
};
page.on('pageerror', (error) => complain(`uncaught: ${error.message}\n${error.stack}`));
page.on('console', (message) => message.type() === 'error' && complain(`console: ${message.text()}`));
page.on('crash', () => complain('the tab crashed'));
page.on('dialog', (dialog) => dialog.dismiss().catch(() => {}));
// Links to documents open tabs of their own, which are not waited for.
context.on('page', (other) => other.close().catch(() => {}));
const devtools = await context.newCDPSession(page);

const scenarios = join(import.meta.dirname, '..', '..', 'scenarios');
const shipped = readdirSync(scenarios).map((file) => readFileSync(join(scenarios, file), 'utf8'));
/** Links that were seen, to be pasted again. */
const links = study ? addresses() : [];
const drawn = draws(seed);
const act = somebody(page, drawn, { links, files: study ? kept() : shipped });

async function begin(hash = '') {
  await page.goto('about:blank');
  await page.goto(server.url + hash);
  await started(page);
}

/** The key figures of the page against those of the prompt; nothing where the page shows no current result. */
async function compared() {
  const seen = () =>
    page.evaluate(() => {
      // Where a link did not open, the address still names that one.
      if (document.querySelector('.notice:not([hidden])')) return undefined;
      if (document.querySelector('.work:not([hidden])') || !document.querySelector('.result:not(.stale)')) return undefined;
      return { hash: location.hash, lang: document.documentElement.lang, values: [...document.querySelectorAll('.key .value')].map((it) => it.textContent.replace(/[\s\u00a0\u202f]+/g, ' ').trim()) };
    });
  await page.waitForTimeout(400);
  const before = await seen();
  if (!before || before.lang !== 'en' || before.hash.length < 2 || /^#embed[^.]*\.?$/.test(before.hash) || before.values.length < 6) return false;
  if (!links.includes(before.hash) && links.length < 200) links.push(before.hash);
  if (!prompt) return false;
  const link = server.url + before.hash.replace(/#embed[^.]*\./, '#');
  const ran = await promisify(execFile)(prompt, ['simulate', link], { timeout: 60_000, maxBuffer: 1e8 }).catch((error) => error);
  if (ran.killed) return false;
  const says = ran.stdout ?? '';
  const figure = (name) => new RegExp(`^${name}  +(.*)$`, 'm').exec(says)?.[1]?.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  const told = [figure('Availability'), figure('p95 latency'), undefined, undefined, figure('Cost per month'), figure('Per million')];
  for (const [index, value] of told.entries()) {
    const shown = before.values[index].replace(/[\s\u00a0]*(\/|a|per) ?month$/, '');
    if (value !== undefined && value !== shown) complain(`the page says ${shown}, the prompt ${value}: ${link}`);
  }
  // The address names a link that does not open: the page goes on with what it had.
  if (told[0] === undefined && /This link/.test(ran.stderr ?? '')) return false;
  if (told[0] === undefined) complain(`the prompt printed no figures for ${link}: ${ran.stderr ?? ran}`);
  return true;
}

/** Memory with the default scenario, after the rubbish is collected. */
async function weighed() {
  await page.evaluate((usual) => { location.hash = usual; }, usual);
  await page.waitForTimeout(300);
  await devtools.send('HeapProfiler.collectGarbage');
  const { usedSize } = await devtools.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  const wasm = await page.evaluate(async () => {
    const preload = document.querySelector('link[rel=modulepreload]');
    const exports = await (await import(preload.href)).default();
    return Object.values(exports).find((it) => it instanceof WebAssembly.Memory).buffer.byteLength;
  });
  // Tables that stand open are no rubbish: what counts is what the page no longer shows.
  const shown = await page.evaluate(() => {
    const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
    let count = 1;
    while (walker.nextNode()) count += 1;
    return count;
  });
  return { heap: usedSize / 1e6, wasm: wasm / 1e6, nodes: shown, detached: nodes - shown, listeners: jsEventListeners };
}

console.log(`monkey: seed ${seed}, ${actions} actions${study ? ' in the study aid' : ''}`);
await begin(study ? '#learn' : '');
await page.waitForFunction(() => location.hash.length > 1);
/** The link of what a first visit shows. */
const usual = await page.evaluate(() => location.hash);
links.push(usual);
let comparisons = 0;
const weighings = [];
for (let i = 1; i <= actions && wrong.length === 0; i += 1) {
  did.push(await act());
  const where = page.url();
  if (!where.startsWith(server.url)) await begin();
  if (await page.locator('#ended:visible').count().catch(() => 0)) complain('the program has ended');
  if (!study && i % COMPARE === 0) comparisons += Number(await compared().catch((error) => complain(`comparing: ${error.message}`)) === true);
  if (study ? await goesAnew(page, i) : i % 25 === 0) {
    // Anew, now and then, from something that runs: else all fields end up unreadable.
    await page.keyboard.press('Escape').catch(() => {});
    const hash = drawn.one(links);
    await page.evaluate((hash) => { location.hash = hash; }, (study ? hash : hash.replace(/#embed[^.]*\.?/, '#')) || usual).catch(() => {});
  }
  if (i % WEIGH === 0) {
    const weight = await weighed().catch((error) => ({ error: error.message }));
    weighings.push(weight);
    console.log(`${i}: ${JSON.stringify(weight)}, ${comparisons} comparisons`);
  }
}
const [first, last] = [weighings[0], weighings.at(-1)];
if (weighings.length > 2) {
  if (!(last.heap < 2 * first.heap + 20)) complain(`the heap grew from ${first.heap} to ${last.heap} MB`);
  if (!(last.detached < 3 * first.detached + 5000)) complain(`detached nodes grew from ${first.detached} to ${last.detached}`);
  if (!(last.wasm < 1000)) complain(`the program's memory grew to ${last.wasm} MB`);
}
if (prompt && wrong.length === 0 && actions >= 1000 && comparisons < actions / COMPARE / 10) complain(`only ${comparisons} comparisons with the prompt`);
await browser.close();
await server.close();
for (const text of wrong.slice(0, 5)) console.error(text);
console.log(`monkey: ${did.length} actions, ${comparisons} comparisons with the prompt, ${wrong.length} faults (seed ${seed})`);
process.exit(wrong.length ? 1 : 0);
