// The texts of a language as the page loads them: a fingerprint, then the texts of `locales/` one after the other, U+001F
// between them, in the order of the English file, with marks for arguments. `crates/words/build` puts them in the same
// order; a page whose program finds the fingerprint of others than it was built with does not start.
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const SEPARATOR = '\u001f';
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

/** FNV-1a, 32 bits, of UTF-8. */
function fnv1a(text) {
  return Buffer.from(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

/** What a first view says and nobody may have watched: texts of other days, sizes and numbers. */
const ANY_TIME = /^(value|unit|weekdays|months?|date|day)_/;

/** Texts of a language: all, or of those that `asked` does not name by number only what may be said at any time. */
export function texts(language, asked) {
  const english = entries('en');
  const own = entries(language);
  const all = [];
  const later = [];
  for (const [key, model] of english) {
    if (key.endsWith('.one')) continue;
    const names = [...new Set([...model.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name))];
    const marked = (text) =>
      names.reduce((text, name, i) => text.replaceAll(`{${name}}`, String.fromCharCode(i + 1)), text);
    const forms = key.endsWith('.other') ? [key.replace(/other$/, 'one'), key] : [key];
    // Which form of a text is said depends on a number: all or none.
    const isFirst = ANY_TIME.test(key) || forms.some((_, form) => asked?.has(all.length + form));
    for (const form of forms) {
      if (!isFirst) later.push(all.length);
      all.push(marked(own.get(form) ?? ''));
    }
  }
  const fingerprint = fnv1a(all.join(SEPARATOR));
  if (asked) for (const number of later) all[number] = '';
  return [fingerprint, ...all].join(SEPARATOR);
}
