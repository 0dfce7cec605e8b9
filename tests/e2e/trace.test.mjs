// Recorded traffic: pasted, chosen, dropped; what is odd about it, line by line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();

const minute = (i) => `2026-03-02 ${String(10 + Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
const rows = (count, value = (i) => 600 + i) => Array.from({ length: count }, (_, i) => `${minute(i)},${value(i)}`);

async function openDialog(t, options) {
  const page = await visit.open(t, '', options);
  await page.getByRole('button', { name: 'Use a trace…' }).click();
  return page;
}

test('pasted rows become demand over their own days, bad ones are named by line', async (t) => {
  const page = await openDialog(t);
  const text = ['time,count', ...rows(120)];
  text[4] = '2026-03-02 10:03,many';
  text[9] = 'yesterday,5';
  await page.getByLabel('Or paste rows').fill(text.join('\n'));
  await page.getByRole('button', { name: 'Read these rows' }).click();
  await page.locator('.found').waitFor();
  const bad = await page.locator('.bads').innerText();
  assert.match(bad, /2 rows could not be used/);
  assert.match(bad, /Line 5, “many”/);
  assert.match(bad, /Line 10, “yesterday”/);
  await visit.accessible(page);
  await page.getByRole('button', { name: 'Use this trace' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const form = await page.locator('form').innerText();
  assert.match(form, /2026/);
  assert.match(form, /Trace/);
  assert.equal(await page.locator('input[name=start]').inputValue(), '2026-03-02');
  assert.equal(await page.locator('input[name=hours]').inputValue(), '12');
});

test('files that are no trace are refused in words', async (t) => {
  const page = await openDialog(t);
  for (const [name, body, says] of [
    ['empty.csv', '', /empty/],
    ['table.csv', 'name,colour\na,red\nb,blue\n', /No column holds times/],
    ['sheet.csv', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0xff]), /not text/],
  ]) {
    await page.locator('#trace-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(body) });
    await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('.errs')?.innerText), says.source);
  }
});

test('a column is chosen where several could be meant', async (t) => {
  const page = await openDialog(t);
  const body = ['time,a,b', ...Array.from({ length: 50 }, (_, i) => `${minute(i)},${i},${i * 2}`)].join('\n');
  await page.locator('#trace-file').setInputFiles({ name: 'two.csv', mimeType: 'text/csv', buffer: Buffer.from(body) });
  await page.locator('.errs').waitFor();
  await page.getByLabel('Value column').selectOption({ label: 'b' });
  await page.locator('.found').waitFor();
  assert.match(await page.locator('.found').innerText(), /98 requests/);
});

test('options change how the same file is read', async (t) => {
  const page = await openDialog(t);
  await page.locator('#trace-file').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(rows(60, () => 300).join('\n')) });
  await page.locator('.found').waitFor();
  await page.getByLabel('Values are').selectOption('second');
  await page.waitForFunction(() => /18.k/.test(document.querySelector('.found')?.innerText));
});

test('a large file is read in parts with its progress shown, and can be cancelled', async (t) => {
  const page = await openDialog(t);
  const many = [];
  for (let i = 0; i < 900000; i += 1) many.push(`${1700000000 + i},${i % 1000}`);
  await page.evaluate((body) => {
    const data = new DataTransfer();
    data.items.add(new File([body], 'large.csv', { type: 'text/csv' }));
    const input = document.querySelector('#trace-file');
    input.files = data.files;
    window.sawProgress = false;
    new MutationObserver(() => { window.sawProgress ||= !!document.querySelector('progress'); }).observe(document.body, { childList: true, subtree: true });
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }, many.join('\n'));
  await page.locator('.found').waitFor({ timeout: 20000 });
  assert.match(await page.locator('.found').innerText(), /900,000 rows/);
  assert.ok(await page.evaluate(() => window.sawProgress), 'a progress bar was shown');
});

test('a trace too long for a link is offered as a file, and a reload still has it', async (t) => {
  const page = await visit.open(t);
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await page.locator('[data-preset=world_cup_semi_final]').click();
  await page.waitForFunction(() => document.title.startsWith('World Cup'));
  await page.waitForFunction(() => location.hash === '');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  assert.match(await page.getByRole('dialog').innerText(), /too long for a link/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /headroom\.json$/);
  await page.reload();
  await page.waitForFunction(() => document.title.startsWith('World Cup'));
});

test('a dropped CSV opens the dialog by itself', async (t) => {
  const page = await visit.open(t);
  await page.evaluate((body) => {
    const data = new DataTransfer();
    data.items.add(new File([body], 'monday.csv'));
    document.querySelector('.page').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, rows(30).join('\n'));
  await page.locator('.found').waitFor();
  await page.getByRole('button', { name: 'Use this trace' }).click();
  await page.waitForFunction(() => /Trace: monday/.test(document.querySelector('form').innerText));
});
