// The core of what a visitor does, in the other browsers that the README names. The other tests run in Chromium.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { built, dist } from './browser.mjs';
import { firefox, webkit } from './others.mjs';
import { serve } from './server.mjs';

const CSV = 'time,requests\n2026-11-28T00:00:00Z,600\n2026-11-28T00:01:00Z,1200\n2026-11-28T00:02:00Z,900\n';

/** In the page: helpers that every step begins with. */
const press = (text) => {
  const button = [...document.querySelectorAll('button')].filter((it) => !it.hidden).find((it) => it.textContent.trim() === text);
  button.click();
  return true;
};
const text = (selector) => document.querySelector(selector)?.textContent.trim() ?? '';
const started = () => document.querySelector('main.embed, form')?.childElementCount > 0 && document.querySelector('canvas')?.width > 300;
/** Whether the first chart has been drawn on: some of its pixels differ. */
const drawn = () => {
  const canvas = document.querySelector('#chart-capacity canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return new Set(new Uint32Array(data.buffer)).size > 8;
};

for (const start of [firefox, webkit]) {
  test(`the core of a visit, in ${start.name}`, async (t) => {
    built();
    const browser = await start({ dark: true });
    if (!browser) return t.skip('it is not on this machine');
    t.after(browser.close);
    const server = await serve(dist, { base: '/h/' });
    t.after(server.close);

    await browser.open(server.url);
    await browser.until(started);
    await browser.until(drawn);
    assert.equal(await browser.run(() => document.documentElement.dataset.theme), 'dark');
    assert.match(await browser.run(text, '.headline'), /^Short for 9\sminutes/);

    // Types by keyboard; the verdict follows.
    await browser.run(() => {
      const field = document.querySelector('input[name="load_test.max_rps"]');
      field.focus();
      field.select();
    });
    await browser.keys('60');
    await browser.until((says) => document.querySelector('output[name=target]').textContent === says, '1,800');
    await browser.until(() => !/9\sminutes/.test(document.querySelector('.headline').textContent));

    // The address holds it; a link opens what it says.
    await browser.until(() => location.hash.length > 8);
    // It follows once the page rests from the last key.
    let hash;
    do {
      hash = await browser.run(() => location.hash);
      await new Promise((resolve) => setTimeout(resolve, 500));
    } while (hash !== (await browser.run(() => location.hash)));
    await browser.open('about:blank');
    await browser.open(server.url + hash);
    await browser.until(started);
    assert.equal(await browser.run(() => document.querySelector('input[name="load_test.max_rps"]').value), '60');

    // Another language, and back.
    await browser.run(press, '한국어');
    await browser.until(() => document.documentElement.lang === 'ko' && /부하 테스트/.test(document.querySelector('form').textContent));
    await browser.run(press, 'EN');
    await browser.until(() => document.documentElement.lang === 'en');

    // A recording becomes a layer of demand.
    await browser.run((csv) => {
      const data = new DataTransfer();
      data.items.add(new File([csv], 'traffic.csv', { type: 'text/csv' }));
      document.querySelector('.page').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
    }, CSV);
    const has = (says) => [...document.querySelectorAll('dialog button')].some((it) => !it.hidden && it.textContent.trim() === says);
    await browser.until(has, 'Use this trace');
    await browser.run(press, 'Use this trace');
    await browser.until(() => !document.querySelector('dialog'));
    await browser.until(() => [...document.querySelectorAll('.pol .t')].some((it) => it.textContent.includes('traffic')));

    // A frame, of an origin of its own.
    await browser.open('about:blank');
    await browser.open(`${server.url}#embed.${hash.slice(1)}`);
    await browser.until(started);
    await browser.until(drawn);
    assert.equal(await browser.run(() => document.querySelectorAll('form').length), 0);
  });
}
