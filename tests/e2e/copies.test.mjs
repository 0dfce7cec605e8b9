// An inference component: a scenario goes there and back, its copies share
// instances, it sleeps at zero, and what does not fit is told at its field.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();
const COMPONENT = 'sagemaker_inference_component';
const STEM = 'inference_component.';
const NEEDS = `${STEM}ComputeResourceRequirements.`;
const SCALING = `${STEM}ManagedInstanceScaling.`;
const field = (page, name) => page.locator(`form [name="${name}"]`);
const failure = (page, name) => page.locator(`[id="${name}:error"]`);
const right = (page) => page.locator('.problems').waitFor({ state: 'hidden' });

/** A page whose scenario has gone to copies on instances with four GPUs. */
async function onCopies(t, options) {
  const page = await visit.open(t, '', options);
  await field(page, 'platform').selectOption(COMPONENT);
  await field(page, `${STEM}copy_start_s`).waitFor();
  await field(page, 'instance.type').fill('ml.g5.12xlarge');
  return page;
}

test('a scenario goes to copies in one step, with its metric, and back', async (t) => {
  const page = await visit.open(t);
  assert.equal(await field(page, `${STEM}copy_start_s`).count(), 0, 'nothing of copies on an endpoint');
  const endpoint = await page.locator('.log').innerText();
  await field(page, 'platform').selectOption(COMPONENT);
  await page.locator('#chart-metric', { hasText: 'InvocationsPerCopy' }).waitFor();
  await page.locator('#chart-instances', { hasText: 'Copies and instances' }).waitFor();
  await page.locator('dl.key', { hasText: 'Copies' }).waitFor();
  await field(page, 'platform').selectOption('sagemaker_real_time');
  await page.locator('#chart-metric', { hasText: 'InvocationsPerInstance' }).waitFor();
  assert.equal(await page.locator('.log').innerText(), endpoint);
  assert.equal(await page.locator('dl.key', { hasText: 'Copies' }).count(), 0);
});

test('copies per instance follow from what a copy needs', async (t) => {
  const page = await onCopies(t);
  const says = (text) => page.locator('form .says', { hasText: text }).waitFor();
  await field(page, `${NEEDS}MinMemoryRequiredInMb`).fill('40960');
  await says('196,608 ÷ 40,960');
  await says('room for 4 copies');
  await field(page, `${NEEDS}NumberOfAcceleratorDevicesRequired`).fill('2');
  await says('room for 2 copies');
  // More than there are.
  const name = `${NEEDS}NumberOfAcceleratorDevicesRequired`;
  await field(page, name).fill('5');
  await failure(page, name).waitFor({ state: 'visible' });
  assert.match(await failure(page, name).innerText(), /4/);
  assert.equal(await field(page, name).getAttribute('aria-invalid'), 'true');
  await field(page, name).fill('1');
  await right(page);
  // Fields of consolidation come with it.
  const cooldown = `${SCALING}ScaleInPolicy.CooldownInMinutes`;
  assert.equal(await field(page, cooldown).count(), 0);
  await field(page, `${SCALING}ScaleInPolicy.Strategy`).selectOption('CONSOLIDATION');
  await field(page, cooldown).fill('4');
  await failure(page, cooldown).waitFor({ state: 'visible' });
  await field(page, cooldown).fill('30');
  await right(page);
});

test('at zero nothing comes back without the step policy, which the form adds', async (t) => {
  const page = await onCopies(t);
  await field(page, 'scalable_target.MinCapacity').fill('0');
  const warning = page.locator('form .warn', { hasText: 'NoCapacityInvocationFailures' });
  await warning.waitFor();
  await page.locator('form .adds .add').nth(1).click();
  await warning.waitFor({ state: 'detached' });
  await page.locator('form .pol > summary', { hasText: 'NoCapacityInvocationFailures ≥ 1' }).waitFor();
  await field(page, `${SCALING}MaxInstanceCount`).fill('1');
  await page.locator('form .warn', { hasText: 'less than MaxCapacity 12' }).waitFor();
});

for (const [width, locale, colorScheme] of [
  [1400, 'en-US', 'light'],
  [390, 'ko-KR', 'dark'],
]) {
  test(`a component's form at ${width} pixels, ${locale}, ${colorScheme}: accessible and within its width`, async (t) => {
    const page = await onCopies(t, { viewport: { width, height: 900 }, locale, colorScheme });
    await field(page, `${SCALING}ScaleInPolicy.Strategy`).selectOption('CONSOLIDATION');
    await field(page, `${NEEDS}MinMemoryRequiredInMb`).fill('1');
    await failure(page, `${NEEDS}MinMemoryRequiredInMb`).waitFor({ state: 'visible' });
    // The header stays where it is, and would lie over a part of the form.
    await page.evaluate(() => scrollTo(0, 0));
    await visit.accessible(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
  });
}
