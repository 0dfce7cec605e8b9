// The form: what is typed is what is shown, what cannot be read is kept and
// explained, and every step can be undone.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();
const field = (page, name) => page.locator(`input[name="${name}"]`);
const target = (page) => page.locator('output[name=target]');
const sized = (page, name) => page.locator(`[data-name=${name}]`);
const failure = (page, name) => page.locator(`[id="${name}:error"]`);

/** Waits until a locator reads `text`. */
async function reads(locator, text) {
  const handle = await locator.first().elementHandle();
  await handle.ownerFrame().then((frame) =>
    frame.waitForFunction(([element, wanted]) => element.textContent.trim() === wanted, [handle, text], { timeout: 5000 }),
  ).catch(async () => assert.equal((await locator.first().textContent()).trim(), text));
}

/** Opens the fold whose title begins with `title`. */
const unfold = (page, title) => page.locator('form details > summary', { hasText: title }).first().click();

test('the target follows the load test at every keystroke, with its sum', async (t) => {
  const page = await visit.open(t);
  await reads(target(page), '600');
  await field(page, 'load_test.max_rps').fill('35');
  await reads(target(page), '1,050');
  assert.match(await page.locator('.eq').innerText(), /35 × 0\.5 × 60/);
  await field(page, 'load_test.safety_factor').fill('0,8');
  await reads(target(page), '1,680');
  assert.equal(await field(page, 'load_test.safety_factor').inputValue(), '0,8', 'the own spelling stays');
  await page.locator('input[type=range]').fill('0.5');
  await reads(target(page), '1,050');
  assert.equal(await field(page, 'load_test.safety_factor').inputValue(), '0.5', 'the slider moves the field');
  await field(page, 'load_test.max_rps').fill('1.2k rps');
  await reads(target(page), '36,000');
});

test('numbers are typed and shown as the person writes them, and mean the same to whoever opens the link', async (t) => {
  for (const [locale, typed, shown, nudged] of [
    ['de-DE', '1.200,5', '1200,5', '1300'],
    ['de-DE', '1,125', '1,125', '1,2'],
    ['en-IN', '1,00,000', '100000', '110000'],
    ['fr-FR', '1\u202f200,5', '1200,5', '1300'],
    ['de-CH', '1’200.5', '1200.5', '1300'],
    ['en-US', '1,200.5', '1200.5', '1300'],
  ]) {
    const page = await visit.open(t, '', { locale });
    const max = field(page, 'load_test.max_rps');
    const before = await page.evaluate(() => location.hash);
    await max.fill(typed);
    await page.waitForFunction((was) => location.hash !== was, before);
    assert.equal(await max.inputValue(), typed, 'the own spelling stays');
    const link = await page.evaluate(() => location.hash);
    await page.goto('about:blank');
    await page.goto(visit.address(link));
    await max.waitFor();
    assert.equal(await max.inputValue(), shown, locale);
    const american = await visit.open(t, link);
    assert.equal(await field(american, 'load_test.max_rps').inputValue(), shown.replace(',', '.'));
    await max.press('ArrowUp');
    assert.equal(await max.inputValue(), nudged, locale);
  }
});

test('sizing says instances, bounds and headroom for the demand given', async (t) => {
  const page = await visit.open(t);
  await unfold(page, 'Expected demand');
  await field(page, 'expected.peak_rps').fill('95');
  await field(page, 'expected.quiet_rps').fill('12');
  await reads(sized(page, 'at_peak'), '10');
  await reads(sized(page, 'at_quiet'), '2');
  const before = await sized(page, 'headroom').innerText();
  await field(page, 'expected.peak_rps').press('ArrowUp');
  assert.equal(await field(page, 'expected.peak_rps').inputValue(), '96', 'arrow keys nudge');
  await page.waitForFunction((was) => document.querySelector('[data-name=headroom]').innerText !== was, before);
  await page.locator('.f', { has: field(page, 'expected.peak_rps') }).locator('.back').click();
  assert.equal(await field(page, 'expected.peak_rps').inputValue(), '', 'back to automatic');
});

