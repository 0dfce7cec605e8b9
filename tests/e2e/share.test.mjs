// What outlives the page: the address bar, the link, the frame, files, storage;
// and what happens where one of them is refused.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();
const field = (page, name) => page.locator(`input[name="${name}"]`);
const target = (page) => page.locator('output[name=target]');
const hash = (page) => page.evaluate(() => location.hash);
const hashChanges = (page, from) => page.waitForFunction((was) => location.hash !== was, from);

async function type(page, name, text) {
  await page.waitForFunction(() => location.hash.length > 1);
  const before = await hash(page);
  await field(page, name).fill(text);
  await hashChanges(page, before);
}

test('the address bar holds the scenario; a reload and another browser show the same', async (t) => {
  const page = await visit.open(t);
  await page.waitForFunction(() => location.hash.length > 1);
  await type(page, 'load_test.max_rps', '35');
  await type(page, 'name', 'Quiz night');
  const link = await page.evaluate(() => location.href);
  assert.ok(link.split('#')[1].length <= 200);
  await page.reload();
  await started(page);
  assert.equal(await field(page, 'load_test.max_rps').inputValue(), '35');
  const other = await visit.open(t, `#${link.split('#')[1]}`);
  assert.equal(await field(other, 'name').inputValue(), 'Quiz night');
  assert.equal(await target(other).innerText(), '1,050');
});

test('the last scenario is there without a link, and a link wins over it', async (t) => {
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', '44');
  const link = await hash(page);
  await type(page, 'load_test.max_rps', '55');
  await page.goto('about:blank');
  await page.goto(visit.address());
  await started(page);
  assert.equal(await field(page, 'load_test.max_rps').inputValue(), '55');
  await page.goto('about:blank');
  await page.goto(visit.address(link));
  await started(page);
  assert.equal(await field(page, 'load_test.max_rps').inputValue(), '44');
});

test('a file that does not open is answered with the field and what belongs there', async (t) => {
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', '44');
  const cases = [
    ['{"hours": "24"}', /Line 1, column 14: “hours” is "24", but must be a whole number, 0 or more\./, /“hours”에 "24" 값이/],
    ['{"demand": [{"shape": {"steady": {"rsp": 1}}}]}', /no field “demand\[0\]\.shape\.steady\.rsp”\..*: rps\./, /쓸 수 있는 필드: rps/],
    ['{"start": "28.11.2026"}', /“start” is "28\.11\.2026", but must be a date such as "2026-11-28"\./, /같은 날짜/],
    ['{"hours" 24}', /not JSON: the colon after a field's name is missing\./, /콜론이 없습니다/],
    ['', /ends too early/, /중간에 끝났습니다/],
    // Far too much of one thing: refused while it is read, and the page goes on.
    [`{"demand": [${'{},'.repeat(99_999)}{}]}`, /“demand” has more entries than it can have\. Keep 100 at most\./, /100개까지만/],
    [`{"policies": [{"PolicyName": "${'a'.repeat(900_000)}"}]}`, /“policies\[0\]\.PolicyName” has more characters/, /1,600자까지만/],
    [`{${' '.repeat(5_000_000)}}`, /larger than any scenario: without recorded counts it has 1 MB at most/, /1 MB/],
    ['{"scheduled_actions": [{"MinSize": -1}]}', /“scheduled_actions\[0\]\.MinSize” is −1, which is Terraform's way/, /Terraform/],
  ];
  const told = page.locator('.notice');
  const toldAs = (says) => page.waitForFunction((source) => {
    const notice = document.querySelector('.notice');
    return notice !== null && new RegExp(source).test(notice.innerText);
  }, says.source);
  for (const lang of [1, 2]) {
    if (lang === 2) await page.getByRole('button', { name: '한국어' }).click();
    for (const said of cases) {
      const buffer = Buffer.from(said[0]);
      await page.locator('header input[type=file]').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer });
      await toldAs(said[lang]);
      assert.equal(await field(page, 'load_test.max_rps').inputValue(), '44');
      await told.getByRole('button').click();
    }
  }
});

test('back and forward go between scenarios that were opened', async (t) => {
  const page = await visit.open(t);
  await page.waitForFunction(() => location.hash.length > 1);
  const first = await hash(page);
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await page.locator('[data-preset=flash_sale]').click();
  await hashChanges(page, first);
  assert.match(await page.title(), /^Flash sale/);
  await page.goBack();
  await page.waitForFunction(() => document.title.startsWith('Finals night'));
  await page.goForward();
  await page.waitForFunction(() => document.title.startsWith('Flash sale'));
  await page.evaluate((to) => { location.hash = to; }, first);
  await page.waitForFunction(() => document.title.startsWith('Finals night'));
});

const saved = async (page) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
};
const recording = (file) => file.demand[0].shape.trace.trace;

