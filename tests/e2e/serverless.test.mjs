// A serverless endpoint: a scenario goes there and back, provisioned concurrency
// takes the place of instances, and without it all is served on demand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();
const field = (page, name) => page.locator(`form [name="${name}"]`);
const failure = (page, name) => page.locator(`[id="${name}:error"]`);
const figure = (page, name) => page.locator('.key > div', { hasText: name });

test('a scenario goes serverless in one step, and back', async (t) => {
  const page = await visit.open(t);
  const endpoint = await page.locator('.log').innerText();
  assert.equal(await field(page, 'serverless.MaxConcurrency').count(), 0);
  await field(page, 'platform').selectOption('sagemaker_serverless');
  await page.locator('#chart-metric', { hasText: 'ServerlessProvisionedConcurrencyUtilization' }).waitFor();
  assert.equal(await field(page, 'serverless.MemorySizeInMB').inputValue(), '2048');
  assert.equal(await field(page, 'instance.type').count(), 0);
  assert.equal(await field(page, 'load_test.max_rps').count(), 0);
  await figure(page, 'Provisioned concurrency').waitFor();
  await figure(page, 'Cold starts').waitFor();
  assert.equal(await page.locator('.problems').isHidden(), true);
  assert.equal(await page.locator('.key', { hasText: 'Instances' }).count(), 0);

  await page.getByRole('button', { name: 'Undo' }).click();
  await page.locator('#chart-metric', { hasText: 'InvocationsPerInstance' }).waitFor();
  assert.equal(await page.locator('.log').innerText(), endpoint, 'all is as it was');
});

test('without provisioned concurrency there is nothing to scale, and all is served on demand', async (t) => {
  const page = await visit.open(t);
  await field(page, 'platform').selectOption('sagemaker_serverless');
  await figure(page, 'Cold starts').waitFor();
  const name = 'serverless.ProvisionedConcurrency';
  await field(page, name).fill('0');
  // Its policy has nothing to look at, and that is told.
  await page.locator('.problems', { hasText: 'There is no provisioned concurrency to scale' }).waitFor();
  await page.locator('form .pol > summary', { hasText: 'Target tracking' }).click();
  await page.locator('form .pol').getByRole('button', { name: 'Remove' }).click();
  await page.locator('form .card', { hasText: 'there is nothing to scale' }).waitFor();
  await page.locator('.problems').waitFor({ state: 'hidden' });
  await figure(page, 'Cold starts').waitFor();

  // More at once than AWS takes.
  await field(page, 'serverless.MaxConcurrency').fill('201');
  await failure(page, 'serverless.MaxConcurrency').waitFor({ state: 'visible' });
  assert.match(await failure(page, 'serverless.MaxConcurrency').innerText(), /200/);
  await field(page, 'serverless.MaxConcurrency').fill('5');
  // The default scenario's crowd is throttled.
  await page.locator('.verdict', { hasText: 'MaxConcurrency is 5' }).waitFor();
});
