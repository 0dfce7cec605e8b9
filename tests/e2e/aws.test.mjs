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
const ACTIVITIES = 'aas-describe-scaling-activities.made.json';

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

/** What CloudWatch answers about how the alarms of target tracking changed: which, when, and to what. */
const history = (...changes) =>
  JSON.stringify({
    AlarmHistoryItems: changes.map(([role, at, state]) => ({
      AlarmName: `TargetTracking-endpoint/recommender/variant/AllTraffic-${role}-00000000-0000-0000-0000-0000000000ab`,
      Timestamp: `2026-11-28T${at}:00Z`,
      HistoryItemType: 'StateUpdate',
      HistorySummary: `Alarm updated from OK to ${state}`,
    })),
  });

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
  await choose(page, TARGETS, POLICIES, ALARMS, ACTIVITIES);
  await dialog(page).getByText('is drawn over the simulated').waitFor();
  await page.locator('#import-paste').fill(history(['AlarmHigh', '20:03', 'ALARM'], ['AlarmHigh', '20:25', 'OK'], ['AlarmLow', '22:20', 'ALARM']));
  await button(dialog(page), 'Read this').click();
  await dialog(page).getByText('and when its alarms were in ALARM').waitFor();
  await dialog(page).getByText('3 changes of alarms').click();
  assert.match(await dialog(page).locator('.several').last().innerText(), /2026-11-28T20:03:00Z\s+TargetTracking.*AlarmHigh.*: ALARM/);
  await visit.accessible(page);
  await button(dialog(page), 'Use it').click();
  await page.waitForFunction(() => document.querySelectorAll('.lg i.account, .lg i.dash').length === 3);
  assert.equal(await legend.count(), 2, 'capacity and alarms');
  await visit.accessible(page);
  // In words, too.
  const table = page.locator('figure').filter({ hasText: 'ALARM in the account' });
  await table.locator('.data > summary').click();
  assert.match(await table.locator('.data table').innerText(), /AlarmHigh/);
  await visit.picture(page, 'aws-account-over-simulated', { fullPage: true });
  await max(page).fill('13');
  assert.equal(await legend.count(), 2, 'an edit keeps it');
  const kept = await page.evaluate(() => JSON.stringify([location.hash, { ...localStorage }, { ...sessionStorage }]));
  assert.doesNotMatch(kept, /account|AlarmHigh/);
  await button(page, 'Undo').click();
  await button(page, 'Undo').click();
  await page.waitForFunction(() => document.querySelector('.title').value === '');
  assert.equal(await legend.count(), 0);
});

test('an account that tells of another time is not drawn, which is said', async (t) => {
  const page = await visit.open(t);
  await importing(page);
  await choose(page, TARGETS, POLICIES, ALARMS, ACTIVITIES, 'cw-get-metric-data.json');
  await dialog(page).getByText(/is not drawn: the scenario runs from .*29 Nov 2026/).waitFor();
  await button(dialog(page), 'Use it').click();
  await dialog(page).waitFor({ state: 'detached' });
  assert.equal(await page.locator('.lg').getByText('in the account').count(), 0);
  // Times that activities tell are times whenever they were.
  assert.equal(await page.locator('input[name="instance.launch_s"]').inputValue(), '242');
  assert.equal(await page.locator('input[name="instance.removal_s"]').inputValue(), '62');
});

