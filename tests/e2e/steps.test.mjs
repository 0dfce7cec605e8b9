// Step scaling, and metrics of the machine: a policy is made, drawn, taken
// apart and put right again, by pointer and by keyboard.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();
const of = (page, leaf, policy = 1) => page.locator(`[name="policies[${policy}].${leaf}"]`);
const bound = (page, step, leaf) => of(page, `StepAdjustments[${step}].${leaf}`);
const [LOWER, UPPER, BY] = ['MetricIntervalLowerBound', 'MetricIntervalUpperBound', 'ScalingAdjustment'];
const failure = (page, name) => page.locator(`[id="${name}:error"]`);
const picture = (page) => page.locator('.stairs');

/** The steps as the form shows them, a text each. */
const rows = (page) =>
  page.locator('.step').evaluateAll((steps) =>
    steps.map((step) => [...step.querySelectorAll('input')].map((input) => input.value || 'open').join(' ')),
  );

/** Waits until the picture says `text` of its metric. */
const draws = (page, text) =>
  page.waitForFunction((wanted) => document.querySelector('.stairs').getAttribute('aria-label') === wanted, text);

/** A page with a second policy, of steps. */
async function withSteps(t, options) {
  const page = await visit.open(t, '', options);
  await page.getByRole('button', { name: '+ Step scaling' }).click();
  await picture(page).waitFor();
  return page;
}

test('steps are added, edited, removed and brought back, and the picture follows', async (t) => {
  const page = await withSteps(t);
  assert.deepEqual(await rows(page), ['0 open 1'], 'a new policy stands open');
  await draws(page, 'InvocationsPerInstance 600 and more: +1');
  const add = page.getByRole('button', { name: '+ Step', exact: true });
  await add.click();
  await add.click();
  assert.deepEqual(await rows(page), ['0 200 1', '200 400 2', '400 open 3']);
  await bound(page, 1, UPPER).fill('500');
  await bound(page, 2, LOWER).fill('500');
  await of(page, 'AdjustmentType').selectOption('PercentChangeInCapacity');
  await bound(page, 2, BY).fill('+100');
  await draws(page, 'InvocationsPerInstance 600 to 800: +1%; 800 to 1,100: +2%; 1,100 and more: +100%');
  assert.equal(await bound(page, 2, BY).inputValue(), '+100', 'the own spelling stays');
  await of(page, 'MinAdjustmentMagnitude').fill('2');
  await page.locator('.problems').waitFor({ state: 'hidden' });

  // The one that goes leaves no gap.
  await page.getByRole('button', { name: 'Remove step 2' }).click();
  assert.deepEqual(await rows(page), ['0 500 1', '500 open 100']);
  await page.getByRole('button', { name: 'Undo' }).click();
  assert.deepEqual(await rows(page), ['0 200 1', '200 500 2', '500 open +100']);

  // What is only for percentages goes with them, unless it is set: then it is explained.
  await of(page, 'AdjustmentType').selectOption('ExactCapacity');
  await failure(page, 'policies[1].MinAdjustmentMagnitude').waitFor({ state: 'visible' });
  await of(page, 'MinAdjustmentMagnitude').fill('');
  await of(page, 'MinAdjustmentMagnitude').waitFor({ state: 'detached' });
  await draws(page, 'InvocationsPerInstance 600 to 800: = 1; 800 to 1,100: = 2; 1,100 and more: = 100');
  await page.locator('.problems').waitFor({ state: 'hidden' });
});

test('steps that leave a gap or overlap are explained at the bound, and nothing typed is lost', async (t) => {
  const page = await withSteps(t);
  await page.getByRole('button', { name: '+ Step', exact: true }).click();
  const name = `policies[1].StepAdjustments[1].${LOWER}`;
  for (const [typed, says] of [
    ['300', /^It begins after the step below it ends/],
    ['100', /^It begins before the step below it ends/],
    ['far', /“far” is not a number/],
  ]) {
    await bound(page, 1, LOWER).fill(typed);
    await page.waitForFunction(
      ([id, source]) => new RegExp(source).test(document.getElementById(id).innerText),
      [`${name}:error`, says.source],
    );
    assert.equal(await bound(page, 1, LOWER).inputValue(), typed);
    assert.equal(await bound(page, 1, LOWER).getAttribute('aria-invalid'), 'true');
    assert.equal(await bound(page, 0, UPPER).inputValue(), '200');
  }
  assert.ok(await page.getByText('These results are from before').first().isVisible());
  // A text that cannot be read stays with its step when another one goes.
  await page.getByRole('button', { name: 'Remove step 1' }).click();
  assert.deepEqual(await rows(page), ['far open 2']);
  await page.getByRole('button', { name: 'Undo' }).click();
  await bound(page, 1, LOWER).fill('200');
  await page.locator('.problems').waitFor({ state: 'hidden' });
  assert.deepEqual(await rows(page), ['0 200 1', '200 open 2']);
  await bound(page, 1, UPPER).fill('900');
  await page.waitForFunction(() => /the highest step must have no upper bound/.test(document.querySelector('.problems').innerText));
  await page.locator('.problems li button').first().click();
  assert.equal(await page.evaluate(() => document.activeElement.name), `policies[1].StepAdjustments[1].${UPPER}`);
});

