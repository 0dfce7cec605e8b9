// Whose the scenario is that the page shows: a first visit, one's own scenarios and what keeps them apart from links, and addresses
// that do not open.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();
const shipped = (folder) => readdirSync(join(import.meta.dirname, '..', '..', folder)).length;
const field = (page, name) => page.locator(`input[name="${name}"]`);
const line = (page) => page.locator('.whose');
const button = (page, name) => page.getByRole('button', { name, exact: true });
const hash = (page) => page.evaluate(() => location.hash);
const own = (page) => page.evaluate(() =>
  Object.keys(localStorage).filter((key) => key.startsWith('headroom.own.'))
    .map((key) => localStorage[key].split('\n')[0].replace(/^\d+ /, '')).sort());
const max = (page) => field(page, 'load_test.max_rps').inputValue();

/** Types into a field, and waits until that is written down. */
async function type(page, name, text) {
  await page.waitForFunction(() => location.hash.length > 1);
  const before = await hash(page);
  await field(page, name).fill(text);
  await page.waitForFunction((was) => location.hash !== was, before);
}

/** A link to a scenario of somebody else's. */
async function linkOf(t, name = 'Quiz night', rps = '44') {
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', rps);
  await type(page, 'name', name);
  return hash(page);
}

/** The page at another address, as a new visit of the same person. */
async function revisit(page, at = '') {
  await page.goto('about:blank');
  await page.goto(visit.address(at));
  await started(page);
  await visit.settled(page);
}

async function listed(page) {
  await button(page, 'Scenarios').click();
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  return dialog;
}

for (const [name, options, says, starts] of [
  ['wide', { viewport: { width: 1440, height: 900 } }, /simulates auto scaling .* You see a sample: Finals night\./s, 'Start with my own'],
  ['phone', { viewport: { width: 390, height: 844 } }, /simulates auto scaling .* You see a sample: Finals night\./s, 'Start with my own'],
  ['Korean, dark', { locale: 'ko-KR', colorScheme: 'dark' }, /오토 스케일링을 시뮬레이션.*예제.*결승전/s, '내 시나리오 만들기'],
]) {
  test(`a first visit says what this is, that it shows a sample, and how to start with one's own: ${name}`, async (t) => {
    const page = await visit.open(t, '', options);
    assert.match(await line(page).innerText(), says);
    const { bottom } = await line(page).evaluate((element) => element.getBoundingClientRect());
    assert.ok(bottom < 260, `near the top: ${bottom}`);
    await visit.accessible(page);
    await visit.picture(page, `mine-first-${name.replace(/\W+/g, '-')}`);
    await button(page, starts).click();
    await page.getByRole('dialog').waitFor();
    await visit.accessible(page);
    await visit.picture(page, `mine-start-${name.replace(/\W+/g, '-')}`);
  });
}

test('the line stays away once it is dismissed, or once one has a scenario of one\'s own; in a frame it never stands', async (t) => {
  const page = await visit.open(t);
  await line(page).getByRole('button', { name: 'Hide' }).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'result');
  assert.equal(await line(page).count(), 0);
  await page.reload();
  await started(page);
  assert.equal(await line(page).count(), 0);

  const other = await visit.open(t);
  const top = await field(other, 'load_test.max_rps').evaluate((input) => input.getBoundingClientRect().top);
  await type(other, 'load_test.max_rps', '30');
  assert.match(await line(other).innerText(), /yours now, kept in this browser as “Finals night, changed”/);
  assert.equal(await field(other, 'load_test.max_rps').evaluate((input) => input.getBoundingClientRect().top), top, 'nothing moves');
  assert.deepEqual(await own(other), ['Finals night, changed']);
  await other.reload();
  await started(other);
  assert.equal(await line(other).count(), 0);
  assert.equal(await field(other, 'name').inputValue(), 'Finals night, changed');

  const framed = await visit.blank(t, { tolerate: /sandboxed/ });
  const html = `<!doctype html><link rel="icon" href="data:,"><iframe width="1200" height="800" src="${visit.address()}"></iframe>`;
  const wiki = await visit.newServer({ pages: { '/wiki': html } });
  t.after(wiki.close);
  framed.context().removeAllListeners('request');
  await framed.goto(new URL('/wiki', wiki.url).href);
  const frame = await (await framed.waitForSelector('iframe')).contentFrame();
  await started(frame);
  assert.equal(await frame.locator('.whose').count(), 0);
});

