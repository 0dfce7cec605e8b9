// A file that does not load: a sentence in the person's language, a way to try again, and nothing else lost.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { dist, started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();
const tolerate = /./;
const lack = (page) => page.locator('#not-started');
const notice = (page) => page.locator('.notice');
const rps = (page) => page.locator('input[name="load_test.max_rps"]');

/** A host whose `fault` a test sets, and a page of it that has not been opened. */
async function faulty(t, options = {}) {
  const state = {};
  const server = await visit.newServer({ fault: (path) => state.fault?.(path), ...options });
  t.after(server.close);
  const page = await visit.blank(t, { tolerate, ...options });
  page.context().removeAllListeners('request');
  return { state, server, page };
}

/** Moves the pointer about; a page that asks for nothing stays as quiet as it was. */
async function quiet(page, server) {
  const before = server.asked.length;
  for (let i = 0; i < 40; i += 1) await page.mouse.move(300 + 9 * i, 200 + 11 * (i % 20));
  await visit.settled(page);
  const asked = server.asked.slice(before).filter((path) => !path.endsWith('.svg'));
  assert.deepEqual(asked, [], 'moving the pointer asks for files');
}

/** Presses the visible button of `part`, by keyboard alone. */
async function press(part, name) {
  const button = part.getByRole('button', { name, exact: true });
  await button.focus();
  await button.press('Enter');
}

// A module of the right form that wants what no script of ours has.
const OTHER_WASM = Buffer.from([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0]);
const html = { body: '<!doctype html><title>Not here</title>', type: 'text/html' };
const SAYS = {
  file: [/a file of it did not load/, /파일을 받지 못했거나/],
  release: [/its files are of two releases/, /서로 다른 릴리스/],
  slow: [/still loading/, /아직 불러오는 중/],
};
const AGAIN = { file: ['Try again', '다시 시도'], release: ['Reload', '새로 고침'] };

