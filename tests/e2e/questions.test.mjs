// Questions: each format answered by keyboard alone, slips named, paused charts that tell nothing of later, practice, an exam, what is kept.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';
import { ENTER, focused, tabTo } from './keyboard.mjs';
import { pack } from './packs.mjs';

const visit = site();
const home = pack('home');
const all = home.topics.flatMap((topic) => topic.questions.map((question) => ({ ...question, topic: topic.id })));
const topicOf = (id) => all.find((question) => question.id === id).topic;
const askedIn = (topic, id) => pack(`topic-${topic}`).questions.find((asked) => asked.question.id === id);
const dataOf = (id) => askedIn(topicOf(id), id);
const verdict = (page) => page.locator('.grade').first();

test('each format is answered by keyboard alone, in both languages, and every option is reasoned', async (t) => {
  const formats = [...new Set(all.map((question) => question.format))].filter((format) => ENTER[format]);
  assert.ok(formats.length >= 6, `${formats}`);
  for (const locale of ['en-US', 'ko-KR']) {
    for (const format of formats) {
      const { id } = all.find((question) => question.format === format);
      const page = await visit.open(t, `#q.${id}.7`, { locale });
      await page.locator('.question').waitFor();
      if (format === 'next') await page.locator('.question canvas').first().waitFor();
      // Without an answer it is asked again. An order is one from the start.
      if (format !== 'order') {
        await page.locator('.question [type=submit]').click();
        await page.locator('.question .err').filter({ hasText: /./ }).waitFor();
        assert.equal(await page.locator('.grade').count(), 0);
      }
      await visit.accessible(page);
      await visit.fits(page, [280, 390, 821, 1440]);
      await page.locator('main').focus();
      await ENTER[format](page, '.question');
      await tabTo(page, '.question button[type=submit]');
      await page.keyboard.press('Enter');
      await focused(page, '.grade').catch((error) => assert.fail(`${format} ${id}: ${error.message}`));
      await visit.accessible(page);
      await visit.fits(page, [280, 390, 821, 1440]);
      const { text } = dataOf(id);
      const options = await page.locator('.options .reason').count();
      if (['one', 'several', 'next'].includes(format)) assert.equal(options, Object.keys(text.reasons).length, id);
      if (locale === 'ko-KR') await visit.picture(page, `question-${format}-ko`, { fullPage: true });
      await page.context().close();
    }
  }
});

test('a slip is named, and the right answer too', async (t) => {
  const page = await visit.open(t, '#q.q3.5');
  const prompt = await page.locator('.prompt').innerText();
  const [rps, factor] = prompt.match(/\d+(\.\d+)?/g).map(Number);
  await page.locator('.question .i input').fill(`${(rps * factor).toFixed(1)}/min`);
  await page.keyboard.press('Enter');
  await verdict(page).waitFor();
  const told = await page.locator('.graded').innerText();
  const reasonOf = (id) => dataOf('q3').text.reasons[id].filter((piece) => typeof piece === 'string')[0].trim();
  assert.ok(told.includes(reasonOf('minute')), told);
  assert.ok(told.includes(Math.round(rps * factor * 60).toLocaleString('en-US')), told);
  assert.equal(await page.locator('.grade.wrong').count(), 1);
  // Its run is shown when asked for.
  assert.equal(await page.locator('.question canvas').count(), 0);
  await page.locator('.question .ways .b').first().click();
  await page.locator('.question canvas').first().waitFor();
  await page.locator('.question .few').waitFor();
});

