// The same demand on other machines: typed in a card, told in a table, in both languages, and in the link.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();
const card = (page) => page.locator('form .card').filter({ has: page.locator('[name^="other_machines"]') });
const rows = (page) => page.locator('.machines tbody tr');
const hash = (page) => page.evaluate(() => location.hash);
const cell = (page, row, column) => rows(page).nth(row).locator('td').nth(column).innerText();

/** Types into a field of the machine, and waits until that is written down. */
async function type(page, name, text) {
  await page.waitForFunction(() => location.hash.length > 1);
  const before = await hash(page);
  await card(page).locator(`[name$=".${name}"]`).fill(text);
  await page.waitForFunction((was) => location.hash !== was, before);
}

test('a machine that serves six times as much needs fewer instances, and its cost and surge are told', async (t) => {
  for (const [locale, title, adds, surge] of [
    ['en-US', 'Other machines', '+ machine', /answers a surge after/i],
    ['ko-KR', '다른 인스턴스 유형과 비교', '+ 인스턴스 유형', /급증에 대응하기까지/],
  ]) {
    const page = await visit.open(t, '', { locale });
    assert.equal(await page.locator('.machines').count(), 0, 'nothing is in sight that is not used');
    await page.locator('form summary', { hasText: title }).click();
    await page.getByRole('button', { name: adds, exact: true }).click();
    await rows(page).nth(1).waitFor();
    await type(page, 'times', '6');
    await type(page, 'type', 'ml.g5.xlarge');
    await page.waitForFunction(() => /120/.test(document.querySelectorAll('.machines tbody tr')[1]?.innerText ?? ''));
    assert.match(await page.locator('.machines thead').innerText(), surge);
    const most = async (row) => Number((await cell(page, row, 1)).split(/[,\n]/)[0].match(/\d+/g).pop());
    assert.ok(await most(1) < await most(0), 'fewer instances');
    assert.match(await cell(page, 1, 2), /\$.*[+−]\$/s, 'what it costs, and how much more or less');
    await visit.accessible(page);
    // A type that is none: the field says so, and the table keeps what it had.
    await type(page, 'type', 'fast');
    await page.locator('.stale').waitFor();
    assert.equal(await rows(page).count(), 2);
    await type(page, 'type', '');
    await page.locator('.stale').waitFor({ state: 'detached' });
    // It is in the link.
    const other = await visit.open(t, await hash(page), { locale });
    await rows(other).nth(1).waitFor();
    assert.match(await rows(other).nth(1).innerText(), /120/);
  }
});