test('slips in the target are recognised by the sum that leads to each', async (t) => {
  const page = await visit.open(t);
  await unfold(page, 'Target tracking');
  const typed = field(page, 'policies[0].TargetValue');
  for (const [value, says] of [
    ['10', /without the 60 seconds/],
    ['1,200', /without the safety factor/],
    ['2,400', /÷ safety factor/],
  ]) {
    await typed.fill(value);
    await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('.pol .warn')?.innerText), says.source);
  }
  await typed.fill('600');
  await page.waitForFunction(() => !document.querySelector('.pol .warn'));
});

test('bad input is explained, kept, and leaves the last good result', async (t) => {
  const page = await visit.open(t);
  const max = field(page, 'load_test.max_rps');
  await max.fill('about 20');
  await failure(page, 'load_test.max_rps').waitFor({ state: 'visible' });
  assert.match(await failure(page, 'load_test.max_rps').innerText(), /“about 20” is not a number/);
  assert.equal(await max.getAttribute('aria-invalid'), 'true');
  assert.ok((await max.getAttribute('aria-describedby')).includes('load_test.max_rps:error'));
  await reads(target(page), '600');
  assert.ok(await page.getByText('These results are from before').first().isVisible());
  await visit.accessible(page);

  await field(page, 'load_test.safety_factor').fill('2');
  await failure(page, 'load_test.safety_factor').waitFor({ state: 'visible' });
  assert.equal(await max.inputValue(), 'about 20', 'nothing typed is lost');
  assert.equal(await page.locator('.problems li').count(), 2);

  // A problem in a closed card is reached from the list.
  await unfold(page, 'Assumptions');
  await field(page, 'assumptions.alarm_high_datapoints').fill('0');
  await unfold(page, 'Assumptions');
  await page.locator('.problems li button').first().click();
  assert.equal(await page.evaluate(() => document.activeElement.name), 'assumptions.alarm_high_datapoints');

  await field(page, 'assumptions.alarm_high_datapoints').fill('3');
  await max.fill('20');
  await field(page, 'load_test.safety_factor').fill('0.5');
  await page.locator('.problems').waitFor({ state: 'hidden' });
  assert.equal(await page.getByText('These results are from before').count(), 0);
});

test('undo and redo, by button and by key, field by field', async (t) => {
  const page = await visit.open(t);
  const max = field(page, 'load_test.max_rps');
  await max.press('End');
  await max.pressSequentially('0');
  await reads(target(page), '6,000');
  await field(page, 'instance.launch_s').fill('120');
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await field(page, 'instance.launch_s').inputValue(), '240');
  await page.locator('h2', { hasText: 'Load test' }).focus().catch(() => {});
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Control+z');
  await reads(target(page), '600');
  assert.ok(await page.getByRole('button', { name: 'Undo' }).isDisabled());
  await page.keyboard.press('Control+Shift+z');
  await reads(target(page), '6,000');
});

test('layers are added, edited, moved, left out and removed', async (t) => {
  const page = await visit.open(t);
  const layers = page.locator('form details.card', { hasText: '+ Layer' }).locator('.list > .pol');
  assert.equal(await layers.count(), 2);
  await page.getByRole('button', { name: '+ Layer' }).click();
  await page.getByRole('button', { name: 'Office hours' }).click();
  assert.equal(await layers.count(), 3);
  await field(page, 'demand[2].office_hours.rps').fill('77');
  await page.locator('.week label', { hasText: 'Sat' }).click();
  await page.waitForFunction(() => /77 RPS, Mon–Sat/.test(document.querySelector('form').innerText));
  await layers.nth(2).getByRole('button', { name: 'Move up' }).click();
  assert.equal(await field(page, 'demand[1].office_hours.rps').inputValue(), '77');
  const focused = (text) => page.waitForFunction((text) => document.activeElement.innerText.startsWith(text), text, { timeout: 3000 });
  await focused('Move up');
  assert.ok(await field(page, 'demand[1].office_hours.rps').isVisible(), 'a moved layer stays open');
  await layers.nth(1).getByLabel('Ignore this layer', { exact: true }).check();
  assert.match(await layers.nth(1).locator('summary').innerText(), /Off/);
  await layers.nth(1).getByRole('button', { name: 'Remove' }).click();
  assert.equal(await layers.count(), 2);
  await focused('Event: kick-off');
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.equal(await layers.count(), 3);

  // The last one leaves the focus on the button below, and no figure of requests that there are none of.
  for (const left of [2, 1, 0]) {
    await layers.first().evaluate((layer) => { layer.open = true; });
    await layers.first().getByRole('button', { name: 'Remove' }).click();
    assert.equal(await layers.count(), left);
  }
  await focused('+ Layer');
  await page.waitForFunction(() => /No requests arrive/.test(document.querySelector('.headline').innerText));
  assert.equal(await page.locator('.key .ok').count(), 0);
  assert.match(await page.locator('.key').innerText(), /Availability\s*–\s*No requests arrive\.\s*p95 latency\s*–/);
});

