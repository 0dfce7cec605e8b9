// Files that stand in the program word by word: a list of them may be looked through without their being read.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const FOLDERS = ['scenarios', join('crates', 'scenario', 'data')];

/** All of them. */
export function contents() {
  return FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).map((file) => readFileSync(join(root, folder, file))));
}
