// Recorded traffic: pasted, chosen, dropped; what is odd about it, line by line.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();

const minute = (i) => `2026-03-02 ${String(10 + Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}`;
const rows = (count, value = (i) => 600 + i) => Array.from({ length: count }, (_, i) => `${minute(i)},${value(i)}`);

async function openDialog(t, options) {
  const page = await visit.open(t, '', options);
  await page.getByRole('button', { name: 'Use my traffic (CSV)…' }).click();
  return page;
}

test('pasted rows become demand over their own days, bad ones are named by line', async (t) => {
  const page = await openDialog(t);
  const text = ['time,count', ...rows(120)];
  text[4] = '2026-03-02 10:03,many';
  text[9] = 'yesterday,5';
  await page.getByLabel('Or paste rows or JSON').fill(text.join('\n'));
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
  assert.match(form, /Recorded traffic/);
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

const give = (page, name, body) =>
  page.locator('#trace-file').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(body) });
const says = (page, pattern) =>
  page.waitForFunction(([source]) => new RegExp(source).test(document.querySelector('.found')?.innerText), [pattern.source]);
const shown = (page, name) =>
  page.locator(`#trace-${name}`).evaluate((select) => select.selectedOptions[0].textContent);

test('where several columns could be meant it asks, shows the first rows, and the answer can be changed', async (t) => {
  const page = await openDialog(t);
  await give(page, 'two.csv', ['time,a,b', ...Array.from({ length: 50 }, (_, i) => `${minute(i)},${i},${i * 2}`)].join('\n'));
  const ask = page.getByRole('group', { name: 'Which column is the demand?' });
  await ask.waitFor();
  assert.equal(await page.getByRole('button', { name: 'Use this trace' }).count(), 0, 'nothing is taken unasked');
  assert.match(await ask.innerText(), /2026-03-02 10:01\s+2 → .*10:01: 2 a minute/);
  await ask.locator('.choice').nth(1).locator('input').click();
  await says(page, /Peak 98 a minute = 1.63 RPS/);
  assert.equal(await shown(page, 'value'), 'b');
  await page.locator('#trace-value').selectOption({ label: 'a' });
  await says(page, /Peak 49 a minute/);
  await page.getByText('Add up several columns').click();
  await page.locator('.boxes').getByLabel('b').check();
  await says(page, /Peak 147 a minute/);
  await visit.accessible(page);
});

test('the choices show what is in force, and nothing sticks from one file to the next', async (t) => {
  const page = await openDialog(t);
  const hours = Array.from({ length: 24 }, (_, i) => `2026-03-02 ${String(i).padStart(2, '0')}:00,${3600 + i}`);
  await give(page, 'hours.csv', ['time,requests', ...hours].join('\n'));
  await says(page, /Peak 60.38 a minute/);
  assert.equal(await shown(page, 'kind'), 'requests since the row before');
  assert.equal(await shown(page, 'gaps'), 'no requests');
  assert.equal(await shown(page, 'time'), 'time');
  await page.locator('#trace-kind').selectOption({ label: 'requests per second' });
  await says(page, /Peak 217,380 a minute/);
  assert.equal(await shown(page, 'kind'), 'requests per second');
  await page.locator('#trace-gaps').selectOption({ label: 'a line between neighbours' });
  await give(page, 'again.csv', ['time,requests', ...rows(30)].join('\n'));
  await says(page, /Peak 629 a minute = 10.5 RPS/);
  assert.equal(await shown(page, 'kind'), 'requests since the row before');
  assert.equal(await shown(page, 'gaps'), 'no requests');
});

test('what is never demand is asked for: errors, and what is per instance', async (t) => {
  const page = await openDialog(t);
  await give(page, 'errors.csv', ['time,users,errors/s', ...rows(30, (i) => `${i},1`)].join('\n'));
  await page.getByText(/No column is clearly the demand/).waitFor();
  await give(page, 'each.csv', ['time,InvocationsPerInstance', ...rows(30)].join('\n'));
  await page.getByLabel(/is per instance. How many instances were there/).fill('6');
  await page.keyboard.press('Tab');
  await says(page, /Peak 3,774 a minute/);
  assert.equal(await page.locator('#trace-instances-now').inputValue(), '6');
});

