// Somebody who does everything in no order: thousands of seeded actions of every kind on the built page. It must not end, complain
// or swell, and shows the key figures that the program at a prompt prints for the same link.
//
//   node tests/soak/monkey.mjs --seed 7 --actions 5000
//
// CHROMIUM, HEADROOM_DIST as for the end-to-end tests; HEADROOM: the program at a prompt.
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { built, dist, launch, started } from '../e2e/browser.mjs';
import { serve } from '../e2e/server.mjs';

const { values: flags } = parseArgs({ options: { seed: { type: 'string' }, actions: { type: 'string' } } });
const seed = Number(flags.seed ?? Date.now() % 1_000_000);
const actions = Number(flags.actions ?? 5000);
const prompt = process.env.HEADROOM;
/** Actions between two comparisons with the prompt, and between two looks at memory. */
const COMPARE = 50;
const WEIGH = 500;

// SplitMix32: the same seed does the same, whatever Node.
let state = seed | 0;
const random = () => {
  state = (state + 0x9e3779b9) | 0;
  let z = state ^ (state >>> 16);
  z = Math.imul(z, 0x21f0aaad);
  z ^= z >>> 15;
  z = Math.imul(z, 0x735a2d97);
  return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
};
const below = (n) => Math.floor(random() * n);
const one = (list) => list[below(list.length)];

const VALUES = [
  '', ' ', '0', '1', '2', '3', '10', '20', '24', '48', '100', '168', '0.5', '0.7', '1,000', '1.000', '60', '300', '8784', '-1', '-0',
  '1e3', '1e308', '1e-308', 'NaN', 'Infinity', '∞', '٣', '２０', '½', '1_000', '+5', '12abc', 'constructor', '__proto__', '<b>x</b>',
  '<script>alert(1)</script>', '\u202e123', '💥', '한국어', 'x'.repeat(5000), '9'.repeat(400), "'\"`;--", '%s%n', '${1}', '\u0000',
  'Asia/Seoul', 'Europe/London', 'UTC', 'Mars/Phobos', 'ml.c5.xlarge', 'ml.t2.medium', 't3.large', '2026-11-28', '2026-02-30', '20:00',
  'cron(0 9 ? * MON-FRI *)', 'rate(1 minute)', 'at(2026-11-28T09:00:00)', '0 9 * * 1', '@daily',
];
const TRACES = [
  'time,requests\n2026-06-01 00:00,100\n2026-06-01 00:01,200\n2026-06-01 00:02,150\n',
  'timestamp;rps\n1750000000;12,5\n1750000060;13,5\n',
  'a,b,c\n1,2,3\n',
  '',
  '\u0000\u0001\u0002',
  `t,${Array.from({ length: 300 }, (_, i) => `c${i}`).join(',')}\n`,
];
const KEYS = [
  'Tab', 'Shift+Tab', 'Enter', 'Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown', 'Space',
  'Backspace', 'Delete', 'Control+z', 'Control+y', 'Control+Shift+z', 'Control+a', '+', '-', '0', '5', 'n', 'p', '?', 'a',
];
const EVENTS = ['click', 'input', 'change', 'focusin', 'focusout', 'keydown', 'toggle', 'wheel', 'pointermove', 'pointercancel', 'drop'];

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
const links = [];

async function begin(hash = '') {
  await page.goto('about:blank');
  await page.goto(server.url + hash);
  await started(page);
}

const visible = async (selector) => {
  const found = await page.locator(`${selector}:visible`).all();
  return found.length ? one(found) : undefined;
};
const quick = { timeout: 1000, force: true, noWaitAfter: true };

