// The loop of auto scaling as a diagram: in step with the log and the cross-hair, by keyboard, on the page and in a lesson; it never
// plays by itself, and only steps where motion is to be reduced.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();
const LOCALES = ['en-US', 'ko-KR'];

/** Opens the page with the diagram unfolded. */
async function unfolded(t, options) {
  const page = await visit.open(t, '', options);
  await page.locator('.living summary').click();
  await page.locator('.loop').waitFor();
  return page;
}

const heard = async (page) => (await page.locator('.living [role=status]').textContent()).trim();
const shown = async (page) => (await page.locator('.living .state').innerText()).replace(/\s+/g, ' ').trim();
const atOf = (page) => page.locator('.living input[type=range]').inputValue().then(Number);
const entry = (page) => page.locator('.log .e[aria-current=true]');
/** Buttons from the end. Where nothing is to move: the last is the next event, the one before a minute. */
const button = (page, fromEnd) => page.locator('.living .row button').nth(-fromEnd);

test('folded at first, it is there for whoever asks, and says what the log says at each decision', async (t) => {
  for (const locale of LOCALES) {
    const page = await visit.open(t, '', { locale });
    await page.locator('.log .e').first().waitFor();
    assert.equal(await page.locator('.loop').count(), 0);
    await page.locator('.living summary').click();
    await page.locator('.loop').waitFor();
    const entries = page.locator('.log .e');
    for (let place = 0; place < Math.min(await entries.count(), 6); place += 1) {
      await entries.nth(place).click();
      const [at, text] = await Promise.all(['.at', '.text'].map((part) => entries.nth(place).locator(part).innerText()));
      const said = await shown(page);
      assert.ok(said.startsWith(at), `${said} at ${at}`);
      assert.ok(said.endsWith(text.replace(/\s+/g, ' ').trim()), `${said} says ${text}`);
    }
    await visit.accessible(page, '.living');
    await visit.fits(page, [280, 390, 820, 1440]);
  }
});

test('a minute and the next event are announced, move the cross-hair, and come to each entry of the log', async (t) => {
  const page = await unfolded(t, {});
  assert.equal(await heard(page), '', 'nothing is announced before a step');
  await button(page, 2).click();
  assert.equal(await atOf(page), 60);
  assert.notEqual(await heard(page), '');
  const starts = new Set();
  const end = Number(await page.locator('.living input[type=range]').getAttribute('max'));
  let before = 60;
  for (let steps = 0; steps < 400; steps += 1) {
    await button(page, 1).click();
    const at = await atOf(page);
    assert.ok(at >= before);
    before = at;
    starts.add((await page.locator('.living .state .at').innerText()).trim());
    if (at >= end) break;
  }
  assert.equal(before, end, 'it comes to an end');
  const entries = page.locator('.log .e.changed .at');
  assert.ok((await entries.count()) > 3);
  for (const at of await entries.allInnerTexts()) assert.ok([...starts].some((start) => start.endsWith(at.trim())), at);
  // The cross-hair of the charts stands where the diagram does.
  assert.ok(await entry(page).count());
});

test('by keyboard: unfolded, slid by a minute, stepped, played and stopped', async (t) => {
  const page = await visit.open(t, '', { reducedMotion: 'no-preference' });
  await page.locator('.log .e').first().waitFor();
  await page.locator('.living summary').focus();
  await page.keyboard.press('Enter');
  await page.locator('.loop').waitFor();
  await page.waitForTimeout(700);
  assert.equal(await atOf(page), 0, 'it does not play by itself');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => Number(document.querySelector('.living input[type=range]').value) >= 60);
  assert.equal(await heard(page), '', 'nothing is announced while it plays');
  await page.keyboard.press('Enter');
  const stopped = await atOf(page);
  await page.waitForTimeout(1300);
  assert.equal(await atOf(page), stopped);
  await page.locator('.living input[type=range]').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await atOf(page), stopped + 60);
  assert.match(await page.locator('.living input[type=range]').getAttribute('aria-valuetext'), /^\d\d:\d\d: /);
  // A time that is typed, by keys alone; the field follows the slider.
  const field = page.locator('#loop-moment');
  const typed = (await field.getAttribute('type')) === 'time' ? '20:05' : `${(await field.inputValue()).slice(0, 10)}T20:05`;
  await field.fill(typed);
  assert.match(await shown(page), /20:05/);
  await page.locator('.living input[type=range]').focus();
  await page.keyboard.press('ArrowRight');
  assert.match(await field.inputValue(), /20:06$/);
  await page.keyboard.press('ArrowLeft');
  await field.fill(typed.replace('20:05', '00:00'));
  for (let presses = 0; presses < 2; presses += 1) await button(page, 1).click();
  await page.locator('.living .row button').first().click();
  await page.waitForFunction((from) => Number(document.querySelector('.living input[type=range]').value) > from + 3600, stopped);
  await page.locator('.living .row button').first().click();
});

test('where motion is to be reduced there are steps alone', async (t) => {
  const page = await unfolded(t, { reducedMotion: 'reduce', colorScheme: 'dark', locale: 'ko-KR' });
  assert.equal(await page.locator('.living .row button').count(), 2);
  await button(page, 1).click();
  assert.notEqual(await atOf(page), 0);
  await visit.accessible(page);
});

test('a lesson has it, a frame has not', async (t) => {
  const page = await visit.open(t, '#learn.cooldowns');
  await page.locator('form.guess .b').nth(1).click();
  await page.locator('.living summary').click();
  await page.locator('.loop').waitFor();
  await button(page, 1).click();
  assert.notEqual(await heard(page), '');
  await visit.accessible(page);
  await visit.fits(page, [280, 390, 1440]);
  const frame = await visit.open(t, '#embed-learn.cooldowns');
  await frame.locator('form.guess .b').nth(1).click();
  await frame.locator('.tells').waitFor();
  assert.equal(await frame.locator('.living').count(), 0);
});
