// The study aid under somebody who does everything in no order, the same each time: `cargo xtask soak monkey --study` does more of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draws, somebody } from '../soak/actions.mjs';
import { addresses, goesAnew, kept } from '../soak/study.mjs';
import { site } from './harness.mjs';

const visit = site();
const ACTIONS = 150;

test('whatever is done in the study aid, it neither ends nor complains', { concurrency: true }, async (t) => {
  await Promise.all([['en-US', 1], ['ko-KR', 2]].map(([locale, seed]) => t.test(`${locale}, seed ${seed}`, async (t) => {
    const page = await visit.open(t, '#learn', { locale });
    const context = page.context();
    page.setDefaultTimeout(3000);
    // Sources open tabs of their own, elsewhere: what they ask for is theirs.
    context.removeAllListeners('request');
    context.on('page', (other) => other.close().catch(() => {}));
    const { origin } = new URL(visit.address());
    const foreign = [];
    page.on('request', (request) => /^https?:/.test(request.url()) && new URL(request.url()).origin !== origin && foreign.push(request.url()));
    page.on('dialog', (dialog) => dialog.dismiss().catch(() => {}));
    const drawn = draws(seed);
    const links = addresses();
    const act = somebody(page, drawn, { links, files: kept() });
    const did = [];
    for (let i = 1; i <= ACTIONS; i += 1) {
      did.push(await act());
      if (!page.url().startsWith(visit.address())) await page.goto(visit.address('#learn'));
      assert.equal(await page.locator('#ended:visible').count(), 0, `the program has ended after ${did.slice(-15).join(' · ')}`);
      if (!(await goesAnew(page, i))) continue;
      await page.keyboard.press('Escape');
      await page.evaluate((hash) => { location.hash = hash; }, drawn.one(links));
    }
    assert.deepEqual(foreign, []);
    // Whatever was done, a lesson is as it is.
    await page.evaluate(() => { location.hash = '#learn.cooldowns'; });
    await page.locator('main.study:not(.embed) article').waitFor({ timeout: 30_000 });
    await page.locator('form.guess, .tells').first().waitFor();
  })));
});
