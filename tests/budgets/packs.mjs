// What there is to learn, as a page fetches it: each pack as brotli at its best would send it. Prints what weighs most of each kind and
// each language; with --check, fails where a pack or a language is over its budget.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotli } from '../e2e/server.mjs';
import { built, dist } from '../e2e/browser.mjs';

/** Most bytes of a pack by its kind, and of all packs of a language. */
const BUDGETS = { home: 12_000, lesson: 6_000, topic: 10_000, terms: 12_000, wrong: 6_000, tables: 9_000, search: 32_000 };
/**
 * Without what is searched: that is the same texts again, for whoever searches before the others are there. It is to be 120,000, and more
 * until what is free of any language stands in packs of its own.
 */
const LANGUAGE_BUDGET = 140_000;

built();
const folder = readdirSync(dist).find((name) => name.startsWith('study-'));
const packs = readdirSync(join(dist, folder)).map((name) => {
  const raw = readFileSync(join(dist, folder, name));
  const [, kind, lang] = /^([a-z]+).*\.(\w+)\.json$/.exec(name);
  return { name, kind, lang, sent: brotli(raw).length };
});
const over = [];
const bytes = (count) => count.toLocaleString('en').padStart(9);
const row = (sent, most, name) => {
  console.log(`  ${bytes(sent)} ${bytes(most)}  ${name}`);
};
console.log('packs as brotli (quality 11), and at most');
for (const kind of new Set(packs.map((pack) => pack.kind))) {
  const most = BUDGETS[kind];
  if (!most) over.push(`there is no budget for ${kind}`);
  const [heaviest] = packs.filter((pack) => pack.kind === kind).sort((a, b) => b.sent - a.sent);
  row(heaviest.sent, most, heaviest.name);
}
for (const { name, kind, sent } of packs) {
  if (sent > BUDGETS[kind]) over.push(`${name} is ${(sent - BUDGETS[kind]).toLocaleString('en')} bytes over its budget`);
}
for (const lang of new Set(packs.map((pack) => pack.lang))) {
  const sum = packs.filter((pack) => pack.lang === lang && pack.kind !== 'search').reduce((total, { sent }) => total + sent, 0);
  row(sum, LANGUAGE_BUDGET, `all of ${lang}`);
  if (sum > LANGUAGE_BUDGET) over.push(`all of ${lang} is ${(sum - LANGUAGE_BUDGET).toLocaleString('en')} bytes over its budget`);
}
if (process.argv.includes('--check') && over.length > 0) {
  for (const what of over) console.error(what);
  process.exitCode = 1;
}
