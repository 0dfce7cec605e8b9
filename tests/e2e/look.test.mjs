// Languages and colours, and what narrow pages do with them. Every state in each look: states.test.mjs.
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

test('on paper stand title, inputs, verdict, figures, charts and log, dark on light, and nothing stands over them', async (t) => {
  for (const options of [{}, { colorScheme: 'dark', locale: 'ko-KR' }, { viewport: { width: 390, height: 844 } }]) {
    const page = await visit.open(t, '', options);
    await page.locator('.verdict').waitFor();
    await page.emulateMedia({ media: 'print', colorScheme: options.colorScheme });
    await visit.settled(page);
    for (const part of ['.title', 'form [name="load_test.max_rps"]', '.verdict', '.key', '#chart-capacity canvas', '.log-list']) {
      assert.ok(await page.locator(part).isVisible(), part);
    }
    for (const part of ['.sight', '.whose', '.show', '.overview', '.zoom button', 'form .add']) {
      assert.ok(await page.locator(part).first().isHidden(), part);
    }
    const [over, ink] = await page.evaluate(() => [
      [...document.querySelectorAll('.page *')].filter((part) => part.checkVisibility() && /fixed|sticky/.test(getComputedStyle(part).position) && !part.closest('.log')).map((part) => part.className),
      getComputedStyle(document.body).color,
    ]);
    assert.deepEqual(over, []);
    assert.equal(ink, 'rgb(22, 32, 43)');
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wider <= 0, `${wider} px wider than the paper`);
  }
});

test('at 400% the menu scrolls within what is in sight', async (t) => {
  const page = await visit.open(t, '', { viewport: { width: 320, height: 256 } });
  await page.getByRole('button', { name: 'Menu' }).click();
  const last = page.locator('#menu > .b').last();
  await last.focus();
  const [menu, button] = [await page.locator('#menu').boundingBox(), await last.boundingBox()];
  assert.ok(menu.y >= 0 && menu.y + menu.height <= 256, JSON.stringify(menu));
  assert.ok(button.y >= menu.y && button.y + button.height <= menu.y + menu.height, JSON.stringify(button));
});
