// Languages, colours, widths: each looked over by axe, and pictured.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();

test('the language is switched, kept, and said in the document', async (t) => {
  const page = await visit.open(t);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
  await page.getByRole('button', { name: '한국어' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'ko');
  assert.match(await page.locator('form').innerText(), /부하 테스트/);
  await page.reload();
  await started(page);
  assert.match(await page.locator('form').innerText(), /부하 테스트/);
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  assert.match(await page.locator('form').innerText(), /Load test/);
});

test('a language that does not load is said, and can be tried again', async (t) => {
  const page = await visit.open(t, '', { tolerate: /404/ });
  await page.route('**/texts-ko-*.txt', (route) => route.fulfill({ status: 404, body: 'gone' }));
  await page.getByRole('button', { name: '한국어' }).click();
  await page.locator('.notice').waitFor();
  assert.match(await page.locator('.notice').innerText(), /한국어 did not load/);
  assert.match(await page.locator('form').innerText(), /Load test/);
  await page.unroute('**/texts-ko-*.txt');
  await page.locator('.notice').getByRole('button', { name: 'Try again' }).click();
  await page.waitForFunction(() => document.documentElement.lang === 'ko');
  await page.waitForFunction(() => document.activeElement.id === 'result', null, { timeout: 3000 });
});

test('colours follow the system until chosen', async (t) => {
  const page = await visit.open(t);
  const colours = () => page.evaluate(() => document.documentElement.dataset.theme);
  assert.equal(await colours(), 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
  await page.getByRole('button', { name: /Light or dark/ }).click();
  assert.equal(await colours(), 'light');
  await page.reload();
  await started(page);
  assert.equal(await colours(), 'light', 'the choice is kept');
});

test('no text of the Korean page is left in English sentences', async (t) => {
  const page = await visit.open(t, '', { locale: 'ko-KR' });
  for (const details of await page.locator('form details').all()) await details.evaluate((element) => { element.open = true; });
  const text = await page.locator('form').innerText();
  const sentences = text.split('\n').filter((line) => /[a-z]{3,} [a-z]{2,} [a-z]{3,}/.test(line));
  assert.deepEqual(sentences, []);
});

test('no number is cut off by its field', async (t) => {
  for (const locale of ['en-US', 'ko-KR']) {
    for (const width of [1440, 360]) {
      const page = await visit.open(t, '', { locale, viewport: { width, height: 900 } });
      // The dearest: its price has six digits.
      await page.locator('[name="instance.type"]').fill('ml.p4d.24xlarge');
      await page.keyboard.press('Tab');
      for (const details of await page.locator('form details').all()) await details.evaluate((element) => { element.open = true; });
      await visit.settled(page);
      const cut = await page.locator('form .i input[inputmode]').evaluateAll((inputs) => {
        const context = document.createElement('canvas').getContext('2d');
        return inputs.flatMap((input) => {
          context.font = getComputedStyle(input).font;
          const text = input.value || input.placeholder;
          return context.measureText(text).width > input.clientWidth + 0.5 ? [`${input.name}: ${text}`] : [];
        });
      });
      assert.deepEqual(cut, [], `${locale}, ${width} px`);
    }
  }
});

for (const [name, options] of Object.entries({
  'desktop-en-light': {},
  'desktop-en-dark': { colorScheme: 'dark' },
  'desktop-ko-light': { locale: 'ko-KR' },
  'phone-en-light': { viewport: { width: 390, height: 844 } },
  'phone-ko-dark': { viewport: { width: 390, height: 844 }, colorScheme: 'dark', locale: 'ko-KR' },
  'narrow-en-light': { viewport: { width: 320, height: 640 } },
  'tablet-en-light': { viewport: { width: 900, height: 1100 } },
})) {
  test(`with everything unfolded the page is accessible and fits: ${name}`, async (t) => {
    const page = await visit.open(t, '', options);
    await visit.picture(page, `page-${name}`);
    for (const details of await page.locator('form details').all()) await details.evaluate((element) => { element.open = true; });
    for (const button of await page.locator('form .q:visible').all()) await button.evaluate((element) => element.click());
    await visit.settled(page);
    await visit.accessible(page);
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, `the page is ${wider} px wider than the window`);
    await visit.picture(page, `page-${name}-unfolded`, { fullPage: true });
  });
}

test('on a phone the menu holds what the bar does not', async (t) => {
  const page = await visit.open(t, '', { viewport: { width: 390, height: 844 } });
  assert.ok(await page.getByRole('button', { name: 'Scenarios', exact: true }).isHidden());
  await page.getByRole('button', { name: 'Menu' }).click();
  await visit.accessible(page);
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  const wide = await page.getByRole('dialog').evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
  assert.ok(wide <= 0);
});

test('the charts stay where they are while the smallest change is looked for', async (t) => {
  const page = await visit.open(t);
  await page.locator('.others summary').waitFor();
  const tops = await page.evaluate(() => new Promise((done) => {
    const top = () => document.querySelector('.charts').getBoundingClientRect().top;
    const searching = () => document.querySelector('.headline .quiet') !== null;
    const seen = [top()];
    const watch = new MutationObserver(() => {
      seen.push(top());
      if (searching()) return;
      watch.disconnect();
      done(seen);
    });
    const field = document.querySelector('input[name="load_test.safety_factor"]');
    field.value = '0.51';
    field.dispatchEvent(new Event('input', { bubbles: true }));
    // The answer of the first scenario is gone; from now on each change counts.
    requestAnimationFrame(() => {
      seen.push(top());
      watch.observe(document.querySelector('.said'), { subtree: true, childList: true, characterData: true, attributes: true });
    });
  }));
  assert.ok(tops.length > 2);
  for (const top of tops) assert.ok(Math.abs(top - tops[0]) < 1, tops.join(', '));
});
