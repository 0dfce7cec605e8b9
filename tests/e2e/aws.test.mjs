// AWS's documents: a scenario as one, and documents as a scenario; the program behind both loads when first needed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();

/** What the AWS CLI answered; where from, the README beside them says. */
const ANSWERS = join(import.meta.dirname, '..', '..', 'crates', 'aws', 'tests', 'data', 'answers');
const answer = (name) => readFileSync(join(ANSWERS, name), 'utf8');
const TARGETS = 'aas-describe-scalable-targets.json';
const POLICIES = 'aas-describe-scaling-policies.json';
const ALARMS = 'cw-describe-alarms.json';

const dialog = (page) => page.getByRole('dialog');
const button = (page, name) => page.getByRole('button', { name, exact: true });
const text = (page) => page.locator('#export-text').inputValue();
const max = (page) => page.locator('input[name="scalable_target.MaxCapacity"]');

async function exporting(page) {
  await button(page, 'Export…').click();
  await dialog(page).getByRole('tab').first().waitFor();
}

async function importing(page) {
  await button(page, 'Import…').click();
  await dialog(page).getByText('or drop them here').waitFor();
}

const choose = (page, ...names) =>
  page.locator('#import-file').setInputFiles(names.map((name) => ({ name, mimeType: 'application/json', buffer: Buffer.from(answer(name)) })));

/** Drops files on the page itself. */
const drop = (page, files, on = '.page') =>
  page.evaluate(
    ([files, on]) => {
      const data = new DataTransfer();
      for (const [name, body] of files) data.items.add(new File([body], name));
      document.querySelector(on).dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [files, on],
  );

test('a scenario is exported: tabs by keyboard, names filled in, copied, saved, and only what changed', async (t) => {
  const page = await visit.open(t, '', { permissions: ['clipboard-read', 'clipboard-write'] });
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));
  await exporting(page);
  assert.equal(asked.filter((url) => /documents/.test(url)).length, 2, 'script and program, once');
  const tabs = dialog(page).getByRole('tab');
  assert.equal(await tabs.first().getAttribute('aria-selected'), 'true');
  const texts = new Set([await text(page)]);
  await tabs.first().focus();
  for (let i = 1; i < (await tabs.count()); i += 1) {
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((i) => document.activeElement === document.querySelectorAll('[role=tab]')[i], i);
    assert.equal(await tabs.nth(i).getAttribute('aria-selected'), 'true');
    texts.add(await text(page));
  }
  assert.equal(texts.size, await tabs.count(), 'each format is another text');
  await page.keyboard.press('ArrowRight');
  assert.equal(await tabs.first().getAttribute('aria-selected'), 'true');
  await page.keyboard.press('End');
  await page.keyboard.press('Home');
  // From the tabs to what they show, and into the text.
  await page.keyboard.press('Tab');
  await page.keyboard.type('my-"endpoint"');
  assert.match(await text(page), /my-\\?"endpoint\\?"/);
  await dialog(page).getByRole('tab', { name: 'JSON', exact: true }).click();
  assert.match(await text(page), /endpoint\/my-\\"endpoint\\"\/variant\/AllTraffic/, 'what was filled in stays');
  JSON.parse(await text(page));
  await visit.accessible(page);
  await button(dialog(page), 'Copy').click();
  await dialog(page).getByText('Copied').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await text(page));
  const [file] = await Promise.all([page.waitForEvent('download'), button(dialog(page), 'Download').click()]);
  assert.equal(file.suggestedFilename(), 'scaling.json');
  assert.equal(readFileSync(await file.path(), 'utf8'), await text(page));
  assert.equal(await dialog(page).getByText('Only what has changed').count(), 0);
  await page.keyboard.press('Escape');
  // What was filled in is kept nowhere.
  const kept = await page.evaluate(() => JSON.stringify([location.hash, { ...localStorage }, { ...sessionStorage }]));
  assert.doesNotMatch(kept, /my-/);
  await max(page).fill('17');
  await exporting(page);
  await dialog(page).getByRole('tab', { name: 'JSON', exact: true }).click();
  assert.match(await text(page), /PutScalingPolicy/);
  await dialog(page).getByLabel('Only what has changed').check();
  assert.doesNotMatch(await text(page), /PutScalingPolicy/);
  assert.match(await text(page), /"MaxCapacity": 17/);
  assert.equal(asked.filter((url) => /documents/.test(url)).length, 2, 'nothing is loaded twice');
});