test('scheduled actions and a second policy run as they are added', async (t) => {
  const page = await visit.open(t);
  await page.getByRole('button', { name: '+ Schedule' }).click();
  await page.getByRole('button', { name: '+ Schedule' }).click();
  await page.getByRole('button', { name: '+ Target tracking' }).click();
  await page.locator('.problems').waitFor({ state: 'hidden' });
  await field(page, 'scheduled_actions[0].Schedule.at').fill('2026-11-28T19:30');
  await field(page, 'scheduled_actions[0].MinCapacity').fill('6');
  await page.waitForFunction(() => /Scheduled: minimum 6/.test(document.querySelector('form').innerText));
  assert.equal(await field(page, 'scheduled_actions[0].Schedule').inputValue(), 'at(2026-11-28T19:30:00)');
});

test('an asynchronous endpoint has its own fields, metrics and policies', async (t) => {
  const page = await visit.open(t);
  const form = (says) => page.waitForFunction((source) => new RegExp(source).test(document.querySelector('form').innerText), says);
  await page.locator('select[name="platform"]').selectOption('sagemaker_asynchronous');
  await form('Nothing wakes it once it has no instances');
  await unfold(page, 'Target tracking');
  await form('does not publish InvocationsPerInstance');
  const metric = page.locator('select[name="policies[0].MetricName"]');
  await metric.selectOption('ApproximateBacklogSizePerInstance');
  await form('only once the backlog exceeds 5');
  await page.locator('.adds button', { hasText: 'Step scaling' }).click();
  await form('HasBacklogWithoutCapacity ≥ 1 · \\+1');
  await page.waitForFunction(() => !/wakes/.test(document.querySelector('form').innerText));
  await unfold(page, 'Service and objective');
  assert.equal(await field(page, 'service.timeout_s').count(), 0, 'requests have a queue of their own');
  assert.equal(await field(page, 'asynchronous.RequestTTLSeconds').inputValue(), '21600');
  await unfold(page, 'Suspended');
  await field(page, 'scalable_target.SuspendedState.DynamicScalingOutSuspended').check();
  await form('scaling out');
  await page.getByRole('button', { name: 'not scaled', exact: true }).click();
  await page.waitForFunction(() => /SuspendedState says so/.test(document.body.innerText));
});

test('a group keeps its plain cron as it was written, and what is wrong with it speaks of Recurrence', async (t) => {
  // { platform: a group, policies: [], scheduled_actions: [{ Recurrence: '0 8 1 * 1', DesiredCapacity: 3 }] }
  const page = await visit.open(t, '#2.3t4EJ98CSGM1Lmxhcmdlg6oBP8oBP80BKaAqod4EP9cBYz-4AkkwIDggMSAqIDE_It4APx9Bbg');
  const of = (leaf) => page.locator(`[name="scheduled_actions[0].${leaf}"]`);
  await unfold(page, 'Scheduled action');
  assert.equal(await of('Recurrence').inputValue(), '0 8 1 * 1');
  await reads(page.locator('.told p'), 'Day 1 of the month, and every Mon at 08:00 (UTC): DesiredCapacity 3');
  await of('Recurrence').fill('0 8 ? * 1');
  await reads(
    failure(page, 'scheduled_actions[0].Recurrence'),
    'Day of the month: Recurrence is a plain cron, which has no ?. Write * for all, or values.',
  );
  await of('Recurrence').fill('@daily');
  await reads(page.locator('.told p'), 'Every day at 00:00 (UTC): DesiredCapacity 3');
  await of('DesiredCapacity').fill('0');
  await reads(page.locator('.told p'), 'Every day at 00:00 (UTC): DesiredCapacity 0');
  assert.equal(await failure(page, 'scheduled_actions[0].DesiredCapacity').isVisible(), false);
  // Without one, it is a schedule.
  await of('Recurrence').fill('');
  await of('Schedule').waitFor();
});

