// What trunk does not do for the page; it calls this after every build, with the page in its staging folder:
// texts by language, names with fingerprints, the licences, the start script, and the content security policy.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { licences } from './licences.mjs';

const root = join(import.meta.dirname, '..', '..');
const tools = createRequire(join(root, 'tests', 'package.json'));
const { minify } = tools('terser');
const staging = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE === 'release';
const index = join(staging, 'index.html');
/** Written by `crates/words/build`, as `.cargo/config.toml` says. */
const written = join(root, 'target', 'texts');

function fail(message) {
  console.error(message);
  process.exit(1);
}
const built = (pattern) => readdirSync(staging).find((file) => pattern.test(file)) ?? fail(`trunk built no ${pattern}`);

/** A file's name with the fingerprint of its content: another release's is another file, and each may be kept for ever. */
const marked = (name, content) => name.replace(/\.\w+$/, (end) => `-${createHash('sha256').update(content).digest('hex').slice(0, 16)}${end}`);

const texts = {};
for (const file of readdirSync(written)) {
  const content = readFileSync(join(written, file));
  const name = marked(`texts-${file}`, content);
  writeFileSync(join(staging, name), content);
  texts[basename(file, '.txt')] = `./${name}`;
}
/** Written by `crates/author`: what there is to learn, under one fingerprint: that of each would be a line in the page. */
const packed = join(root, 'target', 'packs');
const author = spawnSync(process.env.HEADROOM_AUTHOR, ['packs'], { cwd: root, stdio: 'inherit' });
if (author.status !== 0) fail('content/: what is to mend stands above');
const names = readdirSync(packed).sort();
const of = createHash('sha256');
for (const name of names) of.update(name).update(readFileSync(join(packed, name)));
const folder = `study-${of.digest('hex').slice(0, 16)}`;
mkdirSync(join(staging, folder));
for (const name of names) copyFileSync(join(packed, name), join(staging, folder, name));
const data = {};
for (const file of readdirSync(join(staging, 'data'))) {
  const from = join(staging, 'data', file);
  const name = marked(file, readFileSync(from));
  renameSync(from, join(staging, 'data', name));
  data[file] = `./data/${name}`;
}

if (release) writeFileSync(join(staging, 'licences.txt'), licences(root));

const js = built(/^headroom-page-\w+\.js$/);
const wasm = built(/^headroom-page-\w+\.wasm$/);
// What loads the program's other half is the start script's, which says what is slow or did not come (`xtask/src/split.rs`).
const loader = /import ?\* ?as (\w+) from ?"\.\/__wasm_split\.js";?/;
let script = readFileSync(join(staging, js), 'utf8');
if (!loader.test(script)) fail(`${js} does not load the program's other half`);
script = script.replace(loader, (_, name) => `const ${name}=globalThis.programParts;`);
if (release) {
  const { code } = await minify(script, { module: true, compress: { passes: 2 } });
  // A hint to V8: compile all functions on the thread that reads the file, rather than each when it is called first.
  script = `//# allFunctionsCalledOnLoad\n${code}`;
}
writeFileSync(join(staging, js), script);
const half = join(process.env.HEADROOM_PARTS, 'split_study.wasm');
if (release) {
  const features = readFileSync(join(root, 'index.html'), 'utf8').match(/--enable-[\w-]+/g);
  const shrunk = spawnSync('wasm-opt', ['-Oz', '--quiet', half, '--output', half, ...new Set(features)], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (shrunk.status !== 0) fail('wasm-opt could not shrink the study aid');
}
const study = marked('study.wasm', readFileSync(half));
copyFileSync(half, join(staging, study));

// AWS's documents: a program of its own, which trunk gives no fingerprints.
const documents = {};
for (const [what, pattern] of [['wasm', /^documents_bg\.wasm$/], ['js', /^documents\.js$/]]) {
  const file = built(pattern);
  let content = readFileSync(join(staging, file));
  if (what === 'js' && release) content = (await minify(content.toString(), { module: true, compress: { passes: 2 } })).code;
  rmSync(join(staging, file));
  const name = marked(file, content);
  writeFileSync(join(staging, name), content);
  documents[what] = `./${name}`;
}

let html = readFileSync(index, 'utf8');
const replace = (what, by) => {
  if (!html.includes(what)) fail(`index.html: ${what} is missing`);
  html = html.replaceAll(what, () => by);
};
const files = { js: `./${js}`, wasm: `./${wasm}`, study: `./${study}`, texts, data, packs: { folder: `./${folder}/`, names }, documents };
const start = readFileSync(join(import.meta.dirname, 'start.js'), 'utf8').replace('FILES', () => JSON.stringify(files));
// Asked for while the browser still prepares to run a script; as the script will ask for them, so that it is given these.
const ahead = `<link rel="preload" href="${files.wasm}" as="fetch" crossorigin><link rel="modulepreload" href="${files.js}">`;
replace('<script>START_SCRIPT', `${ahead}<script>${(await minify(start)).code.replace(/;$/, '')}`);

// No other inline script can run. While it serves, trunk adds one that reloads the page, other at each start.
const hashes = (element) => {
  const bodies = [...html.matchAll(new RegExp(`<${element}\\b[^>]*>([^]*?)</${element}>`, 'g'))].filter(([, body]) => body);
  return bodies.map(([, body]) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`).join(' ');
};
replace("'inline-scripts'", release ? hashes('script') : "'unsafe-inline'");
replace("'inline-styles'", hashes('style'));
writeFileSync(index, html);
