// What trunk does not do for the page; it calls this after every build, with the page in its staging folder:
// texts by language, the program divided in two (a release), the start script, and the content security policy.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contents } from './contents.mjs';
import { languages, texts } from './texts.mjs';

const root = join(import.meta.dirname, '..', '..');
const tools = createRequire(join(root, 'tests', 'package.json'));
const { minify } = tools('terser');
const staging = process.env.TRUNK_STAGING_DIR;
const release = process.env.TRUNK_PROFILE === 'release';
const index = join(staging, 'index.html');
/** Written by the linker: `build.rs` of the page. */
const map = join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'wasm32-unknown-unknown', 'release', 'headroom.map');
const hash = (...contents) => {
  const sum = createHash('sha256');
  for (const content of contents) sum.update(content);
  return sum.digest('hex').slice(0, 16);
};
const put = (name, content) => {
  writeFileSync(join(staging, name), content);
  return name;
};
function fail(message) {
  console.error(message);
  process.exit(1);
}

let html = readFileSync(index, 'utf8');
const replace = (what, by) => {
  if (!html.includes(what)) fail(`index.html: ${what} is missing`);
  html = html.replaceAll(what, () => by);
};

const textsFile = (language, asked) => {
  const content = texts(language, asked);
  return `./${put(`texts-${language}-${hash(content)}.txt`, content)}`;
};
const spoken = {};
for (const language of languages) {
  const all = textsFile(language);
  spoken[language] = { first: all, all };
}

const js = readdirSync(staging).find((file) => /^headroom-page-\w+\.js$/.test(file)) ?? fail('there is no program');
let wasm = js.replace(/\.js$/, '_bg.wasm');
let rest = '';
if (release) {
  const { divided, instrumented } = await import('./split.mjs');
  const { firstView } = await import('./first_view.mjs');
  const { shortened } = await import('./names.mjs');
  const { script, program } = shortened(readFileSync(join(staging, js), 'utf8'), readFileSync(join(staging, wasm)));
  const small = (await minify(script, { module: true, compress: { passes: 2 } })).code;
  // A hint to V8: compile all of them on the thread that reads the file, rather than each when it is called first.
  put(js, `//# allFunctionsCalledOnLoad\n${small}`);
  // The page must start to be watched: with the whole program first.
  const whole = html;
  await start();
  const { called, asked } = await firstView(staging, { wasm, js }, instrumented(program));
  html = whole;
  for (const language of languages) spoken[language].first = textsFile(language, asked);
  const parts = divided(program, called, readFileSync(map, 'utf8'), contents());
  const name = `headroom-${hash(parts.first, parts.rest)}`;
  rest = put(`${name}-rest.wasm`, parts.rest);
  rmSync(join(staging, wasm));
  wasm = put(`${name}.wasm`, parts.first);
}
await start();

/** Writes the start script into the page and seals it. */
async function start() {
  const files = { js: `./${js}`, wasm: `./${wasm}`, rest: rest && `./${rest}`, texts: spoken };
  const source = readFileSync(join(import.meta.dirname, 'start.js'), 'utf8').replace('FILES', () => JSON.stringify(files));
  // Asked for while the browser still prepares to run a script; as the script will ask for them, so that it is given these.
  const ahead = `<link rel="preload" href="${files.wasm}" as="fetch" crossorigin><link rel="modulepreload" href="${files.js}">`;
  replace('<script>START_SCRIPT', `${ahead}<script>${(await minify(source)).code.replace(/;$/, '')}`);
  // No other inline script can run. While it serves, trunk adds one that reloads the page, other at each start.
  const hashes = (element) => {
    const bodies = [...html.matchAll(new RegExp(`<${element}\\b[^>]*>([^]*?)</${element}>`, 'g'))].filter(([, body]) => body);
    return bodies.map(([, body]) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`).join(' ');
  };
  replace("'inline-scripts'", release ? hashes('script') : "'unsafe-inline'");
  replace("'inline-styles'", hashes('style'));
  writeFileSync(index, html);
}