test('an alarm below its threshold is given steps there, and they scale in', async (t) => {
  const page = await withSteps(t);
  await of(page, 'ComparisonOperator').selectOption('LessThanThreshold');
  await page.locator('.warn', { hasText: 'no step lies there' }).waitFor();
  await of(page, 'Threshold').fill('400');
  await page.getByRole('button', { name: '+ Step', exact: true }).click();
  await page.locator('.warn', { hasText: 'no step lies there' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Remove step 1' }).click();
  await page.getByRole('button', { name: '+ Step', exact: true }).click();
  assert.deepEqual(await rows(page), ['-100 0 -1', 'open -100 -2']);
  await draws(page, 'InvocationsPerInstance 300 and less: −2; 300 to 400: −1');
  await bound(page, 0, BY).press('ArrowDown');
  assert.equal(await bound(page, 0, BY).inputValue(), '-2', 'arrow keys count below zero');
  await page.locator('#chart-metric .legend', { hasText: 'alarm < 400' }).waitFor();
  await page.locator('.log', { hasText: /< 400 for 2 of 2 minutes; step −100 to 0: \d+ − 2/ }).waitFor();
});

test('a target of utilisation is asked as a share of the machine, and shown as AWS wants it', async (t) => {
  const page = await visit.open(t);
  await page.locator('form .pol > summary', { hasText: 'Target tracking' }).click();
  await of(page, 'TargetValue', 0).fill('550');
  await of(page, 'MetricName', 0).selectOption('CPUUtilization');
  const says = page.locator('.pol .says');
  assert.equal(await of(page, 'TargetValue', 0).inputValue(), '', 'a target of one metric is none of another');
  assert.equal(await says.innerText(), "50% of the machine × 4 vCPU = 200, AWS's TargetValue.");
  await of(page, 'TargetValue', 0).fill('65 %');
  await page.waitForFunction(() => /65% of the machine × 4 vCPU = 260/.test(document.querySelector('.pol .says').innerText));
  assert.equal(await of(page, 'TargetValue', 0).inputValue(), '65 %');
  await page.locator('#chart-metric', { hasText: 'target 260' }).waitFor();
  assert.equal(await page.locator('#chart-metric h2').innerText(), 'CPUUtilization');
  await page.locator('.log', { hasText: 'CPUUtilization' }).waitFor();

  // More than all of it is refused; of more cores it is more.
  await of(page, 'TargetValue', 0).fill('101');
  await failure(page, 'policies[0].TargetValue').waitFor({ state: 'visible' });
  await of(page, 'TargetValue', 0).fill('65');
  await page.locator('input[name="instance.type"]').fill('ml.c5.2xlarge');
  await page.waitForFunction(() => /× 8 vCPU = 260/.test(document.querySelector('.pol .says').innerText));
  await of(page, 'MetricName', 0).selectOption('GPUUtilization');
  await failure(page, 'policies[0].MetricName').waitFor({ state: 'visible' });
  assert.match(await failure(page, 'policies[0].MetricName').innerText(), /no whole GPU/);
});

for (const [width, locale, colorScheme] of [
  [1400, 'en-US', 'light'],
  [390, 'ko-KR', 'dark'],
]) {
  test(`the open card at ${width} pixels, ${locale}, ${colorScheme}: accessible, within its width, reached by keyboard`, async (t) => {
    const page = await visit.open(t, '', { viewport: { width, height: 900 }, locale, colorScheme });
    await page.locator('form .adds .add').nth(1).click();
    const add = page.locator('.steps + .adds .add');
    for (let i = 0; i < 3; i += 1) await add.click();
    await page.locator('.pol .pol > summary', { hasText: /Average|Sum/ }).click();
    await bound(page, 2, LOWER).fill('1');
    await failure(page, `policies[1].StepAdjustments[2].${LOWER}`).waitFor({ state: 'visible' });
    // The header stays where it is, and would lie over a part of the form.
    await page.evaluate(() => scrollTo(0, 0));
    await visit.accessible(page);
    const spills = await page.evaluate(() => {
      const { right } = document.querySelector('.steps').getBoundingClientRect();
      const parts = [...document.querySelectorAll('.step *, .stairs *')];
      return parts.filter((part) => part.getBoundingClientRect().right > right + 1).map((part) => part.outerHTML);
    });
    assert.deepEqual(spills, []);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
    // Labels of the picture do not lie on each other.
    const meets = await picture(page).evaluate((svg) => {
      const boxes = [...svg.querySelectorAll('text')].map((text) => [text.textContent, text.getBoundingClientRect()]);
      const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top + 2 || b.bottom <= a.top + 2;
      return boxes.flatMap(([name, a], i) => boxes.slice(i + 1).filter(([, b]) => !apart(a, b)).map(([other]) => `${name} on ${other}`));
    });
    assert.deepEqual(meets, []);

    await of(page, 'AdjustmentType').focus();
    const reached = [];
    for (let i = 0; i < 8; i += 1) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate(() => document.activeElement.name?.split('.').at(-1) || document.activeElement.className));
    }
    assert.deepEqual(reached, [LOWER, UPPER, BY, 'add', LOWER, UPPER, BY, 'add']);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.step').count(), 3, 'the button takes its step out');
  });
}
