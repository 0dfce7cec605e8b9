// The texts of a language as the page loads them: those of `locales/` one after the other, U+001F between them, in the order of
// the English file, with marks for arguments. `crates/words/build` puts them in the same order; a page whose program
// finds other texts than it was built with does not start.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'locales');

function entries(language) {
  const lines = readFileSync(join(folder, `${language}.toml`), 'utf8').split('\n');
  const pairs = lines
    .map((line) => line.trim())
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const at = line.indexOf('=');
      return [line.slice(0, at).trim(), JSON.parse(line.slice(at + 1))];
    });
  return new Map(pairs);
}

/** The languages there are. */
export const languages = readdirSync(folder)
  .filter((file) => file.endsWith('.toml'))
  .map((file) => basename(file, '.toml'));

/** All texts of a language. */
export function texts(language) {
  const english = entries('en');
  const own = entries(language);
  const all = [];
  for (const [key, model] of english) {
    if (key.endsWith('.one')) continue;
    const names = [...new Set([...model.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name))];
    const marked = (text) =>
      names.reduce((text, name, i) => text.replaceAll(`{${name}}`, String.fromCharCode(i + 1)), text);
    if (key.endsWith('.other')) all.push(marked(own.get(key.replace(/other$/, 'one')) ?? ''));
    all.push(marked(own.get(key) ?? ''));
  }
  return all.join('\u001f');
}