test('a usual schedule is chosen, the expression of AWS is written, and both say what they mean', async (t) => {
  const page = await visit.open(t);
  const of = (leaf) => page.locator(`[name="scheduled_actions[0].${leaf}"]`);
  const told = page.locator('.told');
  await page.getByRole('button', { name: '+ Schedule' }).click();
  await of('Schedule.kind').selectOption('weekdays');
  await of('Schedule.time').fill('08:30');
  await of('MaxCapacity').fill('20');
  assert.equal(await of('Schedule').inputValue(), 'cron(30 8 ? * MON-FRI *)');
  await reads(told.locator('p'), 'Weekdays at 08:30 (Europe/London): MinCapacity 4, MaxCapacity 20');
  assert.equal(await told.locator('li').count(), 5);
  await reads(told.locator('li'), 'Mon, Nov 30 08:30');

  // The days are ticked one by one; none at all is explained, and nothing is lost.
  await of('Schedule.kind').selectOption('days');
  for (const day of ['Tue', 'Wed', 'Thu', 'Fri']) await page.getByRole('checkbox', { name: day }).uncheck();
  assert.equal(await of('Schedule').inputValue(), 'cron(30 8 ? * MON *)');
  await page.getByRole('checkbox', { name: 'Mon' }).uncheck();
  await failure(page, 'scheduled_actions[0].Schedule.days').waitFor();
  assert.equal(await of('Schedule').inputValue(), 'cron(30 8 ? * MON *)');
  await of('Schedule.kind').selectOption('every');
  await failure(page, 'scheduled_actions[0].Schedule.days').waitFor({ state: 'detached' });
  await of('Schedule.every').fill('90');
  await of('Schedule.unit').selectOption('minutes');
  await reads(told.locator('p'), 'Every 90 minutes, counted from the start of the run (assumed): MinCapacity 4, MaxCapacity 20');
  await reads(told.locator('li'), 'Sat, Nov 28 01:30');

  // One's own expression stays as it is typed, and what is wrong with it names the field.
  await of('Schedule').fill('cron(0 9 32 * ? *)');
  await reads(failure(page, 'scheduled_actions[0].Schedule'), 'Day of the month: “32” is none of its values. Write 1–31.');
  assert.equal(await of('Schedule.kind').inputValue(), 'own');
  await of('Schedule').fill('cron(0 9 ? * 2#1 *)');
  await of('Timezone').fill('America/New_York');
  await reads(told.locator('p'), 'First Mon of the month at 09:00 (America/New_York): MinCapacity 4, MaxCapacity 20');
  assert.match(await told.innerText(), /Mon, Dec 7, 2026 09:00 \(UTC−5\)/);
  await page.locator('.warn', { hasText: 'Nothing fires within the run' }).waitFor();

  // With a start it fires then, too.
  await unfold(page, 'Name, start and end');
  await of('StartTime').fill('2026-11-28T10:00');
  await page.locator('.warn', { hasText: 'Nothing fires within the run' }).waitFor({ state: 'detached' });
  await of('EndTime').fill('2026-11-28T10:00');
  await reads(failure(page, 'scheduled_actions[0].EndTime'), 'Not later than StartTime: choose a later moment.');
  await of('EndTime').fill('2026-12-31T10:00');
  await failure(page, 'scheduled_actions[0].EndTime').waitFor({ state: 'hidden' });
  assert.equal(await told.locator('li').count(), 2);

  // What is left half typed is told, and is no empty field.
  await of('StartTime').focus();
  await page.keyboard.press('Backspace');
  await of('EndTime').focus();
  await reads(failure(page, 'scheduled_actions[0].StartTime'), 'A value is needed here. Until there is one, the last stays in force.');
});