for (const [number, locale] of ['en-US', 'ko-KR'].entries()) {
  test(`a file that the page starts with does not load: a sentence, and trying again (${locale})`, async (t) => {
    const { state, server, page } = await faulty(t, { locale });
    for (const [file, fault, cause] of [
      [/\.wasm$/, 'missing', 'file'],
      [/\.wasm$/, 'cut', 'file'],
      [/\.wasm$/, html, 'file'],
      [/\.wasm$/, { body: OTHER_WASM }, 'release'],
      [/\.js$/, 'missing', 'file'],
      [/\.js$/, html, 'file'],
      [/\.js$/, { body: 'export const other = true;' }, 'release'],
      [/texts/, 'missing', 'file'],
      [/texts/, 'cut', 'file'],
      [/texts/, { body: '1\u001fHeadroom' }, 'release'],
    ].filter((_, i) => i % 2 === number || i % 3 === 0)) {
      await page.goto('about:blank');
      state.fault = (path) => file.test(path) && fault;
      await page.goto(`${server.url}#embed`);
      await lack(page).waitFor();
      const said = await lack(page).innerText();
      assert.match(said, SAYS[cause][number], `${file} ${JSON.stringify(fault)}`);
      assert.equal(await lack(page).locator('p:visible').count(), 1);
      assert.equal(await lack(page).locator('button:visible').count(), 1);
      // What was asked for as the page began may still be on its way.
      await page.waitForLoadState('networkidle');
      await quiet(page, server);
      if (fault === 'cut' && /wasm/.test(file)) await visit.accessible(page);
      state.fault = undefined;
      await press(lack(page), AGAIN[cause][number]);
      await started(page);
      assert.ok(await lack(page).isHidden());
      assert.match(new URL(page.url()).hash, /^#embed/);
    }
  });
}

test('a file that the page starts with is slow: it says so, and starts once the file is there', async (t) => {
  for (const [number, locale] of ['en-US', 'ko-KR'].entries()) {
    const { state, server, page } = await faulty(t, { locale });
    await page.clock.install();
    let come;
    const held = new Promise((resolve) => (come = resolve));
    state.fault = (path) => path.endsWith('.wasm') && held;
    await page.goto(server.url);
    await page.clock.fastForward(4_000);
    assert.ok(await lack(page).isHidden());
    await page.clock.fastForward(4_500);
    await lack(page).waitFor();
    assert.match(await lack(page).innerText(), SAYS.slow[number]);
    await visit.picture(page, `slow-${locale}`);
    come();
    await started(page);
    assert.ok(await lack(page).isHidden());
  }
});

test('texts of another language do not load: what is typed meanwhile counts', async (t) => {
  for (const [fault, says, way] of [
    ['missing', /한국어 did not load/, 'Try again'],
    ['cut', /한국어 did not load/, 'Try again'],
    ['slow', /한국어 is still loading/, 'Try again'],
    [{ body: '1\u001fHeadroom' }, /has been updated.*for 한국어/, 'Reload'],
  ]) {
    const { state, server, page } = await faulty(t);
    await page.goto(server.url);
    await started(page);
    await page.waitForFunction(() => location.hash.length > 1);
    state.fault = (path) => /texts-ko/.test(path) && (fault === 'slow' ? new Promise(() => {}) : fault);
    if (fault === 'slow') await page.clock.install();
    await page.getByRole('button', { name: '한국어' }).click();
    await rps(page).fill('35');
    // The clock may be ahead of the server, which then is asked while the pointer moves.
    while (!server.asked.some((path) => /texts-ko/.test(path))) await new Promise((done) => setTimeout(done, 10));
    if (fault === 'slow') await page.clock.fastForward(8_100);
    await notice(page).waitFor();
    assert.match(await notice(page).innerText(), says);
    await quiet(page, server);
    if (fault === 'missing') await visit.accessible(page);
    await visit.picture(page, `texts-${fault.body ? 'release' : fault}`);
    // Still in vain: the sentence stays, and so does the way.
    if (fault === 'missing') {
      const times = () => server.asked.filter((path) => /texts-ko/.test(path)).length;
      const before = times();
      await Promise.all([page.waitForResponse(/texts-ko/), press(notice(page), way)]);
      await visit.settled(page);
      assert.match(await notice(page).innerText(), says);
      assert.equal(times(), before + 1);
    }
    state.fault = undefined;
    const reloaded = way === 'Reload' && page.waitForEvent('load');
    await press(notice(page), way);
    if (reloaded) {
      await reloaded;
      await started(page);
      await page.getByRole('button', { name: '한국어' }).click();
    }
    await page.waitForFunction(() => document.documentElement.lang === 'ko');
    assert.ok(await notice(page).isHidden());
    assert.equal(await rps(page).inputValue(), '35');
    assert.equal(await page.locator('output[name=target]').innerText(), '1,050');
  }
});

test('who changes their mind while texts are slow is not switched over afterwards', async (t) => {
  const { state, server, page } = await faulty(t);
  await page.goto(server.url);
  await started(page);
  let come;
  const held = new Promise((resolve) => (come = resolve));
  state.fault = (path) => /texts-ko/.test(path) && held;
  const got = page.waitForResponse(/texts-ko/);
  await page.getByRole('button', { name: '한국어' }).click();
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  come();
  await (await got).finished();
  await visit.settled(page);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
});

test('the EC2 list does not load: a sentence, trying again, and what was searched meanwhile', async (t) => {
  for (const [fault, says] of [
    ['missing', /EC2 list did not load/],
    ['cut', /EC2 list did not load/],
    ['slow', /EC2 list is slow to come/],
    [html, /EC2 list did not load/],
  ]) {
    const { state, server, page } = await faulty(t);
    await page.goto(server.url);
    await started(page);
    state.fault = (path) => /ec2/.test(path) && (fault === 'slow' ? new Promise(() => {}) : fault);
    if (fault === 'slow') await page.clock.install();
    await page.getByRole('button', { name: 'Browse…' }).click();
    const dialog = page.getByRole('dialog');
    await press(dialog, 'Also EC2 types');
    await page.keyboard.type('c7g.xlarge');
    if (fault === 'slow') await page.clock.fastForward(8_100);
    await dialog.getByText(says).waitFor();
    assert.equal(await dialog.getByRole('combobox').inputValue(), 'c7g.xlarge', 'the search has the focus meanwhile');
    await quiet(page, server);
    if (fault === 'missing') await visit.accessible(page);
    await visit.picture(page, `ec2-${fault.body ? 'other' : fault}`);
    state.fault = undefined;
    await press(dialog, 'Try again');
    await dialog.getByText(/^2 types/).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'picker-search');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('input[name="instance.type"]').inputValue(), 'c7g.xlarge');
    // It is there for the next time.
    const times = () => server.asked.filter((path) => /ec2/.test(path)).length;
    const before = times();
    await page.getByRole('button', { name: 'Browse…' }).click();
    await press(dialog, 'Also EC2 types');
    await dialog.getByText(/1,?662 types/).waitFor();
    assert.equal(times(), before);
  }
});

test('a frame without an origin, whose host does not let it read, names the header that lacks', async (t) => {
  for (const [locale, says] of [['en-US', /no origin.*Access-Control-Allow-Origin: \*/], ['ko-KR', /출처\(origin\)가 없는데.*Access-Control-Allow-Origin: \*/]]) {
    const page = await visit.blank(t, { tolerate, locale });
    page.context().removeAllListeners('request');
    const pages = {};
    const wiki = await visit.newServer({ closed: true, pages, base: '/h/' });
    t.after(wiki.close);
    pages['/wiki'] = '<!doctype html><iframe sandbox="allow-scripts" width="800" height="600" src="/h/"></iframe>';
    await page.goto(new URL('/wiki', wiki.url).href);
    const frame = page.frameLocator('iframe');
    await frame.locator('#not-started').waitFor();
    assert.match(await frame.locator('#not-started p:visible').innerText(), says);
    await visit.picture(page, `closed-host-${locale}`);
    // With an origin the same host will do.
    pages['/wiki'] = pages['/wiki'].replace('allow-scripts', 'allow-scripts allow-same-origin');
    await page.reload();
    await frame.locator('form').waitFor();
  }
});

test('a page from disk says why it cannot start', async (t) => {
  for (const [locale, says] of [['en-US', /opened from disk/], ['ko-KR', /디스크에서 연/]]) {
    const page = await visit.blank(t, { tolerate, locale });
    await page.goto(pathToFileURL(join(dist, 'index.html')).href);
    await lack(page).waitFor();
    assert.match(await lack(page).innerText(), says);
    assert.equal(await lack(page).locator('button:visible').count(), 0);
    await visit.picture(page, `disk-${locale}`);
  }
});
