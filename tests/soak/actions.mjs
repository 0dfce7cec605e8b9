// What somebody does who does everything in no order: seeded actions of every kind on any page of Headroom's.
import { started } from '../e2e/browser.mjs';

const VALUES = [
  '', ' ', '0', '1', '2', '3', '10', '20', '24', '48', '100', '168', '0.5', '0.7', '1,000', '1.000', '60', '300', '8784', '-1', '-0',
  '1e3', '1e308', '1e-308', 'NaN', 'Infinity', '∞', '٣', '２０', '½', '1_000', '+5', '12abc', 'constructor', '__proto__', '<b>x</b>',
  '<script>alert(1)</script>', '\u202e123', '💥', '한국어', 'x'.repeat(5000), '9'.repeat(400), "'\"`;--", '%s%n', '${1}', '\u0000',
  'Asia/Seoul', 'Europe/London', 'UTC', 'Mars/Phobos', 'ml.c5.xlarge', 'ml.t2.medium', 't3.large', '2026-11-28', '2026-02-30', '20:00',
  'cron(0 9 ? * MON-FRI *)', 'rate(1 minute)', 'at(2026-11-28T09:00:00)', '0 9 * * 1', '@daily',
];
const TRACES = [
  'time,requests\n2026-06-01 00:00,100\n2026-06-01 00:01,200\n2026-06-01 00:02,150\n',
  'timestamp;rps\n1750000000;12,5\n1750000060;13,5\n',
  'a,b,c\n1,2,3\n',
  '',
  '\u0000\u0001\u0002',
  `t,${Array.from({ length: 300 }, (_, i) => `c${i}`).join(',')}\n`,
];
const KEYS = [
  'Tab', 'Shift+Tab', 'Enter', 'Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown', 'Space',
  'Backspace', 'Delete', 'Control+z', 'Control+y', 'Control+Shift+z', 'Control+a', '+', '-', '0', '5', 'n', 'p', '?', 'a',
];
const EVENTS = ['click', 'input', 'change', 'focusin', 'focusout', 'keydown', 'toggle', 'wheel', 'pointermove', 'pointercancel', 'drop'];