// So many rows by the minute: a curve over the day with ups and downs of a few percent.
function traffic(rows) {
  const value = (i) => Math.round((40000 - 25000 * Math.cos((2 * Math.PI * i) / 1440)) * (1 + ((i * 7919) % 101) / 1000));
  const time = (i) => new Date(Date.UTC(2026, 2, 2, 0, i)).toISOString().slice(0, 16).replace('T', ' ');
  return ['time,requests', ...Array.from({ length: rows }, (_, i) => `${time(i)},${value(i)}`)].join('\n');
}

async function use(page, rows) {
  await page.getByRole('button', { name: 'Use my traffic (CSV)…' }).click();
  await page.locator('#trace-file').setInputFiles({ name: 'monday.csv', mimeType: 'text/csv', buffer: Buffer.from(traffic(rows)) });
  await page.locator('.found').waitFor();
  await page.getByRole('button', { name: 'Use this trace' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test('a day by the minute fits in a link; who shares it and who opens it are told that it is rounded, and a reload is not', async (t) => {
  const page = await visit.open(t);
  await use(page, 1440);
  await page.waitForFunction(() => location.hash.startsWith('#3.'));
  const link = await hash(page);
  assert.ok(link.length <= 2000, `${link.length} characters`);
  const exact = await saved(page);
  assert.equal(recording(exact).rounded, undefined);

  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), /each of 1,440 values to within 1%/);
  assert.ok((await page.locator('#share-link').inputValue()).endsWith(link));
  await visit.accessible(page);
  await dialog.getByRole('button', { name: 'Embed…' }).click();
  assert.match(await dialog.innerText(), /each of 1,440 values to within 1%/);
  await page.keyboard.press('Escape');

  await page.reload();
  await started(page);
  assert.deepEqual(await saved(page), exact, 'after a reload');
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await page.locator('[data-preset=flash_sale]').click();
  await hashChanges(page, link);
  await page.goBack();
  await page.waitForFunction((to) => location.hash === to && !document.title.startsWith('Flash sale'), link);
  assert.deepEqual(await saved(page), exact, 'on the way back');
  await page.reload();
  await started(page);
  assert.deepEqual(await saved(page), exact, 'after both');

  const other = await visit.open(t, link);
  await other.locator('form details > summary', { hasText: 'monday' }).click();
  assert.ok(await other.getByText('These values came by a link, which keeps each to within 1%').isVisible());
  assert.equal(await hash(other), link, 'what came by a link is not rounded again');
  const rounded = await saved(other);
  assert.equal(recording(rounded).rounded, true);
  await other.reload();
  await started(other);
  assert.deepEqual(await saved(other), rounded);
});

test('a link of a shipped scenario opens as what is shipped, though it is rounded', async (t) => {
  const page = await visit.open(t);
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  await page.locator('[data-preset=world_cup_semi_final]').click();
  await page.waitForFunction(() => document.title.startsWith('World Cup') && location.hash.startsWith('#3.'));
  const shipped = await saved(page);
  const other = await visit.open(t, await hash(page));
  assert.match(await other.title(), /^World Cup/);
  assert.deepEqual(await saved(other), shipped);
});

test('a recording without room in a link is offered as a file, or with longer steps', async (t) => {
  const page = await visit.open(t);
  await use(page, 20000);
  await page.waitForFunction(() => location.hash === '');
  const whole = await saved(page);
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog');
  assert.match(await dialog.innerText(), /has 20,000 values, more than a link of 8,000 characters has room for/);
  await visit.accessible(page);
  await dialog.getByRole('button', { name: 'Share it by 5 minutes' }).click();
  assert.match(await dialog.innerText(), /added up to steps of 5\sminutes: 4,000 values/);
  const link = (await page.locator('#share-link').inputValue()).split('#')[1];
  assert.ok(link.length <= 8000);
  assert.ok(await page.locator('#share-link').evaluate((field) => field === document.activeElement));
  await page.keyboard.press('Escape');
  assert.deepEqual(await saved(page), whole, 'the page keeps what it has');
  const other = await visit.open(t, `#${link}`);
  assert.equal(recording(await saved(other)).step_s, 300);
});

test('sharing copies the link; refused, it selects it', async (t) => {
  const page = await visit.open(t, '', { permissions: ['clipboard-read', 'clipboard-write'] });
  await type(page, 'load_test.max_rps', '35');
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByText('Copied', { exact: true }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.evaluate(() => location.href));
  await visit.accessible(page);

  const refused = await visit.open(t);
  await refused.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
  });
  await refused.getByRole('button', { name: 'Share', exact: true }).click();
  await refused.getByRole('button', { name: 'Copy' }).click();
  await refused.getByText('refused the clipboard').waitFor();
  assert.match(await refused.evaluate(() => getSelection().toString() || document.activeElement.value), /^http/);
});

