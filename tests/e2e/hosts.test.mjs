// The hosts of docs/hosting.md, by what each sends: the page starts, finds its other files, and says what a release took away.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { started } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();

const KEPT = 'public, max-age=31536000, immutable';
const HOSTS = {
  // Ten minutes for every file, gzip, a page of its own for what is not there.
  'GitHub Pages': {
    base: '/repository/',
    compress: 'gzip',
    like: {
      types: { '.js': 'application/javascript; charset=utf-8' },
      headers: () => ({ 'Cache-Control': 'max-age=600', Vary: 'Accept-Encoding' }),
      missing: { type: 'text/html; charset=utf-8', body: '<!doctype html><title>Site not found</title>' },
    },
  },
  // The types that `aws s3 sync` stores; who may not list a bucket is refused what is not there.
  'S3 and CloudFront': {
    base: '/headroom/',
    like: {
      types: { '.js': 'text/javascript', '.html': 'text/html', '.txt': 'text/plain', '.csv': 'text/csv' },
      headers: (path) => ({ 'Cache-Control': /^(index\.html|licences\.txt)$/.test(path) ? 'no-cache' : KEPT }),
      missing: { status: 403, type: 'application/xml', body: '<Error><Code>AccessDenied</Code></Error>' },
    },
  },
};

for (const [name, host] of Object.entries(HOSTS)) {
  test(`served as by ${name}`, async (t) => {
    const state = { released: false };
    const server = await visit.newServer({ ...host, fault: (path) => (state.released && /texts-ko/.test(path) ? 'missing' : undefined) });
    t.after(server.close);
    const page = await visit.blank(t, { tolerate: /40[34]/ });
    page.context().removeAllListeners('request');
    const address = `${server.url}index.html`;
    for (const again of [false, true]) {
      await page.goto('about:blank');
      server.asked.length = 0;
      await page.goto(address);
      await started(page);
      // What it keeps it does not ask for again.
      if (again) assert.ok(!server.asked.some((path) => /wasm|\.js$/.test(path)), server.asked.join(' '));
    }
    await page.getByRole('button', { name: 'Browse…' }).click();
    await page.getByRole('button', { name: 'Also EC2 types' }).click();
    await page.getByText(/1,?662 types/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    // A release has taken the texts of the page that is open.
    state.released = true;
    await page.getByRole('button', { name: '한국어' }).click();
    await page.locator('.notice', { hasText: '한국어 did not load' }).waitFor();
    state.released = false;
    await page.locator('.notice').getByRole('button', { name: 'Try again' }).click();
    await page.waitForFunction(() => document.documentElement.lang === 'ko');
  });
}
