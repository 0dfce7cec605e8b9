// Cases: questions of a few parts, answered together by keyboard alone in both languages, each part marked and reasoned by itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { site } from './harness.mjs';
import { ENTER, focused, tabTo } from './keyboard.mjs';
import { pack } from './packs.mjs';

const visit = site();
const cases = pack('home').topics.flatMap(({ id: topic, questions }) =>
  questions.filter(({ format }) => format === 'case').map(({ id }) => ({ topic, id })),
);

/** What stands in a part, in any language. */
const within = (number) => `.question .part:nth-child(${number + 1} of .part)`;

/** Enters what is right where that is one of the options, else anything; resolves to whether it is right. */
async function enter(page, part, number) {
  const [format] = Object.keys(part.ask);
  const right = part.ask[format].right;
  await ENTER[format](page, within(number));
  if (typeof right !== 'string') return undefined;
  const is = () => page.locator(`${within(number)} input:checked`).inputValue();
  for (let pressed = 0; (await is()) !== right; pressed += 1) {
    assert.ok(pressed < 10, `no arrow leads to ${right}`);
    await page.keyboard.press('ArrowDown');
  }
  return true;
}

test('a case is answered by keyboard alone, and each part of it marked and reasoned', { concurrency: true }, async (t) => {
  assert.ok(cases.length > 0);
  await Promise.all(['en-US', 'ko-KR'].map((locale) => t.test(locale, async (t) => {
    const page = await visit.open(t, '#learn', { locale });
    for (const { topic, id } of cases) {
      const { question, text } = pack(`topic-${topic}`, locale.slice(0, 2)).questions.find((asked) => asked.question.id === id);
      const { parts } = question.ask.case;
      await page.evaluate((to) => { location.hash = to; }, `#q.${id}.7`);
      await page.waitForFunction((is) => document.querySelector(`[id="${is}-0-prompt"]`), id);
      assert.equal(await page.locator('.question .part').count(), parts.length, id);
      const marks = [];
      for (const [number, part] of parts.entries()) {
        // Whoever asks to be told before is led to what has no answer yet.
        await tabTo(page, '.question button[type=submit]');
        await page.keyboard.press('Enter');
        await page.locator(`${within(number)} .err`).filter({ hasText: /./ }).waitFor();
        await focused(page, `[id="${id}-${number}"]`);
        assert.equal(await page.locator('.grade').count(), 0, 'nothing is marked before all of it is answered');
        marks.push(await enter(page, part, number));
      }
      await visit.accessible(page, 'main');
      await tabTo(page, '.question button[type=submit]');
      await page.keyboard.press('Enter');
      await focused(page, '.grade');
      assert.equal(await page.locator('.grade').count(), parts.length, id);
      for (const [number, mark] of marks.entries()) {
        const place = within(number);
        const reasons = Object.keys(text.parts[number].reasons);
        const said = await page.locator(`${place} .reason`).allInnerTexts();
        assert.ok(said.every((it) => it.trim().length > 0), id);
        if (mark === undefined) {
          // Of a number the way to what is right is told, whatever was entered.
          assert.ok(said.length >= 1, id);
          continue;
        }
        assert.equal(await page.locator(`${place} .grade.right`).count(), 1, `${id}, part ${number}`);
        assert.equal(await page.locator(`${place} .option.right input:checked`).count(), 1, id);
        assert.equal(said.length, reasons.length, `${id}, part ${number}: a reason for each option`);
      }
      await visit.accessible(page, 'main');
      await visit.fits(page, [280, 390, 1440]);
      await visit.picture(page, `case-${id}-${locale.slice(0, 2)}`, { fullPage: true });
    }
  })));
});
