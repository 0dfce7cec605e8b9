// What somebody types moves nothing: neither a problem, nor a longer verdict, nor work that goes on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';

const visit = site();

/** Rounding of a page that the browser scrolls along with what grows above. */
const MOST_MOVED_PX = 1.5;

/** What is typed, and whether that is wrong. Neither brings a warning or takes one away: those stand in the form, and take their room. */
const TYPED = [
  ['load_test.max_rps', ['about 20', '', '22', '16', '20']],
  ['load_test.safety_factor', ['2', '0.55', 'half', '0.5']],
  ['scalable_target.MinCapacity', ['0', '13', '3', '']],
  ['scalable_target.MaxCapacity', ['1.5', '0', '11', '12']],
  ['instance.type', ['ml.c5.nothing', 'ml.c5.2xlarge', 'ml.c5.xlarge']],
  ['instance.launch_s', ['-1', '600', '30', '240']],
];

/** The places in sight of all fields and cards, of verdict, figures and charts, and of what stands still over them. */
const places = (page) =>
  page.evaluate(() => {
    const found = {};
    const put = (name, element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      if (height > 0) found[name] = [x, y, width, height];
    };
    for (const field of document.querySelectorAll('form :is(input, select)[name]')) put(field.name, field.closest('.f') ?? field);
    for (const [i, card] of document.querySelectorAll('form details').entries()) put(`fold ${i}`, card.querySelector('summary'));
    for (const name of ['header.top', '.whose', '.verdict', '.key', '.all > summary', '.sight', '.eq', '.sums']) {
      const element = document.querySelector(name);
      if (element) put(name, element);
    }
    for (const [i, figure] of document.querySelectorAll('.key > div').entries()) put(`figure ${i}`, figure);
    for (const chart of document.querySelectorAll('figure')) put(chart.id, chart);
    // What is above or below what is in sight may go where it likes.
    return Object.fromEntries(Object.entries(found).filter(([, [, y, , height]]) => y + height > 0 && y < innerHeight));
  });

/** Fails where anything that was in sight before is elsewhere. */
async function still(page, before, what) {
  await visit.settled(page);
  const after = await places(page);
  const moved = Object.entries(before).flatMap(([name, place]) => {
    const now = after[name];
    const far = now && place.some((side, i) => Math.abs(side - now[i]) > MOST_MOVED_PX);
    return far ? [`${name}: ${place} → ${now}`] : [];
  });
  assert.deepEqual(moved, [], what);
}

for (const [look, options] of Object.entries({
  wide: {},
  'Korean, wide': { locale: 'ko-KR' },
  tablet: { viewport: { width: 834, height: 1112 } },
  phone: { viewport: { width: 390, height: 844 } },
  'Korean, 280 px': { viewport: { width: 280, height: 653 }, locale: 'ko-KR' },
  'text of 200%': { viewport: { width: 1440, height: 980 }, large: true },
})) {
  test(`while one types nothing moves: ${look}`, async (t) => {
    const { large, ...visitor } = options;
    const page = await visit.open(t, '', visitor);
    // As a browser that enlarges text alone does.
    if (large) await page.evaluate(() => document.styleSheets[0].insertRule('.f .l, .f .err, .f .u { font-size: 26px !important }'));
    const found = () => page.waitForFunction(() => !document.querySelector('.headline .quiet'));
    await found();
    for (const [name, texts] of TYPED) {
      const field = page.locator(`form [name="${name}"]`);
      const problem = page.locator(`[id="${name}:error"]`);
      await field.evaluate((input) => input.scrollIntoView({ block: 'center' }));
      await field.focus();
      const before = await places(page);
      for (const text of texts) {
        await page.keyboard.press('ControlOrMeta+a');
        if (text) await page.keyboard.insertText(text);
        else await page.keyboard.press('Delete');
        await still(page, before, `${name}: ${text}`);
        if (!(await problem.isVisible())) continue;
        // All of it can be read where it stands.
        const cut = await problem.evaluate((said) => {
          const { left, right, width, height } = said.getBoundingClientRect();
          return left < 0 || right > innerWidth || said.scrollWidth > width || said.scrollHeight > height + 1;
        });
        assert.ok(!cut, `${name}: ${text}: its problem is cut off`);
      }
      await found();
      await still(page, before, `${name}, once it is known what would have been enough`);
    }
  });
}

const year = { demand: [{ shape: { daily_curve: { quiet_rps: 20, peak_rps: 180, peak_at: '20:00' } } }], hours: 8784 };
const policies = Array.from({ length: 50 }, (_, i) => ({
  PolicyName: `p${i}`,
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 1 + i / 100,
    PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantConcurrentRequestsPerModelHighResolution' },
  },
}));

for (const [look, options] of Object.entries({ wide: {}, phone: { viewport: { width: 390, height: 844 } } })) {
  test(`work that waits, goes on and stops moves nothing: ${look}`, async (t) => {
    const page = await visit.open(t, '', options);
    const give = (scenario) =>
      page.locator('header input[type=file]').setInputFiles({ name: 's.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(scenario)) });
    // The same with fewer hours is there at once.
    await give({ ...year, policies, hours: 24 });
    await page.waitForFunction(() => document.querySelector('form [name=hours]').value === '24' && !document.querySelector('.headline .quiet'));
    await page.evaluate(() => scrollTo(0, 0));
    await visit.settled(page);
    const before = await places(page);
    const hours = (text) =>
      page.locator('form [name=hours]').evaluate((field, value) => {
        field.value = value;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }, text);
    await hours('8784');
    await page.locator('#work').waitFor();
    await still(page, before, 'it waits');
    await page.locator('#work').click();
    await page.locator('.work progress').waitFor();
    await still(page, before, 'it goes on');
    await page.locator('#work').click();
    await still(page, before, 'it was stopped');
    await hours('24');
    await page.locator('.work').waitFor({ state: 'hidden' });
  });
}