test('a paused chart tells nothing of what comes after, until it is answered', async (t) => {
  for (const { id } of all.filter((question) => question.format === 'next')) {
    const { at } = dataOf(id).question.ask.next;
    const page = await visit.open(t, `#q.${id}.1`);
    await page.locator('.question canvas').first().waitFor();
    assert.equal(await page.locator('.question .few').count(), 0);
    const lastRow = async () => {
      const table = page.locator('.question details.data').first();
      if (!(await table.evaluate((fold) => fold.open))) await table.locator('summary').click();
      return (await page.locator('.question table tbody tr').last().locator('th').innerText()).slice(-5);
    };
    // Zoomed out as far as it goes.
    const whole = page.locator('.question .zoom button').last();
    if (await whole.isEnabled()) await whole.click();
    const last = await lastRow();
    assert.ok(last <= at.slice(-5), `${id}: ${last} is after ${at}`);
    const end = (await page.locator('.question .stretch').innerText()).slice(-5);
    assert.ok(end <= at.slice(-5), `${id}: ${end}`);
    await page.locator('.question input[type=radio]').first().check();
    await page.locator('.question [type=submit]').click();
    await verdict(page).waitFor();
    await page.locator('.question .few').waitFor();
    await page.context().close();
  }
});

test('what is missed comes again until it is right, and is kept', async (t) => {
  const topic = home.topics.find((it) => it.questions.length > 2);
  const page = await visit.open(t, `#quiz.${topic.id}.3`);
  const wrongs = new Set();
  let turns = 0;
  while (await page.locator('.session-end').count() === 0) {
    turns += 1;
    assert.ok(turns < 80, 'it ends');
    await page.locator('.question').waitFor();
    const href = async () => (await page.locator('.links a').last().getAttribute('href')).split('.')[1];
    await answer(page, turns === 1 ? 'wrong' : 'right', topic.id);
    const id = await href();
    if (turns === 1) wrongs.add(id);
    const isWrong = (await page.locator('.grade.wrong').count()) > 0;
    assert.equal(isWrong, turns === 1, id);
    await page.locator('.go-on .b.p').click();
    await page.waitForFunction(() => !document.querySelector('.grade'));
  }
  assert.equal(turns, Math.min(30, topic.questions.length) + 1, 'one came twice');
  await page.locator('.session-end li').first().waitFor();
  await visit.accessible(page);
  await page.reload();
  await started(page);
  await page.evaluate(() => { location.hash = '#review'; });
  await page.locator('.coming li').first().waitFor();
});

/** Answers the question that is shown as its data says is right, or else wrong. */
async function answer(page, how, topic) {
  const name = await page.locator('.question [id$="-prompt"]').first().getAttribute('id');
  const id = name.replace(/-\d+-prompt$/, '');
  const { question: { ask }, text } = askedIn(topic, id);
  const [kind] = Object.keys(ask);
  const data = ask[kind];
  if (kind === 'one' || kind === 'next') {
    const value = how === 'right' ? data.right : data.wrong[0];
    await page.locator(`.options input[value="${value}"]`).check();
  } else if (kind === 'several') {
    for (const value of how === 'right' ? data.right : data.wrong) await page.locator(`.options input[value="${value}"]`).check();
  } else if (kind === 'match') {
    const selects = page.locator('.pairs select');
    const lefts = Object.keys(data.pairs).toSorted();
    for (const [place, left] of lefts.entries()) await selects.nth(place).selectOption(how === 'right' ? data.pairs[left] : data.pairs[lefts[0]]);
  } else if (kind === 'order' && how === 'right') {
    const said = (item) => text.options[item].map((it) => (typeof it === 'string' ? it : Object.values(it).flat().join(''))).join('').trim();
    for (const [place, item] of data.items.entries()) {
      for (let moves = 0; moves < data.items.length; moves += 1) {
        const now = (await page.locator('.order .item').allInnerTexts()).map((it) => it.trim()).indexOf(said(item));
        if (now <= place) break;
        await page.locator('.order li').nth(now).locator('.up-down button').first().click();
      }
    }
  } else if (kind === 'number') {
    // What is right is told once it is answered: by the address of this very draw it is asked again elsewhere.
    await page.locator('.question .i input').fill(how === 'right' ? await rightNumber(page, id) : '0.000123');
  }
  await page.locator('.question button[type=submit]').click();
  await verdict(page).waitFor();
}

