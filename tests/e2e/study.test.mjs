// The study aid: its first page, a lesson from prediction to rule by keyboard alone, its addresses, and lessons in frames.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';
import { tabTo } from './keyboard.mjs';

const visit = site();
const content = join(import.meta.dirname, '..', '..', 'content');
/** The first lesson that lets one choose, as its data has it. */
const LESSON = 'cooldowns';
const titleOf = (lang, id = LESSON) => /^# (.*)$/m.exec(readFileSync(join(content, 'lessons', id, `${lang}.md`), 'utf8'))[1];

const heading = (page) => page.locator('main h1');
const hashOf = (page) => page.evaluate(() => location.hash);
const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName);

test('the first page leads to every lesson, in both languages, and marks what is done', async (t) => {
  for (const [locale, lang] of [['en-US', 'en'], ['ko-KR', 'ko']]) {
    const page = await visit.open(t, '', { locale });
    await page.locator('#menu a').click();
    await page.locator('.lessons a').first().waitFor();
    assert.equal(await hashOf(page), '#learn');
    assert.equal(await page.locator('#menu a').getAttribute('aria-current'), 'page');
    await visit.accessible(page);
    await visit.fits(page, [280, 390, 820, 1440]);
    await page.locator(`.lessons a[href="#learn.${LESSON}"]`).click();
    await page.locator('form.guess').waitFor();
    assert.equal((await heading(page).innerText()).trim(), titleOf(lang));
    assert.ok((await page.title()).startsWith(titleOf(lang)));
    await page.locator('.guess .b').nth(1).click();
    await page.locator('.tells').waitFor();
    await page.locator('.crumbs a').click();
    await page.locator('.lessons .done').first().waitFor();
    assert.equal(await page.locator('.lessons .done').count(), 1);
    await page.reload();
    await started(page);
    await page.locator('.lessons .done').first().waitFor();
  }
});

test('a lesson is done by keyboard alone: predicted, compared, its control moved, its moments heard', async (t) => {
  for (const [locale, lang] of [['en-US', 'en'], ['ko-KR', 'ko']]) {
    const page = await visit.open(t, `#learn.${LESSON}`, { locale });
    await page.locator('form.guess').waitFor();
    assert.equal(await page.locator('canvas').count(), 0, 'nothing is seen before');
    // Without a prediction it is asked for again.
    await tabTo(page, '.guess .b.p');
    await page.keyboard.press('Enter');
    assert.notEqual((await page.locator('#guess-wrong').innerText()).trim(), '');
    await page.keyboard.press('Shift+Tab');
    await tabTo(page, '.guess input[type=radio]');
    await page.keyboard.press('Space');
    assert.equal(await page.locator('.guess input:checked').count(), 1);
    await page.keyboard.press('Enter');
    await page.locator('.run canvas').first().waitFor();
    await page.waitForFunction(() => document.activeElement?.id === 'told-guess');
    assert.notEqual((await page.locator('.compared [role=status]').innerText()).trim(), '');
    await visit.accessible(page);
    await visit.fits(page, [280, 390, 821, 1000, 1440]);
    // The control: another variant, in the address too.
    await tabTo(page, '.set input');
    const before = await page.locator('.set input:checked').inputValue();
    await page.keyboard.press('ArrowRight');
    const after = await page.locator('.set input:checked').inputValue();
    assert.notEqual(after, before);
    await page.waitForFunction((is) => location.hash === is, `#learn.${LESSON}.${after}`);
    // A moment moves the cross-hair, and is marked while it stands there.
    await tabTo(page, '.moment');
    await page.locator('.moment.on').first().waitFor();
    assert.equal(await page.locator('.run .cross:not([hidden])').count() > 0, true);
    assert.equal(await page.locator('.moment').first().getAttribute('aria-pressed'), 'true');
    await visit.picture(page, `study-lesson-${lang}`, { fullPage: true });
  }
});

