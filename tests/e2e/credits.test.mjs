// CPU credits of burstable types: the card says what a type earns, the mode is
// chosen there, and a chart shows the balance; other types know nothing of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();
const MODE = 'instance.credit_specification.CpuCredits';
const field = (page, name) => page.locator(`form [name="${name}"]`);
const failure = (page) => page.locator(`[id="${MODE}:error"]`);
const credits = (page) => page.locator('#chart-credits');

test('a burstable type has a credit mode, and a chart of its balance', async (t) => {
  const page = await visit.open(t);
  assert.equal(await field(page, MODE).count(), 0, 'what a scenario does not use is not in sight');
  assert.equal(await credits(page).count(), 0);
  await field(page, 'platform').selectOption('ec2_auto_scaling_group');
  await field(page, 'instance.type').fill('t2.medium');
  await page.locator('form', { hasText: 'earns 24 CPU credits an hour' }).waitFor();
  await credits(page).filter({ hasText: 'balance' }).waitFor();
  assert.equal(await field(page, MODE).inputValue(), '');
  assert.match(await field(page, MODE).locator('option').first().innerText(), /standard/);

  // The table and the summary say it, too.
  await credits(page).locator('summary').click();
  await credits(page).locator('th', { hasText: 'CPU credits' }).waitFor();
  assert.match(await credits(page).locator('canvas').getAttribute('aria-label'), /CPU credits of an instance/);

  await field(page, MODE).selectOption('unlimited');
  await credits(page).locator('th', { hasText: 'Surplus credits' }).waitFor();

  // A type without credits refuses the mode, at its field, until it is gone.
  await field(page, 'instance.type').fill('c5.xlarge');
  await failure(page).waitFor({ state: 'visible' });
  assert.match(await failure(page).innerText(), /burstable/);
  await field(page, MODE).selectOption('');
  await field(page, MODE).waitFor({ state: 'detached' });
  await credits(page).waitFor({ state: 'detached' });
  await page.locator('.problems').waitFor({ state: 'hidden' });
});

test('the shipped scenario tells why a group that fails looks idle', async (t) => {
  const page = await visit.open(t);
  await page.getByRole('button', { name: 'Scenarios' }).click();
  await page.getByText('CPU credits run out').first().click();
  await page.locator('main', { hasText: 'CPU credits were used up' }).waitFor();
  await page.locator('main', { hasText: 'they looked idle, and were scaled in' }).waitFor();
  await page.locator('#chart-capacity', { hasText: 'capacity without credits' }).waitFor();
  // What would have held is carried out by a click.
  await page.locator('main', { hasText: 'Unlimited credit mode would have been enough' }).waitFor();
  await page.getByRole('button', { name: 'Apply' }).first().click();
  await page.waitForFunction((name) => document.querySelector(`[name="${name}"]`)?.value === 'unlimited', MODE);
  await page.locator('main', { hasText: 'Surplus CPU credits' }).waitFor();
});
