// Should the program ever end: a sentence, the scenario's link, and a reload that does not lead there again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();
const tolerate = /RuntimeError|memory access|unreachable|null function|table index|uncaught|wasm|out of bounds/i;
const ended = (page) => page.locator('#ended');

/** Ends the program for real: all of its memory is overwritten, and the next thing that it hears traps. */
async function trap(page) {
  await page.evaluate(async () => {
    const { href } = document.querySelector('link[rel=modulepreload]');
    const program = await import(href);
    const exports = await program.default();
    const memory = Object.values(exports).find((it) => it instanceof WebAssembly.Memory);
    new Uint8Array(memory.buffer).fill(0xff);
  });
  await page.locator('input[name="load_test.max_rps"], canvas').first().dispatchEvent('input');
  await page.evaluate(() => {
    dispatchEvent(new Event('hashchange'));
    document.querySelector('input[name="load_test.max_rps"]')?.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await ended(page).waitFor();
}

for (const [locale, says, after] of [
  ['en-US', /Headroom has stopped/, /started anew/],
  ['ko-KR', /멈췄습니다/, /새로 시작했습니다/],
]) {
  test(`a program that ended says so, keeps the link, and starts anew without it (${locale})`, async (t) => {
    const page = await visit.open(t, '', { tolerate, locale });
    await page.waitForFunction(() => location.hash.length > 1);
    const was = await page.evaluate(() => location.hash);
    await page.locator('input[name="load_test.max_rps"]').fill('35');
    await page.waitForFunction((was) => location.hash !== was, was);
    const hash = await page.evaluate(() => location.hash);
    await trap(page);
    assert.match(await ended(page).innerText(), says);
    assert.equal(await ended(page).locator('p:visible').count(), 1);
    const link = await ended(page).locator('input').inputValue();
    assert.ok(link.endsWith(hash), link);
    await visit.accessible(page, '#ended');
    await visit.picture(page, `ended-${locale}`);
    await ended(page).locator('button:visible').last().click();
    await started(page);
    assert.equal(await page.locator('input[name="load_test.max_rps"]').inputValue(), '20');
    assert.match(await ended(page).innerText(), after);
    assert.equal(await ended(page).locator('input').inputValue(), link);
    await ended(page).locator('button:visible').last().click();
    await page.reload();
    await started(page);
    assert.equal(await page.locator('#ended:visible').count(), 0);
    // The link itself still opens.
    await page.goto('about:blank');
    await page.goto(link);
    await started(page);
    assert.equal(await page.locator('input[name="load_test.max_rps"]').inputValue(), '35');
  });
}

test('a reload by hand does not lead there again', async (t) => {
  const page = await visit.open(t, '', { tolerate });
  await page.locator('input[name="load_test.max_rps"]').fill('35');
  await page.waitForFunction(() => location.hash.length > 1);
  await trap(page);
  await page.reload();
  await started(page);
  assert.equal(await page.locator('input[name="load_test.max_rps"]').inputValue(), '20');
});

test('in a frame the sentence stays, with the way to the scenario', async (t) => {
  const source = await visit.open(t);
  await source.locator('input[name="load_test.max_rps"]').fill('35');
  await source.waitForFunction(() => location.hash.length > 1);
  await source.waitForTimeout(400);
  const hash = await source.evaluate(() => location.hash.slice(1));
  const page = await visit.open(t, `#embed.${hash}`, { tolerate });
  await trap(page);
  const link = await ended(page).locator('input').inputValue();
  assert.ok(link.endsWith(`#${hash}`), link);
  await page.reload();
  await ended(page).waitFor();
  assert.equal(await ended(page).locator('input').inputValue(), link);
  assert.equal(await page.locator('canvas').count(), 0);
});
