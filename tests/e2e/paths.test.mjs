// Paths: from the first page to the next step and back, how far one is, by keyboard alone, in both languages.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';
import { tabTo } from './keyboard.mjs';

const visit = site();
const content = join(import.meta.dirname, '..', '..', 'content');
const LANGUAGES = [['en-US', 'en'], ['ko-KR', 'ko']];
/** The exam tasks with a path each. */
const TASKS = ['mla-3-1', 'mla-3-2', 'mla-3-3', 'mla-4-2', 'mls-4-1'];
/** A path with a lesson first, and its own steps as its data has them. */
const PATH = 'ec2-group';
const [, listed] = new RegExp(`id = "${PATH}"\\nsteps = \\[([^\\]]*)\\]`).exec(readFileSync(join(content, 'paths.toml'), 'utf8'));
const STEPS = [...listed.matchAll(/"([^"]+)"/g)].map(([, step]) => step);

const hashOf = (page) => page.evaluate(() => location.hash);
const titleOf = (lang) => new RegExp(`^## \`${PATH}\` (.*)$`, 'm').exec(readFileSync(join(content, `paths.${lang}.md`), 'utf8'))[1];
const done = (page) => page.locator('.path header progress').evaluate((it) => it.value);

test('a path is gone by keyboard alone: to its next step, back, and on, over a reload', async (t) => {
  for (const [locale, lang] of LANGUAGES) {
    const page = await visit.open(t, '#learn', { locale });
    await page.locator('.paths a').first().waitFor();
    assert.equal(await page.locator('.paths li').count(), 10);
    for (const task of TASKS) assert.equal(await page.locator(`.paths a[href="#path.${task}"]`).count(), 1);
    await tabTo(page, `.paths a[href="#path.${PATH}"]`);
    await page.keyboard.press('Enter');
    await page.locator('.steps').waitFor();
    assert.equal((await page.locator('main h1').innerText()).trim(), titleOf(lang));
    assert.ok((await page.title()).startsWith(titleOf(lang)));
    const links = await page.locator('.steps a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    assert.deepEqual(links, STEPS.map((step) => `#${step}`));
    assert.equal(await page.locator('.steps [aria-current=step] a').getAttribute('href'), `#${STEPS[0]}`);
    assert.equal(await done(page), 0);
    await visit.accessible(page);
    await visit.fits(page, [280, 390, 1440]);
    await visit.picture(page, `study-path-${lang}`);
    // The next step, a lesson: once its run was seen it is done.
    await tabTo(page, '.path .b.p');
    await page.keyboard.press('Enter');
    await page.locator('form.guess').waitFor();
    assert.equal(await hashOf(page), `#${STEPS[0]}`);
    await page.locator('.guess .ways .b:not(.p)').focus();
    await page.keyboard.press('Enter');
    await page.locator('.tells').waitFor();
    await page.goBack();
    await page.locator('.steps .done').waitFor();
    assert.equal(await page.locator('.steps [aria-current=step] a').getAttribute('href'), `#${STEPS[1]}`);
    await page.reload();
    await started(page);
    await page.locator('.steps .done').waitFor();
    assert.equal(await done(page), 1);
    // The first page knows it, too.
    await page.evaluate(() => { location.hash = '#learn'; });
    const card = page.locator('.paths li', { has: page.locator(`a[href="#path.${PATH}"]`) });
    await card.waitFor();
    assert.equal(await card.locator('progress').evaluate((it) => it.value), 1);
    await page.context().close();
  }
});

test('the first page says where to begin, then where to go on; every way of practice is there', async (t) => {
  for (const [locale] of LANGUAGES) {
    const page = await visit.open(t, '#learn', { locale });
    const begin = page.locator('.begin a');
    await begin.waitFor();
    const first = await page.locator('.lessons a').first().getAttribute('href');
    assert.equal(await begin.getAttribute('href'), first);
    const says = await begin.innerText();
    for (const way of ['quiz.missed', 'review', 'terms', 'wrong', 'tables', ...TASKS.map((task) => `quiz.${task}`)]) {
      assert.equal(await page.locator(`.home .ways a[href="#${way}"]`).count(), 1, way);
    }
    assert.equal(await page.locator('.home .ways a[href^="#exam.10."]').count(), 1);
    await begin.click();
    await page.locator('form.guess').waitFor();
    await page.locator('.guess .ways .b:not(.p)').click();
    await page.locator('.tells').waitFor();
    await page.goBack();
    await page.waitForFunction((was) => document.querySelector('.begin a')?.getAttribute('href') !== was, first);
    assert.notEqual((await begin.innerText()).split(':')[0], says.split(':')[0]);
    await page.locator(`.home .ways a[href="#quiz.${TASKS[2]}"]`).click();
    await page.locator('.question').waitFor();
    await visit.accessible(page);
    await page.context().close();
  }
});

test('a path that is not there is said, with what there is', async (t) => {
  const page = await visit.open(t, '#path.no-such-path');
  await page.locator('main [role=alert]').waitFor();
  await page.locator('.paths li').first().waitFor();
  await visit.accessible(page);
});
