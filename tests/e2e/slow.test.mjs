// Scenarios that take long: none freezes the page, each can be stopped, and those that take longest are asked for first.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();
const field = (page, name) => page.locator(`input[name="${name}"]`);
const press = (page) => page.locator('#work');
const says = (page) => page.locator('.work [role=status]');

const year = { demand: [{ shape: { daily_curve: { quiet_rps: 20, peak_rps: 180, peak_at: '20:00' } } }], hours: 8784 };
const policy = (i) => ({
  PolicyName: `p${i}`,
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 1 + i / 100,
    PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantConcurrentRequestsPerModelHighResolution' },
  },
});
const policies = (count) => Array.from({ length: count }, (_, i) => policy(i));

/** Opens a scenario's file, which makes its link, too. */
async function give(page, scenario) {
  const content = Buffer.from(JSON.stringify({ headroom: 1, ...scenario }));
  await page.locator('input[type=file]').first().setInputFiles({ name: 's.json', mimeType: 'application/json', buffer: content });
}

/** Notes every task of the page that took long. */
const watched = (page) =>
  page.evaluate(() => {
    globalThis.tasks = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => Math.round(entry.duration)))).observe({ type: 'longtask' });
  });
const longest = (page) => page.evaluate(() => Math.max(0, ...tasks));

test('what takes 34 seconds waits for a click, works with a progress bar, and stops', async (t) => {
  const page = await visit.open(t);
  // What it says, beside the offers to apply it and to show why, which a dimmed result does not make.
  const said = async () => (await page.locator('.headline').innerText()).replace(/\s*Apply\s*Show it$/, '').trim();
  await page.locator('.headline').getByRole('button', { name: 'Apply' }).waitFor();
  const before = await said();
  await watched(page);
  await give(page, { ...year, policies: policies(50) });
  await press(page).waitFor();
  assert.match(await says(page).innerText(), /^This scenario takes about \d+\s(seconds|minutes) to simulate\. .*before the change/);
  assert.equal(await press(page).innerText(), 'Simulate');
  // The last good result stays, dimmed.
  assert.equal(await said(), before);
  assert.ok(await page.locator('.result.stale').isVisible());
  await visit.accessible(page);
  await press(page).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('.work progress').value > 0);
  assert.equal(await press(page).innerText(), 'Stop');
  assert.match(await says(page).innerText(), /^Simulating…/);
  assert.ok(await press(page).evaluate((button) => button === document.activeElement), 'the focus stays');
  // Meanwhile the page answers.
  await page.locator('summary').first().click();
  await visit.accessible(page);
  await page.keyboard.press('Tab');
  await press(page).click();
  assert.match(await says(page).innerText(), /^Stopped\./);
  assert.equal(await press(page).innerText(), 'Simulate');
  assert.ok((await longest(page)) < 1500, `${await longest(page)} ms at a time`);
  // Another scenario is simulated at once.
  await give(page, { hours: 24 });
  await page.waitForFunction(() => document.querySelector('.work').hidden);
  assert.ok(await page.locator('.result:not(.stale)').isVisible());
});

test('what takes half a second is simulated unasked, in slices; typing begins anew', async (t) => {
  const page = await visit.open(t);
  await give(page, { ...year, policies: policies(1) });
  await page.waitForFunction(() => document.querySelector('#work')?.textContent === 'Stop');
  await field(page, 'load_test.max_rps').fill('30');
  await field(page, 'load_test.max_rps').fill('31');
  await page.waitForFunction(() => document.querySelector('.work').hidden, null, { timeout: 60_000 });
  assert.ok(await page.locator('.result:not(.stale)').isVisible());
  assert.match(await page.locator('output[name=target]').innerText(), /\d/);
});

test('in Korean the bar speaks Korean', async (t) => {
  const page = await visit.open(t, '', { locale: 'ko-KR' });
  await give(page, { ...year, policies: policies(50) });
  await press(page).waitFor();
  assert.match(await says(page).innerText(), /^이 시나리오는 시뮬레이션에 약 .+ 걸립니다\./);
  assert.equal(await press(page).innerText(), '시뮬레이션');
});

test('in a frame nothing long begins by itself, and a click begins it', async (t) => {
  const page = await visit.open(t);
  await give(page, { ...year, policies: policies(1) });
  await page.waitForFunction(() => location.hash.length > 1);
  await page.waitForFunction(() => document.querySelector('.work').hidden, null, { timeout: 60_000 });
  const hash = await page.evaluate(() => location.hash.slice(1));
  const frame = await visit.open(t, `#embed.${hash}`);
  await press(frame).waitFor();
  assert.match(await says(frame).innerText(), /^This scenario takes about 1\ssecond to simulate\.$/);
  await press(frame).click();
  await frame.waitForFunction(() => document.querySelector('.work').hidden, null, { timeout: 60_000 });
  await frame.locator('.result canvas').first().waitFor();
});

test('a demand that takes long is not added up whenever a key is pressed', async (t) => {
  const page = await visit.open(t);
  const noise = { shape: { noise: { percent: 5 } } };
  await give(page, { ...year, demand: [...year.demand, ...Array(96).fill(noise)] });
  await press(page).waitFor();
  if ((await press(page).innerText()) === 'Stop') await press(page).click();
  await watched(page);
  // A mistake: what is then shown of demand is a preview.
  await field(page, 'load_test.max_rps').fill('x');
  await field(page, 'load_test.max_rps').fill('xy');
  await page.waitForTimeout(500);
  assert.ok((await longest(page)) < 1000, `${await longest(page)} ms at a time`);
});