test('back and forward go through lessons and leave the scenario as it is', async (t) => {
  const page = await visit.open(t, '', {});
  await page.waitForFunction(() => location.hash.length > 1);
  const shipped = await hashOf(page);
  await page.locator('form [name="load_test.max_rps"]').fill('23');
  await page.waitForFunction((is) => location.hash !== is, shipped);
  const scenario = await hashOf(page);
  await page.locator('#menu a').click();
  await page.locator('.lessons a').first().waitFor();
  await page.locator(`.lessons a[href="#learn.${LESSON}"]`).click();
  await page.locator('form.guess').waitFor();
  assert.equal(await hashOf(page), `#learn.${LESSON}`);
  await page.goBack();
  await page.locator('.lessons').waitFor();
  await page.goBack();
  await page.locator('form [name="load_test.max_rps"]').waitFor();
  assert.equal(await page.locator('form [name="load_test.max_rps"]').inputValue(), '23');
  assert.equal(await hashOf(page), scenario);
  await page.goForward();
  await page.locator('.lessons').waitFor();
  // The way back of the header leads to the same, as a step of its own.
  await page.locator('.back-to').click();
  await page.locator('form [name="load_test.max_rps"]').waitFor();
  assert.equal(await page.locator('form [name="load_test.max_rps"]').inputValue(), '23');
  await page.waitForFunction((is) => location.hash === is, scenario);
  await page.goBack();
  await page.locator('.lessons').waitFor();
});

test('the reader\'s run opens in the workbench, and back is the lesson again', async (t) => {
  const page = await visit.open(t, `#learn.${LESSON}`);
  await page.locator('.guess .b').nth(1).click();
  await page.locator('.out .b').click();
  await page.locator('form [name="load_test.max_rps"]').waitFor();
  assert.equal(await page.locator('header .title').inputValue(), titleOf('en'));
  await page.goBack();
  await page.locator('.tells').waitFor();
});

test('what an address names and is not there is said, with what there is', async (t) => {
  const page = await visit.open(t, '#learn.no-such-lesson');
  await page.locator('.lessons').waitFor();
  assert.match(await page.locator('main [role=alert]').innerText(), /nothing at this address/);
  await page.evaluate((to) => { location.hash = to; }, `#learn.${LESSON}.no-such-setting`);
  await page.locator('form.guess').waitFor();
  assert.match(await page.locator('main header [role=status]').innerText(), /do not fit/);
  await visit.accessible(page);
  // As the lesson begins by itself.
  await page.locator('.guess .b').nth(1).click();
  await page.locator('.set input:checked').waitFor();
});

test('another language is loaded, its texts alone, and one is where one was', async (t) => {
  const page = await visit.blank(t);
  const asked = [];
  page.on('request', (request) => asked.push(...(/\/study-[^/]*\/(.*)/.exec(request.url())?.slice(1) ?? [])));
  await page.goto(visit.address(`#learn.${LESSON}`));
  await started(page);
  await page.locator('.guess .b').nth(1).click();
  await page.locator('.tells').waitFor();
  const first = [`lesson-${LESSON}.json`, `lesson-${LESSON}.en.json`, 'sources.json'];
  assert.deepEqual(asked.slice(0, 3), first, 'what the address names comes first');
  assert.deepEqual(asked.toSorted(), [...first, 'home.json', 'home.en.json'].toSorted(), 'each once');
  asked.length = 0;
  await page.locator('.langs .b').nth(1).click();
  await page.waitForFunction((is) => document.querySelector('main h1')?.innerText.trim() === is, titleOf('ko'));
  assert.equal(await page.locator('.tells').count(), 1);
  assert.deepEqual(asked.toSorted(), ['home.ko.json', `lesson-${LESSON}.ko.json`]);
  await page.locator('.langs .b').nth(0).click();
  await page.waitForFunction((is) => document.querySelector('main h1')?.innerText.trim() === is, titleOf('en'));
});

test('what does not load is said, and asked for again', async (t) => {
  const OTHER_WASM = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]);
  for (const [what, file, fault] of [
    ['a pack that is missing', /lesson-.*\.json$/, (route) => route.abort()],
    ['a half of the program that is missing', /study-\w+\.wasm$/, (route) => route.abort()],
    ['one that is none', /study-\w+\.wasm$/, (route) => route.fulfill({ status: 200, body: '<!doctype html>' })],
    ['one that is broken off', /study-\w+\.wasm$/, (route) => route.fulfill({ status: 200, body: OTHER_WASM.subarray(0, 5) })],
    // Who asks for it anew does not wait for the answer before.
    ['one that does not come', /study-\w+\.wasm$/, () => {}],
  ]) {
    await t.test(what, async (t) => {
      const page = await visit.blank(t, { tolerate: /Failed to load resource|failed request|CompileError|Failed to fetch/ });
      let refuses = true;
      await page.route(file, (route) => (refuses ? fault(route) : route.continue()));
      await page.goto(visit.address(`#learn.${LESSON}`));
      const again = page.locator('.lacking .b.p');
      await again.waitFor();
      await visit.accessible(page);
      refuses = false;
      await again.click();
      await page.locator('form.guess').waitFor();
    });
  }
});

