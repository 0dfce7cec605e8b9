// The packs of the study aid as a page reads them: their files joined, as `study::unpack` joins them.
import { readFileSync } from 'node:fs';
import { join as path } from 'node:path';

const folder = path(import.meta.dirname, '..', '..', 'target', 'packs');
const file = (name) => JSON.parse(readFileSync(path(folder, name), 'utf8'));

const join = (one, other) => {
  if (Array.isArray(one)) return one.map((entry, place) => join(entry, other[place]));
  const whole = { ...one };
  for (const [name, value] of Object.entries(other)) whole[name] = Object.hasOwn(one, name) ? join(one[name], value) : value;
  return whole;
};

/** The pack of this name, `topic-api`, in a language; without the sources. */
export const pack = (name, lang = 'en') => join(file(`${name}.json`), file(`${name}.${lang}.json`));
