// Whatever is clicked, filled or kept: the page hears events by what they are, and takes nothing kept for more than a text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();
const field = (page, name) => page.locator(`input[name="${name}"]`);

test('pictures, texts and what no field is may be clicked and focused: nothing happens, and the page goes on', async (t) => {
  const page = await visit.open(t);
  const clicked = await page.evaluate(() => {
    const kinds = ['click', 'input', 'focusout', 'focusin', 'keydown', 'change', 'pointerdown', 'pointermove', 'toggle', 'scroll'];
    let count = 0;
    // Events that bubble, of no kind in particular, as extensions and what fills forms by itself send them.
    for (const element of document.querySelectorAll('form, form *, #result *, svg, svg *')) {
      for (const kind of kinds) {
        if (element.matches('button, a, summary, input[type=file], .q, .back') && kind === 'click') continue;
        element.dispatchEvent(new Event(kind, { bubbles: true, cancelable: true }));
        count += 1;
      }
      for (const node of element.childNodes) {
        if (node.nodeType === Node.TEXT_NODE) node.dispatchEvent(new Event('click', { bubbles: true }));
      }
    }
    for (const kind of kinds) {
      document.dispatchEvent(new Event(kind, { bubbles: true }));
      window.dispatchEvent(new Event(kind));
    }
    return count;
  });
  assert.ok(clicked > 1000, `${clicked} events`);
  await page.locator('svg.spark').first().click();
  await page.locator('svg.spark path').first().dispatchEvent('click');
  await field(page, 'load_test.max_rps').fill('35');
  await page.waitForFunction(() => document.querySelector('output[name=target]').textContent.includes('1,050'));
});

test('a click on what a button holds is one on the button', async (t) => {
  const page = await visit.open(t);
  const about = page.locator('button.q[aria-controls]').first();
  await about.evaluate((button) => button.append(document.createElement('i')));
  const was = await about.getAttribute('aria-expanded');
  await about.locator('i').dispatchEvent('click');
  await page.waitForFunction(
    ([button, was]) => button.getAttribute('aria-expanded') !== was,
    [await about.elementHandle(), was],
  );
});

for (const kept of ['constructor', '__proto__', 'toString', 'xx', '']) {
  test(`a kept language “${kept}” is none: the page speaks the browser's`, async (t) => {
    const page = await visit.blank(t);
    await page.addInitScript((kept) => {
      localStorage.setItem('headroom.lang', kept);
      localStorage.setItem('headroom.theme', kept);
    }, kept);
    await page.goto(visit.address());
    await started(page);
    assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  });
}

test('an edit just before a reload, or before the page is left, is kept', async (t) => {
  const page = await visit.open(t);
  await page.waitForFunction(() => location.hash.length > 1);
  await field(page, 'load_test.max_rps').fill('31');
  await page.reload();
  await started(page);
  assert.equal(await field(page, 'load_test.max_rps').inputValue(), '31');
  await field(page, 'load_test.max_rps').fill('32');
  await page.goto('about:blank');
  await page.goto(visit.address());
  await started(page);
  assert.equal(await field(page, 'load_test.max_rps').inputValue(), '32');
  await field(page, 'load_test.max_rps').fill('33');
  await page.goto('about:blank');
  await page.goBack();
  await started(page);
  assert.equal(await field(page, 'load_test.max_rps').inputValue(), '33');
});

test('a page that goes into the background is written down at once', async (t) => {
  const page = await visit.open(t);
  await page.waitForFunction(() => location.hash.length > 1);
  const kept = await page.evaluate(async () => {
    const input = document.querySelector('input[name="load_test.max_rps"]');
    input.value = '34';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    // Later than what follows from the edit, sooner than it would be written down.
    await new Promise((done) => setTimeout(done, 20));
    document.dispatchEvent(new Event('visibilitychange'));
    return Object.keys(localStorage).filter((key) => key.startsWith('headroom.own.')).map((key) => localStorage[key]).join();
  });
  assert.match(kept, /"max_rps": ?34/);
});
