// Every state in which somebody may meet the page (states.mjs): axe-core finds nothing, and nothing sticks out sideways.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';
import { WALKS } from './states.mjs';

const visit = site();

for (const { look, options, widths, states } of WALKS) {
  test(`${states.length} states are accessible and fit: ${look}, ${states[0].name} and on`, async (t) => {
    const page = await visit.open(t, '', options);
    page.setDefaultTimeout(8000);
    const wrong = [];
    for (const { name, part, comes, then, goes } of states) {
      try {
        await comes(page);
        await then?.(page);
        await visit.settled(page);
        await visit.accessible(page, part);
        await visit.fits(page, widths);
        await goes?.(page);
      } catch (error) {
        wrong.push(`${name}: ${error.message}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
}
