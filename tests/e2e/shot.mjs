// A picture of the built page, for people who work on it:
//   node tests/e2e/shot.mjs --hash '#…' --out page.png --width 390 --height 844 --dark --lang ko --full
// Also: --eval 'script run in the page first', --wait milliseconds, --scale 2,
// --selector 'css of the part to show', --url 'http://… instead of dist/'.
import { parseArgs } from 'node:util';
import { built, dist, launch, settled, started, visitor } from './browser.mjs';
import { serve } from './server.mjs';

const text = { type: 'string' };
const flag = { type: 'boolean', default: false };
const { values: asked } = parseArgs({
  options: {
    hash: { ...text, default: '' },
    out: { ...text, default: 'page.png' },
    width: { ...text, default: '1440' },
    height: { ...text, default: '980' },
    scale: { ...text, default: '1' },
    lang: { ...text, default: 'en' },
    dark: flag,
    full: flag,
    eval: text,
    wait: { ...text, default: '0' },
    selector: text,
    url: text,
  },
});

if (!asked.url) built();
const server = asked.url ? undefined : await serve(dist);
const browser = await launch();
try {
  const context = await browser.newContext(
    visitor({
      viewport: { width: Number(asked.width), height: Number(asked.height) },
      deviceScaleFactor: Number(asked.scale),
      locale: asked.lang,
      colorScheme: asked.dark ? 'dark' : 'light',
    }),
  );
  const page = await context.newPage();
  page.on('console', (message) => console.log(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => console.log(`uncaught: ${error.message}`));
  await page.goto((asked.url ?? server.url) + asked.hash);
  await started(page);
  if (asked.eval) console.log(await page.evaluate(asked.eval));
  await page.waitForTimeout(Number(asked.wait));
  await settled(page);
  const part = asked.selector ? page.locator(asked.selector).first() : page;
  await part.screenshot({ path: asked.out, ...(asked.full && !asked.selector ? { fullPage: true } : {}) });
  console.log(`wrote ${asked.out}`);
} finally {
  await browser.close();
  await server?.close();
}