test('what there is to learn is found as one types, by keyboard alone, also by another name', async (t) => {
  for (const [locale, typed, hash] of [['en-US', 'cool', '#terms.cooldown'], ['ko-KR', '쿨다운', '#terms.cooldown']]) {
    const page = await visit.open(t, '#learn', { locale });
    await page.locator('.lessons').waitFor();
    await tabTo(page, '#found-0');
    await page.keyboard.insertText(typed);
    await page.locator(`.finder a[href="${hash}"]`).waitFor();
    assert.equal((await page.locator('.finder li [lang=en]').count()) > 0, locale === 'ko-KR', 'English inside Korean is said as such');
    await visit.accessible(page);
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(page), 'found-1');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focused(page), 'found-0');
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.finder li').count(), 0);
    await page.keyboard.insertText('qqqq');
    await page.waitForFunction(() => document.querySelector('.finder [role=status]')?.innerText.includes('qqqq'));
    await page.locator('#found-0').fill(typed);
    await page.locator(`.finder a[href="${hash}"]`).focus();
    await page.keyboard.press('Enter');
    await page.locator('.terms .sought').waitFor();
  }
});

test('what guides get wrong leads to its run, and a table has a caption, names of rows and ways to their runs', async (t) => {
  const page = await visit.open(t, '#wrong.cooldown-blocks-everything');
  await page.locator('.wrongs .sought').waitFor();
  assert.equal(await focused(page), 'entry-cooldown-blocks-everything');
  await visit.accessible(page);
  await page.locator('.sought .ways a').first().click();
  await page.waitForFunction(() => location.hash === '#learn.cooldowns.larger');
  await page.locator('form.guess').waitFor();
  await page.evaluate(() => { location.hash = '#tables.policies'; });
  await page.locator('#entry-policies').waitFor();
  assert.equal(await focused(page), 'entry-policies');
  await visit.accessible(page);
  const table = page.locator('.tables table').filter({ has: page.locator('#entry-policies') });
  assert.equal(await table.locator('caption h2').count(), 1);
  assert.equal(await table.locator('tbody th[scope=row]').count(), await table.locator('tbody tr').count());
  await page.setViewportSize({ width: 280, height: 600 });
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  assert.ok(await table.locator('caption > div').evaluate((it) => it.getBoundingClientRect().right <= innerWidth));
  // A row of a shipped scenario opens it.
  await page.locator('.tables a[href^="#2."]').first().click();
  await page.locator('form [name="load_test.max_rps"]').waitFor();
});

test('a lesson works in a frame without an origin of its own', async (t) => {
  const page = await visit.blank(t);
  const pages = {};
  const wiki = await visit.newServer({ pages, base: '/h/' });
  t.after(wiki.close);
  page.context().removeAllListeners('request');
  pages['/wiki'] =
    `<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="/h/#embed-learn-dark-ko.${LESSON}" width="800" height="700"></iframe>`;
  await page.goto(new URL('/wiki', wiki.url).href);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await frame.locator('form.guess').waitFor();
  assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), 'dark');
  assert.equal((await frame.locator('main h1').innerText()).trim(), titleOf('ko'));
  assert.equal(await frame.locator('header.top').count(), 0);
  await frame.locator('.guess input[type=radio]').first().check();
  await frame.locator('.guess .b.p').click();
  await frame.locator('.run canvas').first().waitFor();
  assert.notEqual((await frame.locator('#told-guess').innerText()).trim(), '');
  assert.ok(await frame.locator('.tells .moment').count());
  assert.equal(await frame.locator('.full a').count(), 1);
  assert.equal(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('headroom.study')).length), 0);
});