/** What is right of a number's draw: a sum of the numbers that its text shows, as its data has it. */
async function rightNumber(page, id) {
  const { question, text } = dataOf(id);
  const prompt = (await page.locator('.question .prompt').allInnerTexts()).join(' ');
  const names = [];
  JSON.stringify(text.prompt, (key, value) => {
    if (key === 'v') names.push(value);
    return value;
  });
  const literal = [];
  let pattern = '';
  const walk = (piece) => {
    if (typeof piece === 'string') pattern += piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+');
    else if (Array.isArray(piece)) piece.forEach(walk);
    else if (piece.v) {
      pattern += '([-\\d.,]+)';
      literal.push(piece.v);
    } else for (const value of Object.values(piece)) if (Array.isArray(value)) walk(value.length === 2 && typeof value[0] === 'string' && Array.isArray(value[1]) ? value[1] : value); else walk(value);
  };
  text.prompt.forEach((block, place) => {
    if (place) pattern += '\\s+';
    walk(Object.values(block)[0]);
  });
  const found = new RegExp(pattern).exec(prompt.replace(/ \?(?=\s)/g, ''));
  assert.ok(found, `${id}: ${prompt}`);
  const drawn = Object.fromEntries(Object.entries(question.draw ?? {}).filter(([, range]) => typeof range === 'number'));
  literal.forEach((name, place) => { drawn[name] = Number(found[place + 1].replaceAll(',', '').replace(/\.$/, '')); });
  const scope = { ...drawn, ceil: Math.ceil, floor: Math.floor, max: Math.max, min: Math.min, round: Math.round };
  const value = new Function(...Object.keys(scope), `return ${question.ask.number.answer}`)(...Object.values(scope));
  return question.ask.number.unit === 'share' ? `${value * 100} %` : `${value}`;
}

test('an exam is taken by keyboard, paused over a reload, and handed in', async (t) => {
  for (const locale of ['en-US', 'ko-KR']) {
    const page = await visit.open(t, '#exam.10.7', { locale });
    await page.locator('.setup').waitFor();
    await visit.accessible(page);
    await visit.fits(page, [280, 390, 1440]);
    await tabTo(page, '#exam-time');
    await page.keyboard.press('ArrowDown');
    const [most] = (await page.locator('#exam-time option:checked').innerText()).match(/\d+/);
    assert.notEqual(most, '20', 'longer than usual');
    await tabTo(page, '.setup .b.p');
    await page.keyboard.press('Enter');
    await page.locator('.question').waitFor();
    await focused(page, '#asks');
    assert.match(await page.locator('.clock').innerText(), /\d+:\d\d/);
    await page.locator('#exam-clock').uncheck();
    assert.equal(await page.locator('.clock').count(), 0);
    // Nothing is told in it. The second question, marked; back to the first: its answer stands.
    const enter = async () => {
      const format = await page.evaluate(() => document.querySelector('.pairs') ? 'match' : document.querySelector('.order') ? 'order'
        : document.querySelector('.options [type=checkbox]') ? 'several' : document.querySelector('.options') ? 'one' : 'number');
      if (format === 'number') await page.locator('.question .i input').fill('12');
      else await ENTER[format](page, '.question');
    };
    await enter();
    assert.equal(await page.locator('.question button[type=submit], .grade').count(), 0);
    await tabTo(page, '#exam-mark');
    await page.keyboard.press('Space');
    await visit.accessible(page);
    await visit.fits(page, [280, 390, 1440]);
    await page.locator('.exam > .ways .b').last().click();
    await page.locator('.places').waitFor();
    assert.equal(await page.locator('.places .err').count(), 9);
    await visit.accessible(page);
    await page.reload();
    await started(page);
    await page.locator('.exam .b.p').click();
    await page.locator('.question').waitFor();
    // How the time is taken stays, too: its clock is hidden, and there is as much of it.
    assert.equal(await page.locator('.clock').count(), 0);
    await page.locator('#exam-clock').check();
    assert.ok(Number.parseInt(await page.locator('.clock').innerText().then((says) => /(\d+):\d\d/.exec(says)[1]), 10) >= Number(most) - 2);
    await page.locator('.exam > .ways .b').last().click();
    await page.locator('.places').waitFor();
    assert.equal(await page.locator('.places .err').count(), 9, 'the answer is still there');
    await page.locator('.exam > .ways .b.p').click();
    await page.locator('.tallies').waitFor();
    assert.equal(await page.locator('.exam details.card').count(), 10);
    await page.locator('.exam details.card summary').first().click();
    await page.locator('.exam .grade').first().waitFor();
    await visit.accessible(page);
    await visit.fits(page, [280, 390, 1440]);
    await page.reload();
    await started(page);
    await page.locator('.setup').waitFor();
    await page.locator('[aria-labelledby=taken] li').waitFor();
    await page.context().close();
  }
});