test('what a shipped scenario teaches stands by its result until it is dismissed or the scenario is one\'s own', async (t) => {
  const page = await visit.open(t);
  const taught = page.locator('.taught');
  assert.match(await taught.innerText(), /Headroom must be there before the whistle/);
  await taught.getByRole('button').click();
  await page.waitForFunction(() => document.activeElement.id === 'result');
  assert.equal(await taught.count(), 0);
  await (await listed(page)).locator('[data-preset=flash_sale]').click();
  assert.match(await taught.innerText(), /A sale of ten minutes/);
  await type(page, 'load_test.max_rps', '30');
  assert.equal(await field(page, 'name').inputValue(), 'Flash sale, changed');
  assert.match(await taught.innerText(), /A sale of ten minutes/);
  await type(page, 'name', 'Ours');
  assert.equal(await taught.count(), 0);
});

test('from an empty page to an answer of one\'s own in six clicks', async (t) => {
  const page = await visit.open(t, '', { timezoneId: 'Asia/Seoul' });
  let clicks = 0;
  const click = async (it) => {
    clicks += 1;
    await it.click();
  };
  await click(button(page, 'Start with my own'));
  await click(page.getByRole('button', { name: /^Recorded traffic/ }));
  const rows = Array.from({ length: 1440 }, (_, i) => {
    const at = new Date(Date.UTC(2026, 4, 4) + i * 60_000).toISOString().slice(0, 16);
    return `${at}:00Z,${i > 700 && i < 760 ? 9000 : 1200}`;
  });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), click(page.locator('label[for=trace-file]'))]);
  await chooser.setFiles({ name: 'our-endpoint.csv', mimeType: 'text/csv', buffer: Buffer.from(`time,requests\n${rows.join('\n')}`) });
  await page.locator('.found').waitFor();
  await click(button(page, 'Use this trace'));
  await page.waitForFunction(() => document.title.startsWith('our-endpoint'));
  // What is folded takes a click; in fields one goes by Tab.
  const policy = page.locator('details.pol:has([name="policies[0].TargetValue"])');
  await click(policy.locator('> summary'));
  for (const [name, text] of [
    ['load_test.max_rps', '35'],
    ['instance.type', 'ml.g5.xlarge'],
    ['instance.launch_s', '300'],
    ['scalable_target.MinCapacity', '2'],
    ['scalable_target.MaxCapacity', '9'],
    ['policies[0].TargetValue', '900'],
    ['policies[0].ScaleOutCooldown', '120'],
    ['policies[0].ScaleInCooldown', '300'],
  ]) {
    const input = page.locator(`[name="${name}"]`);
    assert.ok(await input.isVisible(), `${name} is seen without another click`);
    await input.focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(text);
  }
  assert.ok(clicks <= 6, `${clicks} clicks`);
  assert.ok(await page.locator('.problems').isHidden());
  await page.waitForFunction(() => /2\s–\s9/.test(document.querySelector('.key').innerText));
  assert.match(await page.locator('form').innerText(), /Asia\/Seoul/);
  assert.equal(await field(page, 'name').inputValue(), 'our-endpoint');
  await page.waitForTimeout(400);
  assert.deepEqual(await own(page), ['our-endpoint']);
});

test('from scratch: steady demand to type over, in the person\'s time zone, and undo leads back', async (t) => {
  const page = await visit.open(t, '', { timezoneId: 'Asia/Seoul' });
  await button(page, 'Start with my own').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /^From scratch/ }).focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.name === 'demand[0].steady.rps');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('55');
  await page.waitForFunction(() => document.title.startsWith('Untitled scenario'));
  assert.match(await page.locator('form').innerText(), /Asia\/Seoul/);
  assert.doesNotMatch(await page.locator('form').innerText(), /kick-off/);
  await page.waitForTimeout(400);
  assert.deepEqual(await own(page), ['Untitled scenario']);
  await button(page, 'Undo').click();
  await button(page, 'Undo').click();
  assert.match(await page.title(), /^Finals night ·/);
});

