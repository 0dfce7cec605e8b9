// Where progress of the study aid is kept: in every tab of the person's, nowhere by a frame of another origin, and, where a browser
// keeps nothing, as long as the page stands.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();
const KEY = 'headroom.study.1';
const LESSONS = ['target', 'cooldowns', 'step', 'credits'];
const WITH_OPTIONS = 'cooldowns';

const kept = (page) => page.evaluate((key) => localStorage.getItem(key) ?? '', KEY);
const goTo = (page, hash) => page.evaluate((to) => { location.hash = to; }, hash);
const doneOf = (page) => page.locator('.lessons li', { has: page.locator('.done') }).locator('a').evaluateAll((links) => links.map((it) => it.hash).toSorted());

/** Does a lesson without predicting anything. */
async function see(page, id) {
  await goTo(page, `#learn.${id}`);
  await page.locator('form.guess button[type=button]').click();
  await page.locator('.tells').waitFor();
}

test('what is done in one tab is seen in the other at once, and nothing is lost where both write', async (t) => {
  const page = await visit.open(t, '#learn');
  const other = await visit.beside(page, '#learn');
  await Promise.all([page, other].map((tab) => tab.locator('.lessons a').first().waitFor()));
  // Seen without a reload, as the other one's first page stands there.
  await see(page, LESSONS[0]);
  await other.locator('.lessons .done').waitFor();
  assert.deepEqual(await doneOf(other), [`#learn.${LESSONS[0]}`]);
  // By turns, and at the same time.
  await see(other, LESSONS[1]);
  await Promise.all([see(page, LESSONS[2]), see(other, LESSONS[3])]);
  const all = LESSONS.map((id) => `#learn.${id}`).toSorted();
  for (const tab of [page, other]) {
    await goTo(tab, '#learn');
    await tab.locator('.lessons .done').nth(3).waitFor();
    assert.deepEqual(await doneOf(tab), all);
    await tab.reload();
    await started(tab);
    await tab.locator('.lessons .done').nth(3).waitFor();
    assert.deepEqual(await doneOf(tab), all);
  }
  // What one erases is gone in both.
  await goTo(page, '#review');
  await page.locator('#kept').waitFor();
  await page.locator('[aria-labelledby=kept] .ways').first().locator('.b').nth(3).click();
  await page.locator('#erase').click();
  await other.waitForFunction(() => document.querySelectorAll('.lessons a').length > 0 && document.querySelectorAll('.lessons .done').length === 0);
});

test('a lesson works in a frame of another origin, and keeps nothing there', { concurrency: true }, async (t) => {
  await Promise.all([['en', ''], ['ko', 'sandbox="allow-scripts"'], ['ko', ''], ['en', 'sandbox="allow-scripts"']].map(([lang, sandbox]) =>
    t.test(`${lang} ${sandbox}`, async (t) => {
      const page = await visit.blank(t);
      const pages = {};
      const wiki = await visit.newServer({ pages, base: '/h/' });
      t.after(wiki.close);
      // The frame's server is another origin than the page's: that is what this is about.
      page.context().removeAllListeners('request');
      const address = visit.address(`#embed-learn-${lang}.${WITH_OPTIONS}`);
      assert.notEqual(new URL(address).origin, new URL(wiki.url).origin);
      pages['/wiki'] = `<!doctype html><link rel="icon" href="data:,"><iframe ${sandbox} src="${address}" width="800" height="700"></iframe>`;
      await page.goto(new URL('/wiki', wiki.url).href);
      const frame = await (await page.waitForSelector('iframe')).contentFrame();
      await frame.locator('form.guess').waitFor();
      assert.equal(await frame.evaluate(() => document.documentElement.lang), lang);
      await frame.locator('.guess input[type=radio]').nth(1).check();
      await frame.locator('.guess button[type=submit]').click();
      await frame.locator('.bench > .run canvas').first().waitFor();
      await frame.locator('.compared [role=status]').filter({ hasText: /./ }).waitFor();
      for (const part of ['happened', 'off', 'rule', 'wrong']) assert.equal(await frame.locator(`#told-${part}`).isVisible(), true, part);
      // Its control, and a sentence that is tied to a moment.
      const before = await frame.locator('.set input:checked').inputValue();
      await frame.locator('.set input').last().check();
      assert.notEqual(await frame.locator('.set input:checked').inputValue(), before);
      await frame.locator('.set input').first().check();
      await frame.locator('.moment').first().click();
      await frame.locator('.moment.on').first().waitFor();
      // Nothing is kept, and nobody is told so who reads another page.
      assert.equal(await frame.locator('.warn:visible, dialog[open], [role=alert]:visible:not(:empty)').count(), 0);
      const stored = await frame.evaluate((key) => {
        try {
          return localStorage.getItem(key) ?? '';
        } catch {
          return 'refused';
        }
      }, KEY);
      assert.equal(stored, sandbox ? 'refused' : '');
      await frame.evaluate(() => location.reload());
      await frame.locator('form.guess').waitFor();
    }),
  ));
});

test('where the browser keeps nothing it is said in a line, and lasts as long as the page', async (t) => {
  for (const locale of ['en-US', 'ko-KR']) {
    const page = await visit.blank(t, { locale });
    await page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage']) {
        Object.defineProperty(window, name, { get: () => { throw new DOMException('refused', 'SecurityError'); } });
      }
    });
    await page.goto(visit.address('#learn'));
    await started(page);
    await page.locator('.lessons a').first().waitFor();
    assert.notEqual((await page.locator('main > .warn[role=status]').innerText()).trim(), '');
    assert.equal(await page.locator('dialog[open], main > [role=alert]').count(), 0);
    await visit.accessible(page, 'main');
    await see(page, LESSONS[0]);
    await goTo(page, '#learn');
    await page.locator('.lessons .done').waitFor();
    await page.reload();
    await started(page);
    await page.locator('.lessons a').first().waitFor();
    assert.equal(await page.locator('.lessons .done').count(), 0);
  }
});