test('of a hostile text so much is shown as a person reads', async (t) => {
  const page = await visit.open(t);
  await importing(page);
  const [target] = JSON.parse(answer(TARGETS)).ScalableTargets;
  const targets = (count, more) => JSON.stringify({ ScalableTargets: Array.from({ length: count }, (_, n) => ({ ...target, ResourceId: `endpoint/e${n}/variant/v`, ...more(n) })) });
  const unused = Object.fromEntries(Array.from({ length: 80_000 }, (_, n) => [`field${n}`, n]));
  for (const [what, text, shows] of [
    ['fields that nobody knows', targets(1, () => unused), '… and 79,950 more'],
    ['targets', targets(3000, () => ({})), '… and 2,500 more'],
    ['pieces', `${targets(1, () => ({}))}\n`.repeat(3000), '… and 2,950 more'],
    ['a long name', targets(1, () => ({ ResourceId: `endpoint/${'x'.repeat(1 << 20)}/variant/v` })), 'Use it'],
  ]) {
    await page.locator('#import-file').setInputFiles({ name: 'hostile.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await dialog(page).getByText(shows, { exact: true }).waitFor();
    const parts = await page.evaluate(() => document.querySelectorAll('.documents *').length);
    assert.ok(parts < 1500, `${what}: ${parts} elements`);
    await visit.fits(page, [320]);
    await dialog(page).locator('.held button').click();
    await dialog(page).locator('.read').waitFor({ state: 'detached' });
  }
});

/** Ends the program of documents for real: all of its memory is overwritten. */
const trap = (page) =>
  page.evaluate(async () => {
    const program = await loadDocuments('en');
    const exports = await program.default();
    const memory = Object.values(exports).find((it) => it instanceof WebAssembly.Memory);
    new Uint8Array(memory.buffer).fill(0xff);
  });

test('the program ends in the middle of something: its dialog says so, and the page goes on', async (t) => {
  const tolerate = /RuntimeError|memory access|unreachable|null function|table index|uncaught|wasm|out of bounds/i;
  const page = await visit.open(t, '', { tolerate });
  const goesOn = async (value) => {
    assert.equal(await page.locator('#ended:visible').count(), 0, 'the page itself has not ended');
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'detached' });
    const before = await page.evaluate(() => location.hash);
    await max(page).fill(value);
    await page.waitForFunction((before) => location.hash !== before, before);
  };
  const failed = () => dialog(page).getByText('did not load, or stopped').waitFor();
  // A press, of the dialogs' own.
  await exporting(page);
  await trap(page);
  await dialog(page).getByRole('tab').nth(1).click();
  await failed();
  await visit.accessible(page, 'dialog');
  await button(dialog(page), 'Try again').click();
  await dialog(page).getByRole('tab').nth(1).click();
  assert.ok((await text(page)).length > 100, 'what was made anew works');
  await goesOn('14');
  // What is given while its dialog is open.
  await importing(page);
  await trap(page);
  await drop(page, [[POLICIES, answer(POLICIES)], [TARGETS, answer(TARGETS)]], '.documents .drop');
  await failed();
  await goesOn('15');
  // What is dropped on the page, which asks the program what it is: the dialog opens, with a program made anew or with the sentence.
  await exporting(page);
  await page.keyboard.press('Escape');
  await trap(page);
  await drop(page, [[POLICIES, answer(POLICIES)]]);
  await dialog(page).getByText('describe-scaling-policies').or(dialog(page).getByText('did not load, or stopped')).first().waitFor();
  await goesOn('16');
  await exporting(page);
  assert.ok((await text(page)).length > 100);
});

test('in a frame without an origin, storage and clipboard both dialogs work, and say what they cannot', async (t) => {
  const server = await visit.newServer({
    base: '/h/',
    pages: { '/wiki': '<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="/h/" width="1300" height="900"></iframe>' },
  });
  t.after(server.close);
  const page = await visit.blank(t, { tolerate: /Clipboard API has been blocked/ });
  page.context().removeAllListeners('request');
  await page.goto(new URL('/wiki', server.url).href);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  await started(frame);
  await frame.getByRole('button', { name: 'Export…', exact: true }).click();
  const shown = frame.getByRole('dialog');
  await shown.getByRole('tab').first().waitFor();
  assert.match(await frame.locator('#export-text').inputValue(), /put-scaling-policy/);
  await shown.getByText('In a frame the browser may keep').waitFor();
  await button(shown, 'Copy').click();
  await shown.getByText('The browser refused the clipboard').waitFor();
  assert.ok(await frame.evaluate(() => getSelection().toString().length > 100), 'it is selected instead');
  await page.keyboard.press('Escape');
  await shown.waitFor({ state: 'detached' });
  await frame.getByRole('button', { name: 'Import…', exact: true }).click();
  await frame.locator('#import-paste').fill(answer(POLICIES));
  await button(shown, 'Read this').click();
  await shown.locator('.changes').waitFor();
  await button(shown, 'Use it').click();
  await shown.waitFor({ state: 'detached' });
  assert.ok(await frame.evaluate(() => [...document.querySelectorAll('form input')].some((input) => input.value.includes('keep-600'))));
});

test('a frame of a result says what it does not open', async (t) => {
  const page = await visit.open(t, '#embed.2.X94A');
  const says = page.locator('.notice').getByText('A frame opens scenarios alone');
  const shown = '{"headroom": 1, "load_test": {"max_rps": 33}, "name": "Given"}';
  for (const file of [
    [POLICIES, answer(POLICIES)],
    ['session.txt', `$ aws autoscaling describe-policies\n{}`],
    ['b.csv', 'time,count\n2026-03-02 10:00,600\n2026-03-02 10:01,610\n'],
  ]) {
    await drop(page, [file], 'main.embed');
    await says.waitFor();
    await visit.accessible(page);
    await page.locator('.notice').getByRole('button', { name: 'Close' }).click();
    await says.waitFor({ state: 'hidden' });
  }
  await drop(page, [['a.json', shown]], 'main.embed');
  await page.locator('footer').getByText('Given').waitFor();
});

test('documents are taken out by keyboard, one after the other', async (t) => {
  const page = await visit.open(t);
  await importing(page);
  await choose(page, TARGETS, POLICIES, ALARMS);
  await page.waitForFunction(() => document.querySelectorAll('.held li').length === 3);
  const focused = () => page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.id);
  await dialog(page).locator('.held button').nth(1).focus();
  for (const [left, then] of [
    [2, `Remove ${ALARMS}`],
    [1, `Remove ${TARGETS}`],
    [0, 'import-file'],
  ]) {
    await page.keyboard.press('Enter');
    await page.waitForFunction((left) => document.querySelectorAll('.held li').length === left, left);
    assert.equal(await focused(), then);
  }
  assert.equal(await dialog(page).locator('.read').count(), 0);
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