test('what is wrong with a scenario is named, and leads to its field', async (t) => {
  const page = await visit.open(t);
  for (const value of ['many', '40']) {
    await page.locator('input[name="scalable_target.MinCapacity"]').fill(value);
    await button(page, 'Export…').click();
    const wrong = dialog(page).locator('.problems button').first();
    await wrong.waitFor();
    assert.match(await wrong.innerText(), /MaxCapacity|MinCapacity/);
    assert.equal(await page.locator('#export-text').count(), 0);
    if (value === '40') await visit.accessible(page);
    await wrong.click();
    await dialog(page).waitFor({ state: 'detached' });
    await page.waitForFunction(() => /^scalable_target\./.test(document.activeElement?.name));
  }
});

test('answers of an account become a scenario of its own, after a look at what changes', async (t) => {
  const page = await visit.open(t);
  await importing(page);
  await choose(page, TARGETS, POLICIES);
  await dialog(page).getByText('application-autoscaling describe-scaling-policies').waitFor();
  await choose(page, ALARMS);
  await dialog(page).getByText('cloudwatch describe-alarms').waitFor();
  assert.equal(await dialog(page).locator('.held li').count(), 3);
  assert.match(await dialog(page).locator('#import-target').innerText(), /recommender/);
  assert.match(await dialog(page).locator('.changes').innerText(), /keep-600/);
  await dialog(page).getByText('Commands that print such documents').click();
  assert.match(await page.locator('#import-commands').inputValue(), /aws application-autoscaling describe-scalable-targets/);
  await visit.accessible(page);
  const demand = await page.evaluate(() => location.hash);
  await button(dialog(page), 'Use it').click();
  await dialog(page).waitFor({ state: 'detached' });
  assert.equal(await max(page).inputValue(), '12');
  assert.equal(await page.locator('.title').inputValue(), 'recommender');
  const kept = await page.evaluate(() => JSON.stringify([location.hash, { ...localStorage }, { ...sessionStorage }]));
  assert.doesNotMatch(kept, /123456789012|arn:/);
  // What was open is there still.
  await button(page, 'Undo').click();
  await page.waitForFunction((before) => location.hash === before, demand);
  assert.equal(await page.locator('.title').inputValue(), '');
});

test('what the account did is drawn over the simulated, and goes with the scenario', async (t) => {
  const page = await visit.open(t);
  const legend = page.locator('.lg').getByText('in the account');
  await importing(page);
  await choose(page, TARGETS, POLICIES, ALARMS, 'aas-describe-scaling-activities.made.json');
  await dialog(page).getByText('is drawn over the simulated').waitFor();
  await button(dialog(page), 'Use it').click();
  await legend.waitFor();
  await visit.accessible(page);
  await visit.picture(page, 'aws-account-over-simulated', { fullPage: true });
  await max(page).fill('13');
  assert.equal(await legend.count(), 1, 'an edit keeps it');
  const kept = await page.evaluate(() => JSON.stringify([location.hash, { ...localStorage }, { ...sessionStorage }]));
  assert.doesNotMatch(kept, /account/);
  await button(page, 'Undo').click();
  await button(page, 'Undo').click();
  await page.waitForFunction(() => document.querySelector('.title').value === '');
  assert.equal(await legend.count(), 0);
});

test('an export comes back as it was, and says what was edited', async (t) => {
  const page = await visit.open(t);
  await exporting(page);
  await dialog(page).getByRole('tab', { name: 'JSON', exact: true }).click();
  const written = await text(page);
  await page.keyboard.press('Escape');
  await drop(page, [['scaling.json', written]]);
  await dialog(page).getByText('Nothing of the scenario changes.').waitFor();
  await page.keyboard.press('Escape');
  await drop(page, [['scaling.json', written.replace('"MaxCapacity": 12', '"MaxCapacity": 21')]]);
  const edited = dialog(page).getByRole('region', { name: 'Edited since it was exported' });
  await edited.waitFor();
  assert.match(await edited.innerText(), /MaxCapacity\s+12\s+21/);
  await button(dialog(page), 'Use it').click();
  await dialog(page).waitFor({ state: 'detached' });
  assert.equal(await max(page).inputValue(), '21');
});