/** Random numbers of SplitMix32: the same seed draws the same, whatever Node. */
export function draws(seed) {
  let state = seed | 0;
  const random = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z ^= z >>> 15;
    z = Math.imul(z, 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(random() * n);
  return { random, below, one: (list) => list[below(list.length)] };
}

/**
 * Returns a function that does one drawn thing on `page` and resolves to what it was. `links`: addresses to paste, `files`: texts to
 * open; both are read anew each time.
 */
export function somebody(page, { random, below, one }, { links, files }) {
  const visible = async (selector) => {
    const found = await page.locator(selector).filter({ visible: true }).all();
    return found.length ? one(found) : undefined;
  };
  const quick = { timeout: 1000, force: true, noWaitAfter: true };
  const actions = [
    [12, 'type', async () => {
      const field = await visible('input:not([type=checkbox], [type=radio], [type=file], [type=range], [readonly]), textarea');
      const value = one(VALUES);
      await field?.fill(value, quick).catch(() => field.pressSequentially(value.slice(0, 20), { timeout: 1000 }));
      return value.slice(0, 24);
    }],
    [6, 'nudge', async () => {
      const field = await visible('input[inputmode]');
      await field?.focus({ timeout: 1000 });
      for (let i = below(4); i >= 0; i -= 1) await page.keyboard.press(one(['ArrowUp', 'ArrowDown']));
    }],
    [3, 'slide', async () => {
      const range = await visible('input[type=range]');
      await range?.focus({ timeout: 1000 });
      for (let i = below(6); i >= 0; i -= 1) await page.keyboard.press(one(['ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp']));
    }],
    [6, 'choose', async () => {
      const list = await visible('select');
      const count = (await list?.locator('option').count()) ?? 0;
      if (count) await list.selectOption({ index: below(count) }, quick);
    }],
    [4, 'tick', async () => (await visible('input[type=checkbox], input[type=radio]'))?.click(quick)],
    [14, 'press', async () => {
      const button = await visible('button');
      const says = (await button?.innerText({ timeout: 500 }).catch(() => ''))?.slice(0, 20);
      await button?.click(quick);
      return says;
    }],
    [4, 'follow', async () => {
      const link = await visible('a[href^="#"]');
      const hash = await link?.getAttribute('href', { timeout: 500 });
      await link?.click(quick);
      return hash?.slice(0, 24);
    }],
    [6, 'fold', async () => (await visible('summary'))?.click(quick)],
    [10, 'click', async () => {
      const { width, height } = page.viewportSize();
      await page.mouse.click(below(width), below(height), { button: one(['left', 'left', 'left', 'right', 'middle']), clickCount: 1 + below(2) });
    }],
    [8, 'drag', async () => {
      const pad = await visible('.pad');
      const box = await pad?.boundingBox();
      if (!box) return;
      const at = () => [box.x + random() * box.width, box.y + random() * box.height];
      await page.mouse.move(...at());
      await page.mouse.down();
      for (let i = below(5); i >= 0; i -= 1) await page.mouse.move(...at());
      if (below(8)) await page.mouse.up();
    }],
    [4, 'wheel', async () => {
      const { width, height } = page.viewportSize();
      await page.mouse.move(below(width), below(height));
      if (!below(3)) await page.keyboard.down('Control');
      await page.mouse.wheel(below(400) - 200, below(1200) - 600);
      await page.keyboard.up('Control');
    }],
    [10, 'key', async () => {
      const key = one(KEYS);
      await page.keyboard.press(key);
      return key;
    }],
    [3, 'paste a link', async () => {
      const good = one(links);
      const hash = one([good, good, `${good}A`, good.slice(0, -3), '#1.AAAA', '#embed', `#embed.${good.slice(1)}`, `#embed-${good.slice(1)}`, '#__proto__', '#%', good]);
      await page.evaluate((hash) => { location.hash = hash; }, hash);
      return hash.slice(0, 24);
    }],
    [4, 'travel', async () => page.evaluate((by) => history.go(by), one([-1, -1, 1, -2]))],
    [2, 'open a file', async () => {
      const content = one([one(files), one(files), one(TRACES), '{"hours": "x"}', '[', '{}', '{"headroom": 99}']);
      const inputs = await page.locator('input[type=file]').all();
      if (inputs.length) await one(inputs).setInputFiles({ name: one(['s.json', 't.csv']), mimeType: 'text/plain', buffer: Buffer.from(content) }, { timeout: 1000 });
    }],
    [2, 'give a trace', async () => {
      const area = await visible('dialog textarea');
      await area?.fill(one(TRACES), quick);
    }],
    [4, 'any event', async () => {
      const name = one(EVENTS);
      await page.evaluate(([name, share]) => {
        const all = document.querySelectorAll('body *');
        all[Math.floor(share * all.length)]?.dispatchEvent(new Event(name, { bubbles: true, cancelable: true }));
      }, [name, random()]);
      return name;
    }],
    [1, 'resize', async () => page.setViewportSize(one([{ width: 1280, height: 900 }, { width: 390, height: 844 }, { width: 800, height: 600 }]))],
    [1, 'darken', async () => page.emulateMedia({ colorScheme: one(['light', 'dark']), reducedMotion: one(['reduce', 'no-preference']) })],
    [0.2, 'reload', async () => { await page.reload(); await started(page); }],
  ];
  const weights = actions.reduce((sum, [weight]) => sum + weight, 0);
  return async () => {
    let at = random() * weights;
    const [, name, act] = actions.find(([weight]) => (at -= weight) < 0) ?? actions[0];
    let detail;
    try {
      detail = await act();
    } catch (error) {
      // What is gone or covered cannot be reached: the next action will be another.
      detail = `(${error.message.split('\n')[0].slice(0, 30)})`;
    }
    return detail ? `${name} ${JSON.stringify(detail)}` : name;
  };
}