test('a link leaves what one has as it is, is shown unsaved, and becomes a copy with the first edit', async (t) => {
  const link = await linkOf(t);
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', '33');
  await type(page, 'name', 'Quiz night');
  await revisit(page, link);
  assert.equal(await max(page), '44');
  assert.match(await line(page).innerText(), /came with a link and is not kept. Yours are as they were/);
  assert.deepEqual(await own(page), ['Quiz night']);
  await visit.accessible(page);
  await visit.picture(page, 'mine-link');
  await revisit(page);
  assert.equal(await max(page), '33', 'the root shows mine');

  await revisit(page, link);
  await button(page, 'Back to mine').click();
  await page.waitForFunction(() => document.querySelector('[name="load_test.max_rps"]').value === '33');
  await page.waitForFunction((was) => location.hash !== was, link);
  assert.equal(await line(page).count(), 0);
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('[name="load_test.max_rps"]').value === '44');
  assert.equal(await line(page).count(), 1);

  await type(page, 'load_test.max_rps', '45');
  assert.match(await line(page).innerText(), /yours now/);
  assert.equal(await field(page, 'name').inputValue(), 'Quiz night 2');
  assert.deepEqual(await own(page), ['Quiz night', 'Quiz night 2']);
  await revisit(page, link);
  await button(page, 'Keep a copy').click();
  await page.waitForFunction(() => document.querySelector('[name=name]').value === 'Quiz night 3');
  assert.match(await line(page).innerText(), /yours now/);
  await page.waitForTimeout(400);
  assert.deepEqual(await own(page), ['Quiz night', 'Quiz night 2', 'Quiz night 3']);
});

test('one\'s own are listed first, opened, and deleted with a way back; the one that is shown is marked', async (t) => {
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', '33');
  let dialog = await listed(page);
  await dialog.locator('[data-preset=flash_sale]').click();
  await page.waitForFunction(() => document.title.startsWith('Flash sale ·'));
  await type(page, 'load_test.max_rps', '34');
  dialog = await listed(page);
  const yours = dialog.locator('.yours .entry');
  assert.equal(await yours.count(), 2);
  assert.match(await yours.first().innerText(), /Flash sale, changed\s*shown\s*SageMaker real-time endpoint\s*changed just now/);
  assert.equal(await dialog.locator('[aria-current=true]').count(), 1);
  // Two of one's own, those that are shipped, and the comparisons.
  assert.equal(await dialog.locator('.pictured .spark').count(), 2 + shipped('scenarios') + shipped('comparisons'));
  const flat = await dialog.locator('.pictured .line').evaluateAll((paths) => paths.filter((path) => path.getAttribute('d').length < 50).length);
  assert.equal(flat, 0, 'every one has a picture');
  assert.equal(await dialog.locator('h4').count(), 5);
  await visit.accessible(page);
  await visit.picture(page, 'mine-list');

  // Enter takes a new title, Escape does not, and the focus is back on the button.
  const retitle = async (title, text, key) => {
    await dialog.getByRole('button', { name: `Rename “${title}”` }).click();
    await page.waitForFunction(() => document.activeElement.id === 'own-title');
    await page.keyboard.type(text);
    await page.keyboard.press(key);
    await page.waitForFunction(() => document.activeElement.id.startsWith('rename-'));
  };
  await retitle('Finals night, changed', 'Quiz', 'Escape');
  await retitle('Finals night, changed', 'Quiz', 'Enter');
  assert.deepEqual(await own(page), ['Flash sale, changed', 'Quiz']);
  await retitle('Quiz', 'Finals night, changed', 'Enter');
  await retitle('Flash sale, changed', 'Sale', 'Enter');
  assert.match(await page.title(), /^Sale ·/, 'the one that is shown has its new title at once');
  await retitle('Sale', 'Flash sale, changed', 'Enter');

  await dialog.getByRole('button', { name: 'Delete “Flash sale, changed”' }).click();
  await page.waitForFunction(() => document.activeElement.id === 'undo-delete');
  assert.deepEqual(await own(page), ['Finals night, changed']);
  assert.match(await dialog.getByRole('status').innerText(), /Deleted: Flash sale, changed/);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement.id === 'new-scenario');
  assert.deepEqual(await own(page), ['Finals night, changed', 'Flash sale, changed']);
  await dialog.getByRole('button', { name: 'Delete “Flash sale, changed”' }).click();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => document.activeElement.innerText), 'Scenarios');
  assert.match(await line(page).innerText(), /no longer kept/);
  dialog = await listed(page);
  const deleted = await hash(page);
  await dialog.locator('.yours .entry').first().click();
  await page.waitForFunction(() => document.querySelector('[name="load_test.max_rps"]').value === '33');
  // A reload at once finds what was opened.
  assert.notEqual(await hash(page), deleted);
  await page.reload();
  await started(page);
  assert.equal(await max(page), '33');
  assert.deepEqual(await own(page), ['Finals night, changed']);
  dialog = await listed(page);
  await dialog.locator('[data-preset=flash_sale]').click();
  await type(page, 'load_test.max_rps', '34');
  await page.waitForFunction(() => Object.keys(localStorage).filter((key) => key.startsWith('headroom.own.')).length === 2);
  await button(page, 'Undo').click();
  await page.waitForFunction(() => document.title.startsWith('Flash sale ·'));
  assert.deepEqual(await own(page), ['Finals night, changed'], 'undo leaves no copy behind');
  dialog = await listed(page);
  await button(page, 'New').click();
  await page.getByRole('button', { name: /^From scratch/ }).waitFor();
});