test('documents are known wherever they are given; a scenario and traffic go where they belong', async (t) => {
  const page = await visit.open(t);
  const isImport = () => dialog(page).getByText('application-autoscaling describe-scaling-policies').waitFor();
  await drop(page, [[POLICIES, answer(POLICIES)]]);
  await isImport();
  // More of them while the dialog is open.
  await drop(page, [[TARGETS, answer(TARGETS)], [ALARMS, answer(ALARMS)]]);
  await page.waitForFunction(() => document.querySelectorAll('.held li').length === 3);
  await page.keyboard.press('Escape');
  await button(page, 'Use my traffic (CSV)…').click();
  await page.locator('#trace-paste').fill(answer(POLICIES));
  await button(dialog(page), 'Read these rows').click();
  await isImport();
  await page.keyboard.press('Escape');
  const session = `$ aws application-autoscaling describe-scaling-policies --service-namespace sagemaker\n${answer(POLICIES)}\n$ `;
  await drop(page, [['session.txt', session]]);
  await isImport();
  await page.keyboard.press('Escape');
  await drop(page, [['a.json', '{"headroom": 1, "load_test": {"max_rsp": 10}}']]);
  await page.locator('.notice').getByText('There is no field').waitFor();
  await drop(page, [['b.csv', 'time,count\n2026-03-02 10:00,600\n2026-03-02 10:01,610\n']]);
  await dialog(page).getByText('Use recorded traffic').waitFor();
});

test('what is typed is kept where something fails, and hostile text stays text', async (t) => {
  const page = await visit.open(t);
  await importing(page);
  const hostile = '<img src=x onerror="globalThis.broken=1">\u202e{{resolve:ssm:x}}';
  const body = answer(POLICIES).replaceAll('keep-600', JSON.stringify(hostile).slice(1, -1));
  await page.locator('#import-paste').fill(body);
  await button(dialog(page), 'Read this').click();
  await dialog(page).locator('.changes').waitFor();
  assert.ok((await dialog(page).locator('.changes').innerText()).includes('onerror'));
  await page.locator('#import-paste').fill('{ "ScalingPolicies": [');
  await button(dialog(page), 'Read this').click();
  await page.waitForFunction(() => document.querySelectorAll('.held li').length === 2);
  assert.ok((await dialog(page).locator('.notes').allInnerTexts()).join().length > 0);
  assert.equal(await page.locator('#import-paste').inputValue(), '{ "ScalingPolicies": [');
  await dialog(page).locator('.held button').nth(1).click();
  await page.waitForFunction(() => document.querySelectorAll('.held li').length === 1);
  await button(dialog(page), 'Use it').click();
  await dialog(page).waitFor({ state: 'detached' });
  assert.ok(await page.evaluate(() => [...document.querySelectorAll('form input')].some((input) => input.value.includes('onerror'))));
  assert.equal(await page.evaluate(() => globalThis.broken), undefined);
  // 17 MB are not even read.
  await importing(page);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([' '.repeat(17 << 20)], 'large.json'));
    document.querySelector('.documents .drop').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await dialog(page).getByText('large.json is too large').waitFor();
});

test('the program does not load: a sentence, and trying again', async (t) => {
  const state = {};
  const server = await visit.newServer({ fault: (path) => state.fault?.(path) });
  t.after(server.close);
  const page = await visit.blank(t, { tolerate: /./ });
  page.context().removeAllListeners('request');
  await page.goto(server.url);
  await started(page);
  for (const [file, fault] of [
    [/documents.*\.wasm/, 'missing'],
    [/documents.*\.js/, 'missing'],
    [/documents.*\.wasm/, 'cut'],
  ]) {
    state.fault = (path) => file.test(path) && fault;
    await page.reload();
    await started(page);
    await button(page, 'Export…').click();
    await dialog(page).getByText('did not load').waitFor();
    if (file.test('documents.js')) await visit.accessible(page);
    state.fault = undefined;
    const again = button(dialog(page), 'Try again');
    await again.focus();
    await again.press('Enter');
    await dialog(page).getByRole('tab').first().waitFor();
    assert.equal(await dialog(page).getByText('did not load').isVisible(), false);
  }
});

test('in Korean on a phone, in the dark', async (t) => {
  const page = await visit.open(t, '', { locale: 'ko-KR', colorScheme: 'dark', viewport: { width: 390, height: 844 } });
  for (const name of ['내보내기…', '가져오기…']) {
    await button(page, '메뉴').click();
    await button(page, name).click();
    await dialog(page).locator('.documents p').first().waitFor();
    if (name.startsWith('가')) {
      await choose(page, TARGETS, POLICIES);
      await dialog(page).locator('.changes').waitFor();
    }
    await visit.accessible(page);
    assert.ok(await page.evaluate(() => document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth));
    await visit.picture(page, `aws-ko-${name.startsWith('가') ? 'import' : 'export'}`);
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
  }
});
