// Times the program of AWS's documents in Chromium at a document of a megabyte in each language, recognised and read, by turns with
// the floor of a year in the same browser:
//   node tests/bench/documents.mjs <folder of bench.js and bench_bg.wasm> [<the page before>]
// Prints the lines that `tell` of turns.mjs makes; a page that has no such program is left out.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { built, dist, launch } from '../e2e/browser.mjs';
import { serve } from '../e2e/server.mjs';
import { rounds, scriptClock, tell, wasm } from './turns.mjs';

const BYTES = 1e6;
const BENCH = '<!doctype html><link rel="icon" href="data:,"><title>bench</title>';

const ours = (path) => readFileSync(new URL(`../../crates/aws/tests/${path}`, import.meta.url), 'utf8');

/** Repeats what `piece` returns for 0, 1, … until it comes to a megabyte. */
function repeated(piece, between = '') {
  const pieces = [];
  for (let bytes = 0; bytes < BYTES; bytes += Buffer.byteLength(pieces.at(-1))) pieces.push(piece(pieces.length));
  return pieces.join(between);
}

function answer(list, file) {
  const entries = JSON.stringify(JSON.parse(ours(`data/answers/${file}`))[list], null, 4).slice(1, -1);
  return `{"${list}": [${repeated(() => entries, ',')}]}`;
}

/** The resources of a template again and again, each time under other names. */
function template() {
  const [head, resources] = ours('exports/target/scaling.yaml').split(/(?<=^Resources:\n)/m);
  const names = [...resources.matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name);
  const name = new RegExp(`(^ {2}|!Ref )(${names.join('|')})\\b`, 'gm');
  return head + repeated((nth) => resources.replace(name, `$1$2${nth}`));
}

function terraform() {
  const whole = ours('exports/target/scaling.tf');
  const at = whole.indexOf('\nresource ');
  const [head, resources] = [whole.slice(0, at), whole.slice(at)];
  const name = /(resource "\w+" "|\baws_\w+\.)(\w+)/g;
  return head + repeated((nth) => resources.replace(name, `$1$2_${nth}`));
}

const DOCUMENTS = {
  json: answer('ScalingPolicies', 'aas-describe-scaling-policies.json'),
  yaml: template(),
  hcl: terraform(),
};

/** The files of the program of documents in a page's folder; nothing where it has none. */
function program(folder) {
  const found = (pattern) => readdirSync(folder).find((name) => pattern.test(name));
  const [js, wasm] = [found(/^documents.*\.js$/), found(/^documents.*\.wasm$/)];
  return js && wasm && { js, wasm };
}

/** The program of documents of the page in that folder at work: `perform(name)` is a performer. */
async function reader(context, files, url) {
  const page = await context.newPage();
  await page.goto(`${url}bench`);
  const clock = await scriptClock(page);
  await page.evaluate(
    async ({ js, wasm }) => {
      globalThis.program = await import(`./${js}`);
      await program.default({ module_or_path: fetch(`./${wasm}`) });
    },
    files,
  );
  let held;
  const perform = (name) => async (times) => {
    if (held !== name) await page.evaluate((text) => void (globalThis.text = text), DOCUMENTS[name]);
    held = name;
    const before = await clock();
    // Within a timer, as the clock counts what the page is called for and not what it is asked to evaluate.
    const isOne = await page.evaluate(
      (times) =>
        new Promise((done) => {
          setTimeout(() => {
            let isOne = true;
            for (let nth = 0; nth < times; nth += 1) isOne &&= program.isDocument(text);
            done(isOne);
          });
        }),
      times,
    );
    if (!isOne) throw new Error(`${name} is not recognised`);
    return (await clock()) - before;
  };
  return { perform };
}

built();
const [bench, before] = process.argv.slice(2);
const folders = [dist, before].filter((folder) => folder && program(folder));
const servers = await Promise.all(folders.map((folder) => serve(folder, { pages: { '/bench': BENCH } })));
const benchServer = await serve(bench, { pages: { '/': BENCH } });
const browser = await launch();
try {
  const context = await browser.newContext();
  const { perform } = await wasm(context, benchServer.url);
  const readers = [];
  for (const [nth, folder] of folders.entries()) readers.push(await reader(context, program(folder), servers[nth].url));
  for (const name of Object.keys(DOCUMENTS)) {
    const performers = readers.map((reader) => reader.perform(name));
    tell(`page/documents_${name}`, await rounds([perform('365_days_all', 'floor'), ...performers]));
  }
} finally {
  await browser.close();
  for (const each of [...servers, benchServer]) await each.close();
}