test('pinned runs are kept with what is one\'s own, said in the list, and come back when it is opened', async (t) => {
  for (const [locale, scenarios, says, damaged] of [
    ['en-US', 'Scenarios', 'changed just now · 2 pinned runs', /Damaged/],
    ['ko-KR', '시나리오', '방금 수정 · 고정한 실행 2개', /손상/],
  ]) {
    const page = await visit.open(t, '', { locale });
    const pinned = (count) => page.waitForFunction((count) => document.querySelectorAll('.pinned').length === count, count);
    const open = async (entry) => {
      await button(page, scenarios).click();
      await page.getByRole('dialog').locator(entry).first().click();
    };
    const pin = page.locator('.pins > .b');
    await pin.click();
    await type(page, 'load_test.max_rps', '30');
    await pin.click();
    await pinned(2);
    await type(page, 'load_test.max_rps', '31');
    const told = await page.locator('.pins ul').innerText();
    // A page that begins without a link has them; so has one whose link pins nothing.
    await revisit(page);
    await pinned(2);
    assert.equal(await page.locator('.pins ul').innerText(), told);
    const alone = (await hash(page)).split('~')[0];
    await revisit(page, alone);
    await pinned(2);
    // Those of another are in their place, and undo brings these back.
    await open('[data-preset=flash_sale]');
    await page.waitForFunction(() => document.querySelector('input[name=name]').value === '');
    for (let left = 2; left > 0; left -= 1) {
      await page.locator('.pinned button').last().click();
      await pinned(left - 1);
    }
    await button(page, scenarios).click();
    const entry = page.getByRole('dialog').locator('.yours .entry').first();
    assert.ok((await entry.innerText()).includes(says));
    await visit.accessible(page);
    await entry.click();
    await pinned(2);
    await page.waitForFunction(() => location.hash.split('~').length === 3);
    assert.equal(await page.locator('.pins ul').innerText(), told);
    await page.locator('body').press('ControlOrMeta+z');
    await pinned(0);
    await page.locator('body').press('ControlOrMeta+Shift+z');
    await pinned(2);
    // What somebody else's link pins beside it leaves one's own as it is.
    const whole = await hash(page);
    await page.locator('.pinned button').last().click();
    await pinned(1);
    await page.waitForFunction(() => location.hash.split('~').length === 2);
    await revisit(page, whole);
    await pinned(2);
    assert.equal(await line(page).count(), 1);
    await revisit(page);
    await pinned(1);
    assert.equal(await line(page).count(), 0);
    // The page writes down what it began with before it writes the address: nothing of it is left to undo the damage.
    await page.waitForFunction(() => location.hash.split('~').length === 2);
    // What cannot be read is listed, and does not open.
    await page.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.startsWith('headroom.own.'));
      localStorage[key] = localStorage[key].replace('\n[{', '\n[{"hour":1,');
    });
    await revisit(page, '#2.X94A');
    await button(page, scenarios).click();
    const broken = page.getByRole('dialog').locator('.yours .entry').first();
    assert.ok(await broken.isDisabled());
    assert.match(await broken.innerText(), damaged);
  }
});

test('two pages of one person keep what either makes, and know of it', async (t) => {
  const page = await visit.open(t);
  const other = await page.context().newPage();
  await other.goto(visit.address());
  await started(other);
  await type(page, 'load_test.max_rps', '31');
  await type(other, 'load_test.max_rps', '32');
  const both = ['Finals night, changed', 'Finals night, changed 2'];
  assert.deepEqual(await own(page), both);
  for (const [shown, value] of [[page, '31'], [other, '32']]) {
    await shown.reload();
    await started(shown);
    assert.equal(await max(shown), value);
    const dialog = await listed(shown);
    assert.equal(await dialog.locator('.yours .entry').count(), 2);
  }
  await other.keyboard.press('Escape');
  await type(other, 'name', 'Other');
  await page.locator('.yours').getByText('Other', { exact: true }).waitFor();
});

test('what an earlier version kept is the first of one\'s own', async (t) => {
  const page = await visit.blank(t);
  await page.addInitScript(() => {
    if (sessionStorage.getItem('done')) return;
    sessionStorage.setItem('done', '1');
    localStorage.setItem('headroom.scenario', '{"headroom": 2, "name": "From before", "load_test": {"max_rps": 37}}');
  });
  await page.goto(visit.address());
  await started(page);
  assert.equal(await max(page), '37');
  assert.deepEqual(await own(page), ['From before']);
  assert.equal(await page.evaluate(() => localStorage.getItem('headroom.scenario')), null);
});