const ACTIONS = [
  [12, 'type', async () => {
    const field = await visible('input:not([type=checkbox]):not([type=file]):not([type=range]):not([readonly]), textarea');
    const value = one(VALUES);
    await field?.fill(value, quick).catch(() => field.pressSequentially(value.slice(0, 20), { timeout: 1000 }));
    return value.slice(0, 24);
  }],
  [6, 'nudge', async () => {
    const field = await visible('input[inputmode]');
    await field?.focus({ timeout: 1000 });
    for (let i = below(4); i >= 0; i -= 1) await page.keyboard.press(one(['ArrowUp', 'ArrowDown']));
  }],
  [3, 'slide', async () => {
    const range = await visible('input[type=range]');
    await range?.focus({ timeout: 1000 });
    for (let i = below(6); i >= 0; i -= 1) await page.keyboard.press(one(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp']));
  }],
  [6, 'choose', async () => {
    const list = await visible('select');
    const count = (await list?.locator('option').count()) ?? 0;
    if (count) await list.selectOption({ index: below(count) }, quick);
  }],
  [4, 'tick', async () => (await visible('input[type=checkbox]'))?.click(quick)],
  [14, 'press', async () => {
    const button = await visible('button');
    const says = (await button?.innerText({ timeout: 500 }).catch(() => ''))?.slice(0, 20);
    await button?.click(quick);
    return says;
  }],
  [6, 'fold', async () => (await visible('summary'))?.click(quick)],
  [10, 'click', async () => {
    const { width, height } = page.viewportSize();
    await page.mouse.click(below(width), below(height), { button: one(['left', 'left', 'left', 'right', 'middle']), clickCount: 1 + below(2) });
  }],
  [8, 'drag', async () => {
    const pad = await visible('.pad');
    const box = await pad?.boundingBox();
    if (!box) return;
    const at = () => [box.x + random() * box.width, box.y + random() * box.height];
    await page.mouse.move(...at());
    await page.mouse.down();
    for (let i = below(5); i >= 0; i -= 1) await page.mouse.move(...at());
    if (below(8)) await page.mouse.up();
  }],
  [4, 'wheel', async () => {
    const { width, height } = page.viewportSize();
    await page.mouse.move(below(width), below(height));
    if (!below(3)) await page.keyboard.down('Control');
    await page.mouse.wheel(below(400) - 200, below(1200) - 600);
    await page.keyboard.up('Control');
  }],
  [10, 'key', async () => {
    const key = one(KEYS);
    await page.keyboard.press(key);
    return key;
  }],
  [3, 'paste a link', async () => {
    const good = one(links);
    const hash = one([good, good, `${good}A`, good.slice(0, -3), '#1.AAAA', '#embed', `#embed.${good.slice(1)}`, '#__proto__', '#%', good]);
    await page.evaluate((hash) => { location.hash = hash; }, hash);
    return hash.slice(0, 16);
  }],
  [4, 'travel', async () => page.evaluate((by) => history.go(by), one([-1, -1, 1, -2]))],
  [2, 'open a file', async () => {
    const content = one([one(shipped), one(shipped), one(TRACES), '{"hours": "x"}', '[', '{}', '{"headroom": 99}']);
    const input = page.locator('input[type=file]').first();
    await input.setInputFiles({ name: one(['s.json', 't.csv']), mimeType: 'text/plain', buffer: Buffer.from(content) }, { timeout: 1000 });
  }],
  [2, 'give a trace', async () => {
    const area = await visible('dialog textarea');
    await area?.fill(one(TRACES), quick);
  }],
  [4, 'any event', async () => {
    const name = one(EVENTS);
    await page.evaluate(([name, share]) => {
      const all = document.querySelectorAll('body *');
      all[Math.floor(share * all.length)]?.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
    }, [name, random()]);
    return name;
  }],
  [1, 'resize', async () => page.setViewportSize(one([{ width: 1280, height: 900 }, { width: 390, height: 844 }, { width: 800, height: 600 }]))],
  [1, 'darken', async () => page.emulateMedia({ colorScheme: one(['light', 'dark']), reducedMotion: one(['reduce', 'no-preference']) })],
  [0.2, 'reload', async () => { await page.reload(); await started(page); }],
];
const weights = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);
function drawn() {
  let at = random() * weights;
  return ACTIONS.find(([weight]) => (at -= weight) < 0) ?? ACTIONS[0];
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

console.log(`monkey: seed ${seed}, ${actions} actions`);
await begin();
await page.waitForFunction(() => location.hash.length > 1);
/** The link of what a first visit shows. */
const usual = await page.evaluate(() => location.hash);
links.push(usual);
let comparisons = 0;
const weighings = [];
for (let i = 1; i <= actions && wrong.length === 0; i += 1) {
  const [, name, act] = drawn();
  let detail;
  try {
    detail = await act();
  } catch (error) {
    // What is gone or covered cannot be reached: the next action will be another.
    detail = `(${error.message.split('\n')[0].slice(0, 30)})`;
  }
  did.push(detail ? `${name} ${JSON.stringify(detail)}` : name);
  const where = page.url();
  if (!where.startsWith(server.url)) await begin();
  if (await page.locator('#ended:visible').count().catch(() => 0)) complain('the program has ended');
  if (i % COMPARE === 0) comparisons += Number(await compared().catch((error) => complain(`comparing: ${error.message}`)) === true);
  if (i % 25 === 0) {
    // Anew, now and then, from something that runs: else all fields end up unreadable.
    await page.keyboard.press('Escape').catch(() => {});
    const hash = one(links);
    await page.evaluate((hash) => { location.hash = hash; }, hash.replace(/#embed[^.]*\.?/, '#') || usual).catch(() => {});
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
