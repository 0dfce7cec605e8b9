// The result in a frame of another page: its parts, its looks, what fits into a wiki's frame, and how it tells its height.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();
const payload = '2.X94A';
const PARTS = { verdict: '.verdict', figures: '.key', charts: '#chart-capacity', log: '.log' };

test('a link says which parts of the result there are; without any all but the log', async (t) => {
  for (const [words, shown] of [
    ['', ['verdict', 'figures', 'charts']],
    ['-charts', ['charts']],
    ['-verdict', ['verdict']],
    ['-figures-log', ['figures', 'log']],
    ['-verdict-figures-charts-log-later', ['verdict', 'figures', 'charts', 'log']],
  ]) {
    const page = await visit.open(t, `#embed${words}.${payload}`);
    await page.waitForFunction(() => location.hash.length > 1);
    for (const [part, selector] of Object.entries(PARTS)) {
      assert.equal(await page.locator(selector).count(), shown.includes(part) ? 1 : 0, `${words}: ${part}`);
    }
    assert.equal(await page.locator('form').count(), 0);
    await visit.accessible(page);
    await visit.picture(page, `embed${words}`, { fullPage: true });
  }
});

test('a frame looks as its link says, and the person elsewhere as before', async (t) => {
  for (const [words, theme, lang, options] of [
    ['-dark-ko', 'dark', 'ko', {}],
    ['-light-en', 'light', 'en', { colorScheme: 'dark', locale: 'ko-KR' }],
    ['', 'dark', 'ko', { colorScheme: 'dark', locale: 'ko-KR' }],
  ]) {
    const page = await visit.blank(t, options);
    await page.goto(visit.address());
    await page.evaluate(() => {
      localStorage.clear();
    });
    await page.goto('about:blank');
    await page.goto(visit.address(`#embed${words}.${payload}`));
    const early = await page.evaluate(() => document.documentElement.dataset.theme);
    await started(page);
    await page.locator('canvas').first().waitFor();
    const looks = await page.evaluate(() => [document.documentElement.dataset.theme, document.documentElement.lang]);
    assert.deepEqual([early, ...looks], [theme, theme, lang], words);
    assert.deepEqual(await page.evaluate(() => [localStorage['headroom.theme'], localStorage['headroom.lang']].filter(Boolean)), []);
    await visit.accessible(page);
    await visit.picture(page, `embed-looks${words}-${options.locale ?? 'en'}`);
  }
});

test('title, verdict, policies, key figures and the first chart stand in 360 px', async (t) => {
  for (const lang of ['en', 'ko']) {
    for (const width of [700, 960]) {
      const page = await visit.open(t, `#embed-${lang}.${payload}`, { viewport: { width, height: 360 } });
      // The longest that the verdict becomes.
      await page.waitForFunction(() => !document.querySelector('.headline .quiet'));
      const lowest = await page.evaluate(() => {
        const parts = ['.summary header', '.verdict', '.key', '#chart-capacity .ch-body'];
        return Math.max(...parts.map((part) => document.querySelector(part).getBoundingClientRect().bottom));
      });
      await visit.picture(page, `embed-360-${lang}-${width}`);
      assert.ok(lowest <= 360, `${lang}, ${width} px: ${lowest}`);
      assert.match(await page.locator('.summary header').innerText(), /InvocationsPerInstance 600/);
    }
  }
});

test('a frame tells its height, and the script of docs/embedding.md takes it over', async (t) => {
  const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'embedding.md'), 'utf8');
  const [, script] = /(<script>[^]*?<\/script>)/.exec(guide);
  for (const sandbox of ['allow-scripts', 'allow-scripts allow-same-origin']) {
    const page = await visit.blank(t);
    const pages = {};
    const wiki = await visit.newServer({ pages, base: '/h/' });
    t.after(wiki.close);
    page.context().removeAllListeners('request');
    pages['/wiki'] =
      `<!doctype html><link rel="icon" href="data:,"><iframe sandbox="${sandbox}" src="/h/#embed.${payload}" width="800" height="360"></iframe>${script}`;
    await page.goto(new URL('/wiki', wiki.url).href);
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    await started(frame);
    await frame.locator('canvas').first().waitFor();
    // The verdict grows once the search for advice is over.
    await frame.waitForFunction(() => !document.querySelector('.headline .quiet'));
    const fits = () => frame.waitForFunction(() => innerHeight === Math.ceil(document.body.getBoundingClientRect().height));
    await fits();
    const before = await frame.evaluate(() => innerHeight);
    assert.ok(before > 500);
    // A table that opens makes it higher, and one that closes lower again.
    await frame.locator('.data > summary').first().click();
    await frame.waitForFunction((was) => innerHeight > was, before);
    await fits();
    await frame.locator('.data > summary').first().click();
    await frame.waitForFunction((was) => innerHeight === was, before);
  }
});