test('a lesson asks its two questions in place, tells at once, and keeps the answer', async (t) => {
  for (const locale of ['en-US', 'ko-KR']) {
    const page = await visit.open(t, `#learn.${LESSON}`, { locale });
    const asked = [];
    page.on('request', (request) => /topic-/.test(request.url()) && asked.push(request.url()));
    await page.locator('.guess .b').nth(1).click();
    await page.locator('.run canvas').first().waitFor();
    assert.deepEqual(asked, [], 'nothing of them is loaded before');
    await tabTo(page, '.two-questions > .b');
    await page.keyboard.press('Enter');
    await page.locator('.two-questions form.question').nth(1).waitFor();
    assert.equal(await page.locator('.two-questions h3').count(), 2);
    await visit.accessible(page);
    await visit.fits(page, [280, 390, 821, 1440]);
    // Right or wrong, each option that can be chosen is.
    const first = page.locator('.two-questions form.question').first();
    const options = first.locator('input[type=radio], input[type=checkbox]');
    if (await options.count()) await options.first().check();
    for (const select of await first.locator('select').all()) await select.selectOption({ index: 1 });
    for (const input of await first.locator('.i input').all()) await input.fill('1');
    await first.locator('button[type=submit]').click();
    await first.locator('.grade').first().waitFor();
    assert.equal(await first.locator('.links a').count(), 1, 'no way to where one is');
    const kept = await page.evaluate(() => localStorage['headroom.study.1']);
    const id = await first.locator('.grade').first().getAttribute('id');
    assert.ok(kept.includes(`"${id.replace(/-0-told$/, '')}"`), kept);
    await visit.picture(page, `study-two-questions-${locale}`, { fullPage: true });
  }
});

test('a lesson is shared with its setting, and the code of its frame opens the frame', async (t) => {
  for (const [locale, lang] of [['en-US', 'en'], ['ko-KR', 'ko']]) {
    const page = await visit.open(t, `#learn.${LESSON}.out-after-in`, { locale });
    await page.locator('form.guess').waitFor();
    await tabTo(page, '.offered .b');
    await page.keyboard.press('Enter');
    assert.ok((await page.locator('#share-link').inputValue()).endsWith(`#learn.${LESSON}.out-after-in`));
    await visit.accessible(page);
    await page.locator('dialog .row .b').last().click();
    await page.locator('#embed-frame').waitFor();
    await page.locator('#embed-theme').selectOption('dark');
    await page.locator('#embed-lang').selectOption('ko');
    const words = `embed-learn-dark-ko.${LESSON}.out-after-in`;
    assert.match(await page.locator('#embed-frame').inputValue(), new RegExp(`^<iframe src="[^"]+#${words.replaceAll('.', '\\.')}"`));
    assert.ok((await page.locator('#embed-markdown').inputValue()).includes(`#learn.${LESSON}.out-after-in)`));
    assert.equal(await page.locator('dialog [role=group]').count(), 0, 'a lesson has no parts');
    await visit.accessible(page);
    await visit.fits(page, [280, 390, 1440]);
    await visit.picture(page, `study-embed-${lang}`);
    const preview = await page.locator('dialog a[target=_blank]').getAttribute('href');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    const frame = await visit.open(t, new URL(preview).hash);
    await frame.locator('form.guess').waitFor();
    assert.equal(await frame.evaluate(() => document.documentElement.dataset.theme), 'dark');
    assert.equal((await heading(frame).innerText()).trim(), titleOf('ko'));
    assert.equal(await frame.locator('.offered, .two-questions').count(), 0);
  }
});

test('a moment is predicted by its field as by its slider; one outside of what is asked is said', async (t) => {
  const page = await visit.open(t, '#learn.two-alarms');
  await page.locator('form.guess').waitFor();
  const [slider, field] = ['input[type=range]', '#guess'].map((part) => page.locator(`.guess ${part}`));
  await page.locator('.guess .b.p').click();
  assert.equal(await focused(page), 'guess');
  await field.fill('02:10');
  assert.equal(await slider.inputValue(), '7800');
  await field.fill('05:00');
  await page.locator('.guess .bad').waitFor();
  assert.match(await page.locator('#guess-range').innerText(), /02:00.*02:30/);
  assert.equal(await slider.inputValue(), '7800');
  await visit.accessible(page);
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await field.inputValue(), '02:11');
  assert.equal(await page.locator('.guess .bad').count(), 0);
  await page.locator('.guess .b.p').click();
  assert.match(await page.locator('#told-guess').innerText(), /02:11.*02:08/);
});
