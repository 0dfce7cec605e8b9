// What there is to learn, as a page fetches it: each pack as brotli at its best would send it. Prints what weighs most of each kind and
// each language; with --check, fails where a pack or a language is over its budget.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { brotli } from '../e2e/server.mjs';
import { built, dist } from '../e2e/browser.mjs';

/** Most bytes of a pack by its kind: all its files. A lesson is loaded by its link. */
const BUDGETS = { home: 12_000, lesson: 6_000, topic: 10_000, terms: 12_000, wrong: 6_000, tables: 9_000, search: 32_000 };
/**
 * Most bytes of all packs in a language: what the language says, and what is free of any language once. What is searched is not among
 * them: that is the same texts again, for whoever searches before the others are there.
 */
const LANGUAGE_BUDGET = 120_000;
/** The sources of all packs, which come with each of these. */
const SOURCES = 'sources.json';
const CITING = ['lesson', 'topic', 'wrong', 'tables'];

built();
const folder = readdirSync(dist).find((name) => /^study-\w+$/.test(name));
const sizes = new Map(readdirSync(join(dist, folder)).map((name) => [name, brotli(readFileSync(join(dist, folder, name))).length]));
const langs = new Set([...sizes.keys()].flatMap((name) => /\.(\w+)\.json$/.exec(name)?.[1] ?? []));
const packs = [...sizes.keys()].filter((file) => /^[^.]+\.json$/.test(file) && file !== SOURCES).flatMap((file) => {
  const name = file.replace('.json', '');
  const [kind] = name.split('-');
  return [...langs].map((lang) => {
    const own = sizes.get(`${name}.${lang}.json`);
    const text = own + sizes.get(file);
    return { name: `${name}, ${lang}`, kind, lang, own, text, sent: text + (CITING.includes(kind) ? sizes.get(SOURCES) : 0) };
  });
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
for (const lang of langs) {
  const all = packs.filter((pack) => pack.lang === lang && pack.kind !== 'search');
  const sum = (of) => all.reduce((total, pack) => total + pack[of], 0);
  const whole = sum('text') + sizes.get(SOURCES);
  row(whole, LANGUAGE_BUDGET, `all of ${lang}; of another language chosen then ${sum('own').toLocaleString('en')}`);
  if (whole > LANGUAGE_BUDGET) over.push(`all of ${lang} is ${(whole - LANGUAGE_BUDGET).toLocaleString('en')} bytes over its budget`);
}
if (process.argv.includes('--check') && over.length > 0) {
  for (const what of over) console.error(what);
  process.exitCode = 1;
}