test('times without a zone are asked for, the browser\u2019s first', async (t) => {
  const page = await openDialog(t, { timezoneId: 'Asia/Seoul' });
  await give(page, 'a.csv', ['time,requests', ...rows(30)].join('\n'));
  const ask = page.getByRole('group', { name: /The times name no time zone/ });
  await ask.waitFor();
  assert.deepEqual(await ask.locator('label > span').allInnerTexts(), ['Asia/Seoul', 'UTC', 'Europe/London']);
  await says(page, /from .* 2026 01:00/);
  await ask.getByLabel('UTC').click();
  await says(page, /from .* 2026 10:00/);
  assert.equal(await shown(page, 'zone'), 'UTC');
});

test('CloudWatch\u2019s JSON is read where it is pasted, and where it is opened', async (t) => {
  const page = await openDialog(t);
  const at = (i) => `2026-03-02T10:${String(i).padStart(2, '0')}:00+00:00`;
  const places = Array.from({ length: 30 }, (_, i) => 29 - i);
  const data = { MetricDataResults: [{ Id: 'm1', Label: 'Invocations', Timestamps: places.map(at), Values: places.map((i) => 600 + i) }] };
  await page.getByLabel('Or paste rows or JSON').fill(JSON.stringify(data));
  await page.getByRole('button', { name: 'Read these rows' }).click();
  await says(page, /Peak 629 a minute/);
  await page.getByRole('button', { name: 'Close' }).click();
  const statistics = { Label: 'Invocations', Datapoints: places.map((i) => ({ Timestamp: at(i), Sum: 700 + i, Unit: 'None' })) };
  await page.evaluate((body) => {
    const files = new DataTransfer();
    files.items.add(new File([body], 'statistics.json'));
    document.querySelector('.page').dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
  }, JSON.stringify(statistics));
  await says(page, /Peak 729 a minute/);
});

test('on a phone nothing runs out of its place', async (t) => {
  const page = await openDialog(t, { viewport: { width: 390, height: 844 } });
  await give(page, 'two.csv', ['time,POST /a/very/long/path/that/goes/on/and/on/for/a/while/to/see,b', ...rows(50, (i) => `${i},${i * 2}`)].join('\n'));
  await page.locator('.asks').waitFor();
  const out = await page.evaluate(() => {
    const dialog = document.querySelector('dialog[open]');
    const wide = [...dialog.querySelectorAll('*')].filter((element) => !element.classList.contains('unseen') && element.getBoundingClientRect().right > dialog.getBoundingClientRect().right + 1);
    const button = dialog.querySelector('.drop .b');
    return { wide: wide.map((element) => element.outerHTML.slice(0, 80)), button: button.scrollWidth - button.clientWidth };
  });
  assert.deepEqual(out, { wide: [], button: 0 });
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
  const page = await openDialog(t);
  const second = (i) => new Date(Date.UTC(2026, 2, 2, 10, 0, i)).toISOString().slice(0, 19);
  const many = Array.from({ length: 80000 }, (_, i) => `${second(i)},${i}`);
  await give(page, 'large.csv', ['time,count', ...many].join('\n'));
  await page.locator('.found').waitFor();
  await page.getByRole('button', { name: 'Use this trace' }).click();
  await page.waitForFunction(() => /Recorded traffic: large/.test(document.querySelector('form').innerText));
  await page.waitForFunction(() => location.hash === '');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  assert.match(await page.getByRole('dialog').innerText(), /has 80,000 values, more than a link/);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  assert.match(download.suggestedFilename(), /headroom\.json$/);
  await page.reload();
  await page.waitForFunction(() => /Recorded traffic: large/.test(document.querySelector('form')?.innerText));
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
  await page.waitForFunction(() => /Recorded traffic: monday/.test(document.querySelector('form').innerText));
});
