// What keys do and no more: Tab to something, and an answer into a question of any format.
import assert from 'node:assert/strict';

/** Presses Tab until what has the focus is `selector`. */
export async function tabTo(page, selector, most = 120) {
  const is = (selector) => document.activeElement?.matches(selector);
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await page.evaluate(is, selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`no Tab leads to ${selector}`);
}

/** Waits until the focus is on `selector`. */
export const focused = (page, selector) => page.waitForFunction((is) => document.activeElement?.matches(is), selector);

/** What keys enter, by format, into what `within` holds: something that is an answer, right or wrong. */
export const ENTER = {
  one: async (page, within) => {
    await tabTo(page, `${within} input[type=radio]`);
    await page.keyboard.press('Space');
  },
  several: async (page, within) => {
    await tabTo(page, `${within} input[type=checkbox]`);
    await page.keyboard.press('Space');
  },
  number: async (page, within) => {
    await tabTo(page, `${within} .i input`);
    await page.keyboard.type('many');
    await page.keyboard.press('Enter');
    await page.locator(`${within} .err`).filter({ hasText: /./ }).waitFor();
    assert.equal(await page.locator('.grade').count(), 0, 'what is not read is never marked');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('1,234');
  },
  order: async (page, within) => {
    const items = () => page.locator(`${within} .order .item`).allInnerTexts();
    const before = await items();
    const stands = (place) =>
      page.waitForFunction(
        ([items, place, first]) => document.querySelectorAll(items)[place].innerText === first,
        [`${within} .order .item`, place, before[0]],
      );
    await tabTo(page, `${within} .order li:first-child .up-down button:last-child`);
    await page.keyboard.press('ArrowDown');
    await stands(1);
    await focused(page, `${within} .order li:nth-child(2) button`);
    await page.keyboard.press('Enter');
    await stands(2);
    assert.deepEqual((await items()).toSorted(), before.toSorted());
  },
  match: async (page, within) => {
    await tabTo(page, `${within} .pairs select`);
    const count = await page.locator(`${within} .pairs select`).count();
    for (let pair = 0; pair < count; pair += 1) {
      await page.keyboard.press('ArrowDown');
      if (pair + 1 < count) await page.keyboard.press('Tab');
    }
  },
};
ENTER.next = ENTER.one;
