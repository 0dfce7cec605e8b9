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

test('the rest of the program comes at the first sign of a person, once', async (t) => {
  for (const locale of ['en-US', 'ko-KR']) {
    const page = await visit.blank(t, { locale });
    const rest = [];
    page.on('request', (request) => /-rest\.wasm$/.test(request.url()) && rest.push(request.url()));
    await page.goto(visit.address());
    await started(page);
    await page.locator('.verdict').first().waitFor();
    await page.waitForTimeout(1500);
    assert.deepEqual(rest, [], `${locale}: nobody touched the page`);
    await page.locator('[name="load_test.max_rps"]').focus();
    await page.waitForFunction(() => performance.getEntriesByName('headroom:rest').length > 0);
    await page.keyboard.type('5');
    await page.locator('[name="load_test.max_rps"]').blur();
    assert.equal(rest.length, 1, locale);
  }
});

test('before anybody is there all in sight is said, and what is closed is made after', async (t) => {
  const said = () => ({
    text: document.body.innerText,
    labels: [...document.querySelectorAll('[aria-label], [title]')]
      .filter((element) => element.checkVisibility())
      .map((element) => `${element.ariaLabel} ${element.title}`),
  });
  for (const options of [{ locale: 'en-US' }, { locale: 'ko-KR', viewport: { width: 390, height: 844 } }]) {
    const page = await visit.blank(t, options);
    await page.goto(visit.address());
    await started(page);
    await page.locator('.verdict button').first().waitFor();
    const closed = page.locator('form details:not([open]) input');
    assert.equal(await closed.count(), 0, options.locale);
    const before = await page.evaluate(said);
    await page.evaluate(() => dispatchEvent(new Event('touchstart')));
    await closed.first().waitFor({ state: 'attached' });
    await visit.settled(page);
    assert.deepEqual(await page.evaluate(said), before, options.locale);
    assert.ok((await closed.count()) > 20, options.locale);
  }
});

test('says so when the rest of the program does not load', async (t) => {
  const page = await visit.blank(t, { tolerate: /wasm|Failed to load|fetch|404|uncaught/i });
  await page.route('**/*-rest.wasm', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto(visit.address());
  await started(page);
  await page.locator('[name="load_test.max_rps"]').fill('35');
  await page.locator('#not-started').waitFor({ state: 'visible' });
});

test('says so when a file of it does not load', async (t) => {
  const page = await visit.blank(t, { tolerate: /wasm|Failed to load|fetch/i });
  await page.route('**/*.wasm', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.goto(visit.address());
  await page.locator('#not-started').waitFor({ state: 'visible' });
});
