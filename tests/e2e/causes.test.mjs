// Why nothing scaled, on the page: the verdict, the log, the chart and the field say the same, and a click mends it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { site } from './harness.mjs';

const visit = site();

test('a metric that is not published has no datapoints anywhere, and another is one click away', async (t) => {
  // The default scenario as an asynchronous endpoint.
  const page = await visit.open(t, '#2.lt4BP8oBP8wB');
  const verdict = page.locator('.verdict');
  const says = 'SageMaker publishes no InvocationsPerInstance for this kind of endpoint: the alarm stayed INSUFFICIENT_DATA.';
  assert.ok((await verdict.innerText()).includes(says));
  assert.match(await page.locator('.log .empty').innerText(), /AlarmHigh, AlarmLow stayed INSUFFICIENT_DATA/);
  const legends = (await page.locator('.legend').allInnerTexts()).join('\n');
  assert.match(legends, /AlarmHigh\s*INSUFFICIENT_DATA/);

  // A closed policy says that something inside is odd.
  const policy = page.locator('details.pol', { hasText: 'Target tracking' });
  const mark = policy.locator('summary .odd');
  assert.equal(await mark.getAttribute('aria-label'), '1 warning');
  await policy.locator('summary').click();
  assert.match(await policy.locator('.warn').innerText(), /Use ApproximateBacklogSizePerInstance\.$/);
  await visit.accessible(page);

  await policy.getByRole('button', { name: 'Use ApproximateBacklogSizePerInstance' }).click();
  await policy.locator('.warn').waitFor({ state: 'detached' });
  assert.ok(await mark.isHidden());
  assert.ok(!(await verdict.innerText()).includes('INSUFFICIENT_DATA'));
});

test('a target out of reach and an action that AWS refuses are told at their fields', async (t) => {
  const target = await visit.open(
    t,
    '#2.j94IK6LAw8R_CcDKy-TvwAJ_lQFif1liImYn3gMxYjB_yQIvP4MBJd4DP8QBaD8BfxM_AoEOKaEE3gI_F0NjcHU_Gd4CP8MB3gM_rAE_vQE_rQFYL2F3cy9zYWdlbWFrZXIvRW5kcG9pbnRzP68BP8ABM38nKNFiaCHgqwMjP0Y',
  );
  const never = /40 at most \(50 × 8 ms\); the target is 70: it can never act\./;
  assert.match(await target.locator('.verdict').innerText(), never);
  const policy = target.locator('details.pol', { hasText: 'Target tracking' });
  await policy.locator('summary').click();
  assert.match(await policy.locator('.warn').first().innerText(), never);

  const pin = await visit.open(t, '#2.Wt4HK6HAw8RqImwn3xViKNFiaCqh2ENwaW5RY3JvbigwIDggKiAqID8gKinPdCHgqwMjP0Y');
  const action = pin.locator('details.pol', { hasText: 'minimum 20' }).first();
  await action.locator('summary').first().click();
  assert.match(await action.locator('.warn').innerText(), /^MinCapacity 20 is above MaxCapacity 8/);
});
