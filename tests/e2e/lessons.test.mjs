// Every lesson by keyboard alone, in both languages: predicted, compared, its control moved, its moments heard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';
import { focused, tabTo } from './keyboard.mjs';
import { pack } from './packs.mjs';

const visit = site();
const lessons = pack('home').lessons.map(({ id }) => id);
/** The lesson's own run; a question may have one, too. */
const RUN = '.bench > .run';
const LOCALES = [['en-US', 'en'], ['ko-KR', 'ko']];
const textOf = (page, selector) => page.locator(selector).innerText().then((text) => text.trim());

/** Predicts, by the keys that its prediction takes. */
const PREDICT = {
  choice: async (page) => {
    await tabTo(page, '.guess input[type=radio]');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.locator('.guess input:checked').count(), 1);
  },
  number: async (page) => {
    await tabTo(page, '#guess');
    await page.keyboard.type('7');
  },
  moment: async (page) => {
    await tabTo(page, '.guess input[type=range]');
    const before = await page.locator('#guess').inputValue();
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((was) => document.querySelector('#guess').value !== was, before);
  },
};

/** The setting that the control stands at. */
const setting = (page) => page.evaluate(() => document.querySelector('.set input:checked, .set input[type=range], .set select').value);

/** Moves the control by a key; resolves once the address says where it stands. */
async function move(page, id, key) {
  await tabTo(page, '.set :is(input, select)');
  const before = await setting(page);
  await page.keyboard.press(key);
  const after = await setting(page);
  assert.notEqual(after, before, 'a key moves the control');
  await page.waitForFunction((is) => location.hash === is, `#learn.${id}.${after}`);
  await page.locator(`${RUN} .result:not(.stale)`).waitFor();
}

/** Presses each sentence that is tied to a moment; resolves to how many there are. */
async function hear(page) {
  const moments = page.locator('.moment');
  const count = await moments.count();
  for (let place = 0; place < count; place += 1) {
    // Each is a stop of Tab of its own; what else there is on the way makes no difference.
    await page.evaluate((place) => {
      for (const other of document.querySelectorAll('[data-heard]')) delete other.dataset.heard;
      document.querySelectorAll('.moment')[place].dataset.heard = '';
    }, place);
    await tabTo(page, '[data-heard]');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('[data-heard]').getAttribute('aria-pressed') === 'true');
    assert.ok((await page.locator(`${RUN} .cross:not([hidden])`).count()) > 0, 'the cross-hair stands there');
  }
  return count;
}

/** Does a lesson that is shown, from its title on. */
async function learn(page, id, lang) {
  const { lesson } = pack(`lesson-${id}`, lang);
  await page.locator('form.guess').waitFor();
  assert.equal(await page.locator('main canvas').count(), 0, 'nothing is seen before');
  await PREDICT[lesson.prediction.kind](page);
  await page.keyboard.press('Enter');
  await focused(page, '#told-guess');
  assert.notEqual(await textOf(page, '#told-guess'), '');
  await page.locator(`${RUN} canvas`).first().waitFor();
  await page.locator(`${RUN} .result:not(.stale)`).waitFor();
  const told = await textOf(page, '#told-guess');
  const heard = await hear(page);
  await page.locator('#told-guess').focus();
  await move(page, id, 'ArrowDown');
  await visit.accessible(page, 'main');
  // What was predicted stays compared with what is right, wherever the control stands.
  assert.equal(await textOf(page, '#told-guess'), told);
  assert.ok(heard + (await hear(page)) > 0, 'a sentence is tied to a moment');
}

test('each lesson is done by keyboard alone, in both languages', { concurrency: true }, async (t) => {
  // Pages side by side, and each goes on by addresses, as if they were typed: so the program starts once.
  const shares = LOCALES.flatMap((of) => [0, 1].map((half) => [...of, half]));
  await Promise.all(shares.map(([locale, lang, half]) => t.test(`${lang}, ${half + 1} of 2`, async (t) => {
    const page = await visit.open(t, '#learn', { locale });
    for (const id of lessons.filter((_, place) => place % 2 === half)) {
      await page.evaluate((to) => { location.hash = to; }, `#learn.${id}`);
      await t.test(id, () => learn(page, id, lang));
    }
    assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
  })));
});

test('a lesson is printed with its run, all that is told and the addresses behind it, and with nothing to press', async (t) => {
  for (const [locale] of LOCALES) {
    const page = await visit.open(t, '#learn.cooldowns', { locale });
    await page.locator('form.guess input').first().check();
    await page.locator('form.guess button[type=submit]').click();
    await page.locator(`${RUN} canvas`).first().waitFor();
    await page.emulateMedia({ media: 'print' });
    for (const part of ['main h1', '#told-guess', `${RUN} canvas`, '#told-happened', '#told-off', '#told-rule', '#told-wrong', '.sources .address']) {
      assert.equal(await page.locator(part).first().isVisible(), true, part);
    }
    // Sentences that are tied to a moment and terms are read as any other; the rest would do nothing on paper.
    const pressed = page.locator('main .b, main summary, header.top .b, .crumbs a').filter({ visible: true });
    assert.deepEqual(await pressed.allInnerTexts(), []);
    await page.setViewportSize({ width: 680, height: 900 });
    await visit.picture(page, `study-print-${locale}`, { fullPage: true });
  }
});

test('on paper a lesson has two sheets at most, and so have all formulas and tables', async (t) => {
  const sheets = async (page) => {
    const pdf = await page.pdf({ format: 'A4', margin: { top: '12mm', bottom: '12mm', left: '12mm', right: '12mm' } });
    return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
  };
  for (const [locale] of LOCALES) {
    const page = await visit.open(t, '#learn.cooldowns', { locale });
    await page.locator('form.guess input').first().check();
    await page.locator('form.guess button[type=submit]').click();
    await page.locator(`${RUN} canvas`).first().waitFor();
    assert.ok((await sheets(page)) <= 2, `lesson, ${locale}: ${await sheets(page)}`);
    const tables = await visit.open(t, '#tables', { locale });
    await tables.locator('#entry-formulas').waitFor();
    assert.ok((await sheets(tables)) <= 2, `tables, ${locale}: ${await sheets(tables)}`);
  }
});
