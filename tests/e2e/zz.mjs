import { launch, visitor, started } from './browser.mjs';
import { serve } from './server.mjs';
const server = await serve(process.env.HEADROOM_DIST);
const b = await launch();
for (const [name, opt, size] of [['wide-en', {}, [1440, 1000]], ['phone-ko', { locale: 'ko-KR', colorScheme: 'dark' }, [390, 844]]]) {
  const c = await b.newContext({ ...visitor(opt), viewport: { width: size[0], height: size[1] } });
  const p = await c.newPage();
  p.on('pageerror', e => console.log('pageerror', e.message));
  p.on('console', m => m.type() === 'error' && console.log(m.text()));
  await p.goto(server.url);
  await started(p);
  await p.locator('.pins .b').click();
  const max = p.locator('[id="load_test.max_rps"]');
  if (await max.count()) { await max.first().fill('30'); }
  await p.waitForTimeout(600);
  await p.locator('.pins .b').click();
  await p.locator('[id="load_test.safety_factor"]').first().fill('0.4').catch(() => {});
  await p.waitForTimeout(1500);
  console.log(await p.evaluate(() => location.hash));
  await p.screenshot({ path: `/tmp/ws/cmp-${name}.png`, fullPage: true });
  await p.locator('.beside').scrollIntoViewIfNeeded();
  await p.locator('.beside').screenshot({ path: `/tmp/ws/cmp-${name}-card.png` });
  await c.close();
}
await b.close(); await server.close(); process.exit(0);
