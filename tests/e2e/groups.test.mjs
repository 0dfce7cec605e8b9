// An EC2 Auto Scaling group: a scenario goes there and back, its instances
// warm up, and simple scaling is told what is wrong with it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();
const GROUP = 'ec2_auto_scaling_group';
const field = (page, name) => page.locator(`form [name="${name}"]`);
const of = (page, leaf, policy = 0) => field(page, `policies[${policy}].${leaf}`);
const failure = (page, name) => page.locator(`[id="${name}:error"]`);
const logged = (page, text) => page.locator('.log', { hasText: text }).waitFor();

/** A page whose scenario has gone to a group. */
async function onGroup(t, options) {
  const page = await visit.open(t, '', options);
  await field(page, 'platform').selectOption(GROUP);
  await page.waitForFunction(() => document.querySelector('[name="instance.type"]').value === 'c5.xlarge');
  return page;
}

test('a scenario goes to a group in one step, with its machine and its metric, and back', async (t) => {
  const page = await visit.open(t);
  assert.equal(await field(page, 'platform').inputValue(), 'sagemaker_real_time');
  assert.equal(await field(page, 'auto_scaling_group.DefaultInstanceWarmup').count(), 0);
  const endpoint = await page.locator('.log').innerText();
  await field(page, 'platform').selectOption(GROUP);
  await page.locator('#chart-metric', { hasText: 'RequestCountPerTarget' }).waitFor();
  assert.equal(await field(page, 'instance.type').inputValue(), 'c5.xlarge');
  await page.locator('form .pol > summary', { hasText: 'Target tracking' }).click();
  assert.equal(await of(page, 'MetricName').inputValue(), 'ALBRequestCountPerTarget');
  assert.equal(await of(page, 'ScaleOutCooldown').count(), 0, 'no cooldown holds in a group');
  // AlarmLow stands further below the target.
  await page.locator('#chart-metric', { hasText: /AlarmLow below\s*420/ }).waitFor();
  await logged(page, 'those that have warmed up');

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('#chart-metric', { hasText: 'InvocationsPerInstance' }).waitFor();
  assert.equal(await field(page, 'instance.type').inputValue(), 'ml.c5.xlarge');
  assert.equal(await page.locator('.log').innerText(), endpoint, 'all is as it was');
  await page.getByRole('button', { name: 'Redo' }).click();
  await page.locator('#chart-metric', { hasText: 'RequestCountPerTarget' }).waitFor();

  // By the choice, too.
  await field(page, 'platform').selectOption('sagemaker_real_time');
  await page.locator('#chart-metric', { hasText: 'InvocationsPerInstance' }).waitFor();
  assert.equal(await page.locator('.log').innerText(), endpoint);
});

test("warm-up is the policy's, else the group's, else its cooldown", async (t) => {
  const page = await onGroup(t);
  const policy = page.locator('form .pol > summary', { hasText: 'Target tracking' });
  const says = (text) => policy.filter({ hasText: text }).waitFor();
  await says('warm-up 5 min');
  await field(page, 'auto_scaling_group.DefaultCooldown').fill('120');
  await says('warm-up 2 min');
  await field(page, 'auto_scaling_group.DefaultInstanceWarmup').fill('60');
  await says('warm-up 1 min');
  await policy.click();
  await of(page, 'EstimatedInstanceWarmup').fill('600');
  await says('warm-up 10 min');
  await page.locator('.problems').waitFor({ state: 'hidden' });

  // Longer than AWS takes it.
  const name = 'auto_scaling_group.DefaultInstanceWarmup';
  await field(page, name).fill('3601');
  await failure(page, name).waitFor({ state: 'visible' });
  assert.match(await failure(page, name).innerText(), /3,600/);
  assert.equal(await field(page, name).getAttribute('aria-invalid'), 'true');
  await field(page, name).fill('60');
  await page.locator('.problems').waitFor({ state: 'hidden' });

  // Instances that are prepared come sooner; their fields come with the pool.
  await field(page, 'auto_scaling_group.WarmPool.PoolState').selectOption('Running');
  await field(page, 'auto_scaling_group.WarmPool.MinSize').fill('2');
  await field(page, 'auto_scaling_group.warm_pool_launch_s').fill('20');
  await page.locator('.problems').waitFor({ state: 'hidden' });
  await field(page, 'auto_scaling_group.WarmPool.PoolState').selectOption('');
  await field(page, 'auto_scaling_group.WarmPool.MinSize').waitFor({ state: 'detached' });
});

test('simple scaling is added, acts, and a wrong value is told at its field', async (t) => {
  const page = await onGroup(t);
  await page.getByRole('button', { name: '+ Simple scaling' }).click();
  await of(page, 'ScalingAdjustment', 1).waitFor();
  await logged(page, 'simple scaling');
  for (const [leaf, typed, says, right] of [
    ['ScalingAdjustment', '20000', /10,000/, '2'],
    ['Cooldown', '86401', /86,400/, '60'],
    ['Cooldown', 'soon', /“soon” is not a number/, '60'],
  ]) {
    const name = `policies[1].${leaf}`;
    await of(page, leaf, 1).fill(typed);
    await failure(page, name).waitFor({ state: 'visible' });
    assert.match(await failure(page, name).innerText(), says);
    assert.equal(await of(page, leaf, 1).inputValue(), typed, 'nothing typed is lost');
    assert.equal(await of(page, leaf, 1).getAttribute('aria-invalid'), 'true');
    assert.ok(await page.getByText('These results are from before').first().isVisible());
    await of(page, leaf, 1).fill(right);
    await page.locator('.problems').waitFor({ state: 'hidden' });
  }
  // An endpoint has steps in its place, which do the same.
  await field(page, 'platform').selectOption('sagemaker_real_time');
  await page.locator('.stairs').waitFor({ state: 'attached' });
  assert.equal(await page.locator('.problems').isVisible(), false);
});