test('the embed dialog gives a frame that works with src, width and height alone', async (t) => {
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', '35');
  await page.getByRole('button', { name: 'Embed…' }).click();
  await page.getByLabel('Height').fill('480');
  const snippet = await page.locator('#embed-frame').inputValue();
  assert.match(snippet, /^<iframe src="[^"]+#embed\.[12]\.[\w-]+" width="100%" height="480" title="Finals night, changed" loading="lazy"><\/iframe>$/);
  assert.match(await page.locator('#embed-markdown').inputValue(), /^\[.+\]\(http.+#2\..+\)$/);
  const link = async () => /#([^"]*?)\.[12]\./.exec(await page.locator('#embed-frame').inputValue())[1];
  const dialog = page.getByRole('dialog');
  for (const part of ['Verdict', 'Key figures']) await dialog.getByLabel(part, { exact: true }).uncheck();
  assert.equal(await link(), 'embed-charts');
  // One part stays.
  await dialog.getByLabel('Charts', { exact: true }).click();
  assert.ok(await dialog.getByLabel('Charts', { exact: true }).isChecked());
  await dialog.getByLabel('Why it scaled').check();
  await dialog.getByLabel('Light or dark').selectOption('dark');
  await dialog.getByLabel('Language').selectOption('한국어');
  assert.equal(await link(), 'embed-charts-log-dark-ko');
  await visit.picture(page, 'embed-dialog');
  await page.getByLabel('Height').fill('tall');
  assert.ok(await page.getByText('from 200 to 4000').isVisible());
  await visit.accessible(page);

  const embedded = await visit.open(t, `#embed.${(await hash(page)).slice(1)}`);
  assert.equal(await embedded.locator('form').count(), 0);
  assert.ok(await embedded.locator('canvas').count() > 0);
  await visit.accessible(embedded);
  await visit.picture(embedded, 'embedded');
  const [full] = await Promise.all([
    embedded.context().waitForEvent('page'),
    embedded.getByText('Open in Headroom').click(),
  ]);
  await started(full);
  assert.equal(await field(full, 'load_test.max_rps').inputValue(), '35');
});

test('works in a frame that may run scripts and nothing else', async (t) => {
  const source = await visit.open(t);
  await type(source, 'load_test.max_rps', '35');
  const payload = (await hash(source)).slice(1);
  for (const [mode, check] of [
    ['', async (frame) => {
      await frame.locator('input[name="load_test.max_rps"]').fill('10');
      assert.equal(await frame.locator('output[name=target]').innerText(), '300');
      await frame.waitForFunction((was) => location.hash.slice(1) !== was, payload);
      await frame.getByRole('button', { name: 'Share', exact: true }).click();
      await frame.getByRole('button', { name: 'Copy' }).click();
      await frame.getByText('refused the clipboard').waitFor();
    }],
    ['embed.', async (frame) => {
      assert.ok(await frame.locator('canvas').count() > 0);
      await frame.getByText('Open in Headroom').click();
      await frame.locator('form').waitFor();
      assert.equal(await frame.locator('input[name="load_test.max_rps"]').inputValue(), '35');
    }],
  ]) {
    const page = await visit.blank(t, { tolerate: /sandboxed|Blocked opening|Permissions policy/ });
    const html = `<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" width="1200" height="800" src="${visit.address(`#${mode}${payload}`)}"></iframe>`;
    const wiki = await visit.newServer({ pages: { '/wiki': html } });
    t.after(wiki.close);
    page.context().removeAllListeners('request');
    await page.goto(new URL('/wiki', wiki.url).href);
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    await started(frame);
    await check(frame);
  }
});

test('where storage is refused all else works', async (t) => {
  const page = await visit.blank(t);
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });
  });
  await page.goto(visit.address());
  await started(page);
  await type(page, 'load_test.max_rps', '35');
  assert.equal(await target(page).innerText(), '1,050');
  await page.reload();
  await started(page);
  assert.equal(await field(page, 'load_test.max_rps').inputValue(), '35', 'the link still has it');
});

test('a scenario is saved as a file and opened again, by choice and by drop', async (t) => {
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', '35');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save', exact: true }).click(),
  ]);
  assert.match(download.suggestedFilename(), /\.headroom\.json$/);
  const path = await download.path();
  const text = readFileSync(path, 'utf8');
  assert.equal(JSON.parse(text).load_test.max_rps, 35);

  const other = await visit.open(t);
  await other.locator('header input[type=file]').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await other.waitForFunction(() => document.querySelector('output[name=target]').value === '1,050');
  const drop = (name, content) => other.evaluate(([fileName, body]) => {
    const data = new DataTransfer();
    data.items.add(new File([body], fileName));
    document.querySelector('.page').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [name, content]);
  await drop('b.json', '{"headroom": 1, "load_test": {"max_rps": 10}}');
  await other.waitForFunction(() => document.querySelector('output[name=target]').value === '300');
  await drop('c.json', '{"headroom": 1, "load_test": {"max_rsp": 10}}');
  await other.locator('.notice').waitFor();
  assert.match(await other.locator('.notice').innerText(), /max_rsp/);
  assert.equal(await target(other).innerText(), '300');
});
