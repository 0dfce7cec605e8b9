// Beside the page: the licences of all that it is made of, and the way there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dist } from './browser.mjs';
import { site } from './harness.mjs';

const visit = site();

test('every crate of the page is named, with a licence and its text', () => {
  const told = readFileSync(join(dist, 'licences.txt'), 'utf8');
  const tree = ['tree', '-p', 'headroom', '--target', 'wasm32-unknown-unknown', '-e', 'normal', '--prefix', 'none', '-f', '{p}\t{l}'];
  const lines = execFileSync('cargo', tree, { cwd: join(import.meta.dirname, '..', '..'), encoding: 'utf8' }).split('\n');
  const crates = new Map();
  for (const line of lines) {
    const [, name, version, own, licence] = /^(\S+) v(\S+)( \(\/[^)]*\))?[^\t]*\t(.*?)( \(\*\))?$/.exec(line) ?? [];
    if (name && !own) crates.set(`${name} ${version}`, licence);
  }
  assert.ok(crates.size > 60, `${crates.size} crates`);
  for (const [crate, licence] of crates) {
    assert.ok(told.includes(`\n  ${crate}: ${licence}\n`), `${crate}: ${licence}`);
    // Above its text, or among those that bring none.
    assert.ok(told.split(crate).length > 2, crate);
  }
  assert.match(told, /Permission is hereby granted, free of charge/);
  assert.match(told, /Apache License\s+Version 2\.0/);
});

test('the way to the licences stands where one learns about the page', async (t) => {
  for (const [locale, learn, says] of [['en-US', 'Learn', /Licences of all/], ['ko-KR', '배우기', /구성 요소의 라이선스/]]) {
    const page = await visit.open(t, '', { locale });
    await page.locator('header').getByRole('link', { name: learn }).click();
    const [text] = await Promise.all([page.context().waitForEvent('page'), page.getByRole('link', { name: says }).click()]);
    await text.waitForLoadState();
    assert.match(await text.locator('body').innerText(), /^Headroom is licensed under MIT or Apache-2\.0/);
  }
});
