// The page as a host would serve it: it starts, in any browser language and
// colour scheme, alone and in a wiki's frame, and never calls out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();

const VISITORS = {
  'a desktop in English, light': {},
  'a desktop in Korean, dark': { locale: 'ko-KR', colorScheme: 'dark' },
  'a phone in English, dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark', hasTouch: true },
  'a phone in Korean, light': { viewport: { width: 390, height: 844 }, locale: 'ko-KR', hasTouch: true },
};

for (const [name, visitor] of Object.entries(VISITORS)) {
  test(`starts, clean and accessible, on ${name}`, async (t) => {
    const page = await visit.open(t, '', visitor);
    assert.match(await page.title(), /Headroom/);
    await visit.accessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, `the page is ${wider} px wider than the window`);
    await visit.picture(page, name.replace(/[^a-z]+/gi, '-'));
  });
}

test('starts in a sandboxed frame of another origin', async (t) => {
  const page = await visit.blank(t);
  const frame = `<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" width="800" height="600" src="${visit.address()}"></iframe>`;
  const wiki = await visit.newServer({ pages: { '/wiki': frame } });
  t.after(wiki.close);
  // The frame's address is the page's own, and the wiki is the visitor's choice.
  page.context().removeAllListeners('request');
  await page.goto(new URL('/wiki', wiki.url).href);
  const inner = await (await page.waitForSelector('iframe')).contentFrame();
  await started(inner);
});

test('without JavaScript says what it needs, in both languages', async (t) => {
  const page = await visit.blank(t, { javaScriptEnabled: false, tolerate: /\(csp\)$/ });
  await page.goto(visit.address());
  const said = await page.locator('noscript').innerText();
  assert.match(said, /needs JavaScript/);
  assert.match(said, /필요합니다/);
});

/** What fonts of other machines may make of it. */
const MOST_MOVED_PX = 4;

test('while the program loads its frame stands where the page will stand', async (t) => {
  const places = () => {
    const parts = ['header.top', '.verdict', '.key', '.key > :last-child', '.two', '.two > :first-child', 'main > :first-child'];
    return parts.map((part) => {
      const { x, y, width } = document.querySelector(part).getBoundingClientRect();
      return { part, x, y, width };
    });
  };
  for (const [hash, options] of [
    ['', {}],
    ['', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
    ['', { viewport: { width: 390, height: 844 }, locale: 'ko-KR' }],
    ['', { viewport: { width: 834, height: 1112 } }],
    ['', { viewport: { width: 834, height: 1112 }, locale: 'ko-KR' }],
  ]) {
    const page = await visit.blank(t, options);
    let go;
    const gone = new Promise((resolve) => (go = resolve));
    await page.route('**/*.wasm', async (route) => {
      await gone;
      await route.continue();
    });
    await page.goto(visit.address(hash));
    const colour = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const [before, paper] = [await page.evaluate(places), await colour()];
    await visit.accessible(page);
    await visit.picture(page, `frame-${options.colorScheme ?? 'light'}`);
    go();
    await started(page);
    await page.locator('.verdict .apply').first().waitFor();
    for (const [i, place] of (await page.evaluate(places)).entries()) {
      const moved = ['x', 'y', 'width'].map((side) => Math.abs(place[side] - before[i][side]));
      assert.ok(Math.max(...moved) <= MOST_MOVED_PX, JSON.stringify([before[i], place]));
    }
    assert.equal(await colour(), paper);
  }
});
