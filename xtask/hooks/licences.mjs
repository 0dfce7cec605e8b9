// The licences of every crate that the page is made of, as their authors wrote them, in one text beside the page.
// What is named twice with the same words is printed once.
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LICENCE = /^(licen[cs]e|copying|copyright|notice|unlicense)/i;
const RULE = '-'.repeat(78);

/** What is compiled for a platform: the crates, and by a crate's id what it depends on, save what only builds. */
function resolved(root, platform) {
  const about = ['metadata', '--format-version', '1', '--locked', '--filter-platform', platform];
  const text = execFileSync('cargo', about, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] });
  const { packages, resolve } = JSON.parse(text);
  const below = ({ deps }) => deps.filter(({ dep_kinds: kinds }) => kinds.some(({ kind }) => kind === null)).map(({ pkg }) => pkg);
  return { packages, below: new Map(resolve.nodes.map((node) => [node.id, below(node)])) };
}

/** The crates of other people below `name`, as cargo describes them: those that code or macros come from, not what only builds. */
function crates(root, name) {
  const page = resolved(root, 'wasm32-unknown-unknown');
  // A macro runs where the page is built.
  const [, host] = /^host: (.*)$/m.exec(execFileSync('rustc', ['-vV'], { cwd: root, encoding: 'utf8' }));
  const builder = resolved(root, host);
  const described = new Map([...builder.packages, ...page.packages].map((crate) => [crate.id, crate]));
  const isMacro = (id) => described.get(id).targets.some(({ kind }) => kind.includes('proc-macro'));
  const found = new Set(page.packages.filter((crate) => crate.name === name && crate.source === null).map((crate) => crate.id));
  const ofMacros = new Set();
  for (const id of found) for (const below of page.below.get(id)) (isMacro(below) ? ofMacros : found).add(below);
  for (const id of ofMacros) for (const below of builder.below.get(id)) ofMacros.add(below);
  const others = [...new Set([...found, ...ofMacros])].map((id) => described.get(id)).filter((crate) => crate.source !== null);
  return others.sort((a, b) => (a.name === b.name ? (a.version < b.version ? -1 : 1) : a.name < b.name ? -1 : 1));
}

/** The texts that a crate brings along. */
function texts(crate) {
  const folder = dirname(crate.manifest_path);
  const files = readdirSync(folder, { withFileTypes: true }).filter((file) => file.isFile() && LICENCE.test(file.name));
  return files.map((file) => readFileSync(join(folder, file.name), 'utf8').replace(/\r\n/g, '\n').trim());
}

/** Returns the whole text. */
export function licences(root) {
  const all = crates(root, 'headroom');
  const shared = new Map();
  const without = [];
  for (const crate of all) {
    const own = texts(crate);
    if (own.length === 0) without.push(crate);
    for (const text of own) {
      const words = text.replace(/\s+/g, ' ');
      if (!shared.has(words)) shared.set(words, { text, names: new Set() });
      shared.get(words).names.add(`${crate.name} ${crate.version}`);
    }
  }
  const own = ['LICENSE-MIT', 'LICENSE-APACHE'].map((file) => readFileSync(join(root, file), 'utf8').trim());
  // The mark in front says to a browser that it is UTF-8, where the host does not.
  return `\uFEFF${[
    'Headroom is licensed under MIT or Apache-2.0, at your choice. It is made of the Rust standard library (The Rust Project\n' +
      'Developers, MIT OR Apache-2.0) and of these crates:',
    all.map(({ name, version, license }) => `  ${name} ${version}: ${license}`).join('\n'),
    'The prices of EC2 are from aws/karpenter-provider-aws (Apache-2.0), time zone rules from the IANA time zone database (public\ndomain).',
    'These crates bring no text of their licence; theirs are among the texts below:',
    without.map(({ name, version, license, authors, repository }) => `  ${name} ${version}: ${license}. ${authors.join(', ')}. ${repository}`).join('\n'),
    `${RULE}\nHeadroom\n${RULE}\n\n${own.join(`\n\n${RULE}\n\n`)}`,
    ...[...shared.values()].map(({ text, names }) => `${RULE}\n${[...names].join(', ')}\n${RULE}\n\n${text}`),
  ].join('\n\n')}\n`;
}
