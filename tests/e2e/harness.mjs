// What every end-to-end test stands on: the release page on a static server
// under a path, one Chromium for a test file, and for each opened page the
// promise that nothing was complained about and nothing foreign was asked for.
//
//   import { site } from './harness.mjs';
//   const visit = site();
//   test('…', async (t) => {
//     const page = await visit.open(t, '#…', { locale: 'ko-KR', colorScheme: 'dark' });
//     …
//     await visit.accessible(page);
//   });
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import axe from 'axe-core';
import { built, dist, launch, screenshots, settled, started, visitor } from './browser.mjs';
import { serve } from './server.mjs';

// Beside WCAG's what axe-core calls best practice: a first heading, landmarks that differ, content that stands in them.
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** In the page: what sticks out of it, or of the dialog that is open, sideways. */
function sticking() {
  const { scrollWidth } = document.scrollingElement;
  const dialog = document.querySelector('dialog[open]');
  const wide = scrollWidth > innerWidth ? [`the page is ${scrollWidth} px`] : [];
  if (!dialog) return wide;
  const { left, right } = dialog.getBoundingClientRect();
  const parts = [...dialog.querySelectorAll('button, a, input:not(.unseen), select, textarea, label')].filter((part) => {
    const box = part.getBoundingClientRect();
    return box.width > 0 && (box.left < left - 1 || box.right > right + 1 || (part.matches('.b') && part.scrollWidth > part.clientWidth + 1));
  });
  if (dialog.scrollWidth > dialog.clientWidth) wide.push('the dialog scrolls sideways');
  return [...wide, ...parts.map((part) => part.outerHTML.slice(0, 90))];
}

/** Registers the server and the browser for this test file. */
export function site() {
  let server;
  let browser;
  /** How pages of a visitor's browser are watched. */
  const watches = new WeakMap();

  before(async () => {
    built();
    // Under a path, so that an absolute link in the page is found out.
    server = await serve(dist, { base: '/some/wiki/headroom/' });
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** The page's address with `hash` behind it. */
  const address = (hash = '') => server.url + hash;

  /**
   * A page ready to load, watched: at the end of test `t` it must have
   * complained of nothing and asked no other origin for anything.
   * `tolerate` is a pattern of console errors that the test is about.
   */
  async function blank(t, { tolerate, ...options } = {}) {
    const context = await browser.newContext(visitor(options));
    const own = new URL(server.url).origin;
    const wrong = [];
    const complain = (text) => tolerate?.test(text) || wrong.push(text);
    const watch = (page) => {
      page.on('console', (message) => {
        if (message.type() === 'error') complain(`console error: ${message.text()}`);
      });
      page.on('pageerror', (error) => complain(`uncaught: ${error.message}`));
      page.on('requestfailed', (request) => {
        const why = request.failure()?.errorText;
        // Aborted is what the browser itself gave up, as a page that is left.
        if (why !== 'net::ERR_ABORTED') complain(`failed request: ${request.url()} (${why})`);
      });
      return page;
    };
    watches.set(context, watch);
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith('http') && url.origin !== own) wrong.push(`foreign request: ${url}`);
    });
    t.after(async () => {
      await context.close();
      assert.deepEqual(wrong, [], 'the page complained, or asked a foreign server');
    });
    return watch(await context.newPage());
  }

  /** The page at `hash`, started, in another tab of the same person's browser, and watched as the first one is. */
  async function beside(page, hash = '') {
    const context = page.context();
    const other = watches.get(context)(await context.newPage());
    await other.goto(address(hash));
    await started(other);
    await settled(other);
    return other;
  }

  /** The page at `hash`, started, in the browser of the visitor described. */
  async function open(t, hash = '', options = {}) {
    const page = await blank(t, options);
    await page.goto(address(hash));
    await started(page);
    await settled(page);
    return page;
  }

  /** Fails on every breach of WCAG 2.2 A and AA, and of best practice, that axe-core finds in the page or in a part of it. */
  async function accessible(page, part) {
    if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
    const { violations } = await page.evaluate(
      ([rules, within]) => globalThis.axe.run(within ?? document, { runOnly: rules, resultTypes: ['violations'], preload: false }),
      [RULES, part],
    );
    const told = violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help}\n    ${node.target.join(' ')}\n    ${node.failureSummary}`),
    );
    assert.equal(told.length, 0, `accessibility:\n${told.join('\n')}`);
  }

  /** Fails where at one of these widths something sticks out sideways. Leaves the page as wide as it was. */
  async function fits(page, widths) {
    const { width: before, height } = page.viewportSize();
    const wrong = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height });
      for (const what of await page.evaluate(sticking)) wrong.push(`${width} px: ${what}`);
    }
    await page.setViewportSize({ width: before, height });
    assert.deepEqual(wrong, [], 'it sticks out');
  }

  /** Keeps a picture in `target/screenshots/`; returns its path. */
  async function picture(page, name, options = {}) {
    mkdirSync(screenshots, { recursive: true });
    const path = join(screenshots, `${name}.png`);
    await page.screenshot({ path, ...options });
    return path;
  }

  return { open, blank, beside, address, accessible, fits, picture, settled, newServer: (options) => serve(dist, options) };
}
