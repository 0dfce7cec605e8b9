// Runs side by side: pinned, drawn, in figures and in words; in the link, in a frame, by keyboard; and what they cost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();
const field = (page, name) => page.locator(`form [name="${name}"]`);
const hash = (page) => page.evaluate(() => location.hash);
const pin = (page) => page.locator('.pins > .b');
const pinned = (page) => page.locator('.pinned');
const row = (page, name) => page.locator('.beside tr', { has: page.locator('th', { hasText: name }) }).first();

async function type(page, name, text) {
  await page.waitForFunction(() => location.hash.length > 1);
  const before = await hash(page);
  await field(page, name).fill(text);
  await page.waitForFunction((was) => location.hash !== was, before);
}

test('a run is pinned by keyboard, and what comes next stands beside it: figures, differences, what differs', async (t) => {
  for (const [locale, figure, differs] of [['en-US', 'Availability', 'Sustained maximum'], ['ko-KR', '가용성', '지속 가능한 최대 RPS']]) {
    const page = await visit.open(t, '', { locale });
    assert.equal(await page.locator('.beside').count(), 0);
    await pin(page).focus();
    await page.keyboard.press('Enter');
    await pinned(page).waitFor();
    // The same run is not pinned twice.
    assert.equal(await pin(page).isDisabled(), true);
    await type(page, 'load_test.max_rps', '30');
    await page.waitForFunction(() => document.querySelector('.pinned')?.innerText.includes('20'));
    assert.match(await pinned(page).innerText(), new RegExp(differs));
    const availability = await row(page, figure).innerText();
    assert.match(availability, /%.*%/s);
    await page.locator('.beside details').last().locator('summary').click();
    assert.match(await page.locator('.beside dl').innerText(), new RegExp(`${differs}\\s+30\\sRPS → 20\\sRPS`));
    await page.locator('.beside details').first().locator('summary').click();
    await page.waitForFunction(() => document.querySelectorAll('.beside tbody tr').length > 18);
    await visit.accessible(page);
    // Taken away by keyboard, the focus stays near.
    await page.locator('.pinned button').last().focus();
    await page.keyboard.press('Enter');
    await page.locator('.beside').waitFor({ state: 'detached' });
  }
});

test('pinned runs are in the link, at most four, and come back by it; in a frame they have no ways to change them', async (t) => {
  const page = await visit.open(t);
  for (const rps of ['21', '22', '23', '24', '25']) {
    await pin(page).click({ timeout: 2000 });
    await page.waitForFunction(() => location.hash.includes('~'));
    await type(page, 'load_test.max_rps', rps);
    if (rps === '24') break;
  }
  assert.equal(await pinned(page).count(), 4);
  assert.equal(await pin(page).isDisabled(), true);
  await page.locator('.pins .says').waitFor();
  const link = await hash(page);
  assert.equal(link.split('~').length, 5);
  const other = await visit.open(t, link);
  await other.waitForFunction(() => document.querySelectorAll('.pinned').length === 4);
  const told = (of) => of.locator('.beside').innerText();
  await other.locator('.beside').waitFor();
  assert.equal(await told(other), await told(page));
  // What its Share gives holds them, too.
  await other.locator('header').getByRole('button', { name: 'Share' }).click();
  assert.match(await other.locator('#share-link').inputValue(), /~/);
  await other.keyboard.press('Escape');
  const frame = await visit.open(t, `#embed.${link.slice(1)}`);
  await frame.waitForFunction(() => document.querySelectorAll('.pinned').length === 4);
  assert.equal(await frame.locator('.pins button').count(), 0);
  await frame.locator('.beside').waitFor();
  await visit.accessible(frame);
  // Another address takes them away, and back brings them again.
  await other.evaluate(() => { location.hash = '2.X94A'; });
  await other.waitForFunction(() => document.querySelectorAll('.pinned').length === 0);
  await other.goBack();
  await other.waitForFunction(() => document.querySelectorAll('.pinned').length === 4);
  await other.reload();
  await started(other);
  await other.waitForFunction(() => document.querySelectorAll('.pinned').length === 4);
});

test('a pinned run is gone back to, which undo takes back', async (t) => {
  const page = await visit.open(t);
  await pin(page).click();
  await type(page, 'load_test.max_rps', '30');
  await page.locator('.pinned button').first().click();
  await page.waitForFunction(() => document.querySelector('form [name="load_test.max_rps"]').value === '20');
  await page.locator('body').press('Control+z');
  await page.waitForFunction(() => document.querySelector('form [name="load_test.max_rps"]').value === '30');
});

test('a pinned run that a link damages is said, as any other', async (t) => {
  const page = await visit.blank(t);
  await page.goto(visit.address('#2.X94A~X94'));
  await page.locator('.unopened, main h1, main h2').first().waitFor();
  assert.match(await page.locator('main').innerText(), /damaged/);
});

test('a pinned run that has no result says so, and does not wait for one', async (t) => {
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', '0');
  await pin(page).click();
  await page.locator('.pinned small', { hasText: 'no result' }).waitFor();
  assert.match(await row(page, 'Availability').innerText(), /no result/);
});

test('runs of other days or lengths say so where they are drawn and where they are compared', async (t) => {
  for (const [locale, day, aligned, when, lengths] of [
    ['en-US', 'Nov 28, 2026 · 1 day', /drawn from the start of this run/, 'First day, length', /differ in length/],
    ['ko-KR', '2026년 11월 28일 · 1일', /시작에 맞춰 그립니다/, '첫날, 길이', /길이가 서로 달라/],
  ]) {
    const page = await visit.open(t, '', { locale });
    await pin(page).click();
    await type(page, 'load_test.max_rps', '30');
    await pinned(page).waitFor();
    assert.equal(await page.locator('.pinned small, .pins .says, .beside .says').count(), 0);
    assert.equal(await row(page, when).count(), 0);
    await page.locator('form .pol > summary', { hasText: '2026' }).click();
    await type(page, 'start', '2026-12-24');
    await pinned(page).locator('small', { hasText: day }).waitFor();
    assert.match(await page.locator('.pins .says').innerText(), aligned);
    assert.ok((await row(page, when).innerText()).replaceAll('\u00a0', ' ').includes(day));
    assert.equal(await page.locator('.beside .says').count(), 0);
    await type(page, 'hours', '30');
    await page.locator('.beside .says').waitFor();
    assert.match(await page.locator('.beside .says').innerText(), lengths);
    await visit.accessible(page);
    const frame = await visit.open(t, `#embed-charts.${(await hash(page)).slice(1)}`, { locale });
    await pinned(frame).locator('small', { hasText: day }).waitFor();
    assert.match(await frame.locator('.pins .says').innerText(), aligned);
  }
});

test('shipped comparisons open with what they compare', async (t) => {
  for (const [locale, name, button] of [['en-US', 'One big or many small', 'Scenarios'], ['ko-KR', '큰 하나, 작은 여럿', '시나리오']]) {
    const page = await visit.open(t, '', { locale });
    await page.locator('header').getByRole('button', { name: button, exact: true }).click();
    await visit.accessible(page);
    await page.locator('dialog .entry', { hasText: name }).click();
    await page.waitForFunction(() => document.querySelectorAll('.pinned').length === 3);
    await page.waitForFunction(() => document.querySelectorAll('.beside thead th').length === 5);
    assert.match(await page.locator('.pinned').first().innerText(), /ml\.c5\.9xlarge × 2/);
    await visit.accessible(page);
  }
});