test('where nothing may be kept it is said, and the list holds until the page goes', async (t) => {
  const page = await visit.blank(t);
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage']) {
      Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
    }
  });
  await page.goto(visit.address());
  await started(page);
  assert.equal(await line(page).count(), 1);
  await type(page, 'load_test.max_rps', '35');
  await page.locator('.notice').waitFor();
  assert.match(await page.locator('.notice').innerText(), /lets the page keep nothing/);
  const dialog = await listed(page);
  assert.match(await dialog.locator('.yours').innerText(), /gone once it is closed[\s\S]*Finals night, changed/);
  await page.keyboard.press('Escape');
  await page.reload();
  await started(page);
  assert.equal(await max(page), '35', 'the link still has it');
});

test('where there is no room it is said, and nothing that was kept is lost', async (t) => {
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', '35');
  await page.evaluate(() => {
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, value) {
      if (this === localStorage) throw new DOMException('full', 'QuotaExceededError');
      setItem.call(this, key, value);
    };
  });
  await type(page, 'load_test.max_rps', '36');
  assert.match(await page.locator('.notice').innerText(), /no room left/);
  assert.match(await page.evaluate(() => Object.keys(localStorage).map((key) => localStorage[key]).join()), /"max_rps": 35/);
  await page.reload();
  await started(page);
  assert.equal(await max(page), '36');
  assert.match(await line(page).innerText(), /not kept/);
});

test('an address that does not open is answered with why alone; it stays until one chooses', async (t) => {
  const good = await linkOf(t);
  const flip = good.at(-3) === 'A' ? 'B' : 'A';
  const broken = `${good.slice(0, -3)}${flip}${good.slice(-2)}`;
  for (const [bad, says] of [
    ['#section-2', /no Headroom scenario/],
    [broken, /damaged/],
    [good.slice(0, -4), /damaged/],
    ['#7.AAAA', /newer Headroom \(format 7\)/],
    [`#1.${'A'.repeat(70000)}`, /more than Headroom opens/],
  ]) {
    const fresh = await visit.open(t, bad);
    for (const again of [false, true]) {
      if (again) {
        await fresh.reload();
        await started(fresh);
      }
      assert.match(await fresh.locator('main').innerText(), says, bad.slice(0, 40));
      assert.equal(await fresh.locator('form, canvas, .key').count(), 0);
      assert.equal(await fresh.title(), 'Headroom');
      await fresh.waitForTimeout(400);
      assert.equal(await hash(fresh), bad);
    }
    await visit.accessible(fresh);
    await button(fresh, 'See a sample').click();
    await fresh.locator('form').waitFor();
    await fresh.waitForFunction(() => document.activeElement.id === 'result');
    await fresh.waitForFunction((was) => location.hash !== was, bad);
    await fresh.goBack();
    await fresh.locator('main.unopened').waitFor();
    assert.equal(await hash(fresh), bad);

    const framed = await visit.open(t, `#embed.${bad.slice(1)}`);
    assert.match(await framed.locator('main').innerText(), says);
    assert.equal(await framed.locator('canvas, .key, a').count(), 0);
    await visit.accessible(framed);
  }
  const page = await visit.open(t);
  await type(page, 'load_test.max_rps', '33');
  await page.evaluate((to) => { location.hash = to; }, broken);
  await page.locator('main.unopened').waitFor();
  await visit.picture(page, 'mine-unopened');
  await page.keyboard.press('ControlOrMeta+z');
  assert.equal(await page.locator('form').count(), 0);
  await button(page, 'Back to mine').click();
  assert.equal(await max(page), '33');
  assert.deepEqual(await own(page), ['Finals night, changed']);
});

test('the skip link leads to the result and not to another address', async (t) => {
  const page = await visit.open(t);
  await page.waitForFunction(() => location.hash.length > 1);
  const before = await hash(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'result');
  assert.equal(await hash(page), before);
});

test('on a phone the title is seen and edited', async (t) => {
  const page = await visit.open(t, '', { viewport: { width: 390, height: 844 } });
  const title = field(page, 'name');
  assert.ok(await title.isVisible());
  assert.equal(await title.getAttribute('placeholder'), 'Finals night');
  await type(page, 'name', 'Quiz night');
  assert.match(await page.title(), /^Quiz night ·/);
  assert.ok((await title.boundingBox()).width > 120);
  await visit.accessible(page);
  await visit.picture(page, 'mine-phone-title');
});