test('progress is exported, erased, imported; a file that is none changes nothing', async (t) => {
  const page = await visit.open(t, '#q.a2.1');
  await answer(page, 'wrong', topicOf('a2'));
  await page.evaluate(() => { location.hash = '#review'; });
  await page.locator('#kept').waitFor();
  await visit.accessible(page);
  await visit.fits(page, [280, 390, 1440]);
  const buttons = page.locator('[aria-labelledby=kept] .ways').first().locator('.b');
  const save = async (place) => {
    const [download] = await Promise.all([page.waitForEvent('download'), buttons.nth(place).click()]);
    return readFileSync(await download.path());
  };
  const file = await save(0);
  assert.ok(file.includes('"a2"'));
  const anki = (await save(2)).toString();
  assert.ok(anki.startsWith('#separator:tab\n'));
  assert.ok(anki.split('\n').length > all.length);
  await page.locator('#exam-day').fill('2030-01-15');
  const give = (buffer) => page.locator('.given input').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer });
  const says = async () => (await page.locator('[aria-labelledby=kept] [role=status]').innerText()).trim();
  const kept = () => page.evaluate(() => localStorage.getItem('headroom.study.1'));
  await buttons.nth(3).click();
  await focused(page, '#erase');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => !localStorage.getItem('headroom.study.1').includes('a2'));
  const empty = await kept();
  const seen = new Set([await says()]);
  for (const wrong of ['{"hours": 3}', file.toString().slice(0, 40), file.toString().replace('study":1', 'study":9'), ' '.repeat(1_100_000)]) {
    await give(Buffer.from(wrong));
    await page.waitForFunction((before) => !before.includes(document.querySelector('[aria-labelledby=kept] [role=status]').innerText.trim()), [...seen]);
    seen.add(await says());
    assert.equal(await kept(), empty);
  }
  assert.equal(seen.size, 5, 'a sentence each');
  await give(file);
  await page.waitForFunction(() => localStorage.getItem('headroom.study.1').includes('"a2"'));
  await page.reload();
  await started(page);
  await page.evaluate(() => { location.hash = '#quiz.missed'; });
  await page.locator('.question').waitFor();
});

test('a topic is printed, its answers apart', async (t) => {
  const page = await visit.open(t, `#quiz.${topicOf('q3')}.1`);
  await page.locator('.question').waitFor();
  assert.equal(await page.locator('.paper').isVisible(), false);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.paper').isVisible(), true);
  assert.equal(await page.locator('.question').first().isVisible(), false);
  const [asks, answers] = await page.locator('.paper > ol').all();
  const count = home.topics.find((topic) => topic.id === topicOf('q3')).questions.length;
  assert.equal(await asks.locator('> li').count(), count);
  assert.equal(await answers.locator('> li').count(), count);
});

test('what is not there is said, with all that is', async (t) => {
  for (const hash of ['#q.nothing', '#quiz.nothing.3', '#exam.15.1']) {
    const page = await visit.open(t, hash);
    await page.locator('p[role=alert]').waitFor();
    await page.locator('.lessons a').first().waitFor();
  }
});