test('predictive scaling forecasts, then scales ahead of the hour, and says what is wrong', async (t) => {
  const page = await onGroup(t);
  const chart = page.locator('#chart-instances');
  assert.equal(await field(page, 'auto_scaling_group.history').count(), 0);
  await page.getByRole('button', { name: '+ Predictive scaling' }).click();
  await of(page, 'Mode', 1).waitFor();
  await page.getByRole('button', { name: 'all', exact: true }).click();
  await logged(page, 'ForecastOnly');
  await chart.locator('.legend', { hasText: 'forecast' }).waitFor();
  await of(page, 'Mode', 1).selectOption('ForecastAndScale');
  await logged(page, 'Forecast for');
  await page.locator('form', { hasText: 'It forecasts at most' }).waitFor();

  // Instances that come late are told of.
  await of(page, 'SchedulingBufferTime', 1).fill('60');
  await page.locator('form .warn', { hasText: 'they come late' }).waitFor();
  for (const [leaf, typed, says, right] of [
    ['SchedulingBufferTime', '3600', /3,599/, '600'],
    ['TargetValue', 'much', /“much” is not a number/, '700'],
  ]) {
    const name = `policies[1].${leaf}`;
    await of(page, leaf, 1).fill(typed);
    await failure(page, name).waitFor({ state: 'visible' });
    assert.match(await failure(page, name).innerText(), says);
    await of(page, leaf, 1).fill(right);
    await page.locator('.problems').waitFor({ state: 'hidden' });
  }
  // The buffer comes with the behaviour that needs one.
  await of(page, 'MaxCapacityBreachBehavior', 1).selectOption('IncreaseMaxCapacity');
  await of(page, 'MaxCapacityBuffer', 1).fill('101');
  await failure(page, 'policies[1].MaxCapacityBuffer').waitFor({ state: 'visible' });
  await of(page, 'MaxCapacityBreachBehavior', 1).selectOption('HonorMaxCapacity');
  await of(page, 'MaxCapacityBuffer', 1).waitFor({ state: 'detached' });
  await page.locator('.problems').waitFor({ state: 'hidden' });

  // A new group has nothing to forecast from.
  await field(page, 'auto_scaling_group.history').selectOption('none');
  await page.locator('form .warn', { hasText: 'nothing will be forecast' }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
  await page.evaluate(() => scrollTo(0, 0));
  await visit.accessible(page);
});

for (const [width, locale, colorScheme] of [
  [1400, 'en-US', 'light'],
  [390, 'ko-KR', 'dark'],
]) {
  test(`a group's form at ${width} pixels, ${locale}, ${colorScheme}: accessible and within its width`, async (t) => {
    const page = await onGroup(t, { viewport: { width, height: 900 }, locale, colorScheme });
    await field(page, 'auto_scaling_group.WarmPool.PoolState').selectOption('Stopped');
    await page.locator('form .adds .add').nth(2).click();
    await of(page, 'ScalingAdjustment', 1).waitFor();
    await page.locator('form .pol > summary').first().click();
    await of(page, 'Cooldown', 1).fill('-1');
    await failure(page, 'policies[1].Cooldown').waitFor({ state: 'visible' });
    // The header stays where it is, and would lie over a part of the form.
    await page.evaluate(() => scrollTo(0, 0));
    await visit.accessible(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
  });
}

test('a zone that fails is added, told, shown and taken away again', async (t) => {
  const page = await onGroup(t);
  await page.getByRole('button', { name: '+ Failure' }).click();
  const fold = page.locator('form .pol > summary', { hasText: /A zone fails for 60\s*minutes/ });
  await fold.waitFor();
  await page.getByRole('button', { name: 'changes', exact: true }).click();
  await logged(page, 'EC2 status check failure');
  await logged(page, 'An Availability Zone is back');
  await page.locator('#chart-instances', { hasText: 'failure' }).waitFor();

  // The kind decides on the fields; the load balancer's checks are asked for where they count.
  const what = (leaf) => field(page, `failures[0].${leaf}`);
  await what('what').selectOption('applications');
  await what('what.applications').fill('2');
  await page.locator('form .pol > summary', { hasText: '2 applications stop answering' }).waitFor();
  await field(page, 'auto_scaling_group.HealthCheckType').selectOption('ELB');
  await page.locator('form .warn', { hasText: /HealthCheckGracePeriod 0\s*s is too short/ }).waitFor();
  await field(page, 'auto_scaling_group.HealthCheckGracePeriod').fill('300');
  await page.locator('form .warn', { hasText: 'HealthCheckGracePeriod' }).waitFor({ state: 'detached' });
  await logged(page, 'ELB health check failure');

  await field(page, 'auto_scaling_group.UnhealthyThresholdCount').fill('1');
  await failure(page, 'auto_scaling_group.UnhealthyThresholdCount').waitFor({ state: 'visible' });
  await field(page, 'auto_scaling_group.UnhealthyThresholdCount').fill('3');
  await page.locator('.problems').waitFor({ state: 'hidden' });
  await page.locator('form .pol[open] .moves').getByRole('button', { name: 'Remove' }).last().click();
  await what('what').waitFor({ state: 'detached' });
});