test('dates half typed are not wiped', async (t) => {
  const page = await visit.open(t);
  await page.locator('form .pol > summary', { hasText: '2026' }).click();
  const start = field(page, 'start');
  await start.focus();
  await page.keyboard.press('Backspace');
  assert.equal(await start.inputValue(), '');
  await page.waitForTimeout(100);
  assert.equal(await page.locator('.problems').isHidden(), true, 'no complaint while typing');
  await start.fill('2026-12-24');
  await page.waitForFunction(() => /Dec 24 2026|24 Dec 2026/.test(document.querySelector('form').innerText.replaceAll(',', '')));
});

test('an instance type is found by size and accelerator, and taken by keyboard', async (t) => {
  const page = await visit.open(t);
  await page.getByRole('button', { name: 'Browse…' }).click();
  const search = page.getByRole('combobox', { name: 'Search type' });
  assert.equal(await page.getByText('277 types').count(), 1);
  const marked = page.locator('.type[aria-selected=true]');
  assert.equal(await marked.locator('b').innerText(), 'ml.c5.xlarge', 'the type in use is marked, and in sight');
  assert.ok(await marked.evaluate((row) => row.getBoundingClientRect().bottom <= row.parentElement.getBoundingClientRect().bottom));
  assert.equal(await page.locator('.types .type').count(), 277);
  await search.fill('g5 a10g');
  await search.press('ArrowDown');
  const type = await page.locator('.type[aria-selected=true] b').innerText();
  await visit.accessible(page);
  await search.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await field(page, 'instance.type').inputValue(), type);

  await field(page, 'instance.type').fill('ml.t2.medium');
  await page.locator('.warn').first().waitFor();
  await field(page, 'instance.type').fill('ml.c5.nothing');
  await failure(page, 'instance.type').waitFor({ state: 'visible' });
  await field(page, 'instance.usd_per_hour').fill('1.5');
  await page.locator('.problems').waitFor({ state: 'hidden' });
});

test('every shipped scenario opens and gives a result', async (t) => {
  const page = await visit.open(t);
  await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
  const ids = await page.locator('[data-preset]').evaluateAll((entries) => entries.map((entry) => entry.dataset.preset));
  await visit.accessible(page);
  const files = readdirSync(join(import.meta.dirname, '..', '..', 'scenarios'));
  assert.deepEqual(ids.map((id) => `${id}.json`).sort(), files.sort());
  await page.keyboard.press('Escape');
  for (const id of ids) {
    await page.getByRole('button', { name: 'Scenarios', exact: true }).click();
    const name = await page.locator(`[data-preset=${id}] b`).innerText();
    await page.locator(`[data-preset=${id}]`).click();
    await page.waitForFunction((title) => document.title.startsWith(title), name);
    assert.ok(await page.locator('.problems').isHidden(), id);
  }
});

test('by keyboard alone: skip link, fields, dialogs, back to where one was', async (t) => {
  const page = await visit.open(t);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  const seen = new Set();
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const { activeElement: element } = document;
      const style = getComputedStyle(element);
      const around = getComputedStyle(element.parentElement);
      return {
        name: element.name || element.innerText || element.className,
        marked: style.outlineStyle !== 'none' || around.boxShadow !== 'none',
      };
    });
    assert.ok(at.marked, `the focus is seen on ${at.name}`);
    seen.add(at.name);
  }
  for (const name of ['Scenarios', 'Share', 'load_test.max_rps', 'instance.launch_s', 'scalable_target.MaxCapacity']) {
    assert.ok(seen.has(name), `${name} is reached`);
  }
  await page.getByRole('button', { name: 'Share', exact: true }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.innerText), 'Share');
});
