// What a build keeps with the first file: the constants that its code leads to (`xtask/hooks/reach.mjs`).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, numbers, reached } from '../../xtask/hooks/reach.mjs';

/** A memory at 0x1000: merged texts, a list of two addresses, a file, a table, a panic's place, its file's name. */
function example() {
  const bytes = Buffer.alloc(0x100);
  bytes.write('one\0two\0', 0x00, 'latin1');
  bytes.writeUInt32LE(0x1004, 0x10); // the list: "two", and the file
  bytes.writeUInt32LE(0x1020, 0x14);
  bytes.write('a file, word by word', 0x20, 'latin1');
  bytes.fill(7, 0x40, 0x80);
  [0x1090, 6, 12, 5].forEach((word, i) => bytes.writeUInt32LE(word, 0x80 + 4 * i));
  bytes.write('lib.rs', 0x90, 'latin1');
  const line = (address, size, name) => `  ${address.toString(16)}   1f00  ${size.toString(16)}         program.o:(.rodata${name})`;
  const map = [
    line(0x1000, 8, ''),
    line(0x1010, 8, '..Lanon.1'),
    line(0x1020, 20, '..Lanon.2'),
    line(0x1040, 64, '..Lanon.3'),
    line(0x1080, 16, '..Lanon.4'),
    line(0x1090, 6, '..Lanon.5'),
    '  1000   1f00  8                 main',
  ].join('\n');
  return { map, memory: { address: 0x1000, bytes } };
}

test('constants are found in the map, merged texts parted', () => {
  const { map, memory } = example();
  const found = constants(map, memory).map(({ address, end }) => [address, end]);
  const expected = [
    [0x1000, 0x1004],
    [0x1004, 0x1008],
    [0x1010, 0x1018],
    [0x1020, 0x1034],
    [0x1040, 0x1080],
    [0x1080, 0x1090],
    [0x1090, 0x1096],
  ];
  assert.deepEqual(found, expected);
});

for (const [name, names, kept] of [
  ['nothing', [], []],
  ['a text', [0x1000], [0x1000]],
  ['a list, and what it lists but files', [0x1010], [0x1004, 0x1010]],
  ['a file named itself', [0x1020], [0x1020]],
  ['a place within a table', [0x1048], [0x1040]],
  ['an end that nothing begins at', [0x1018], [0x1004, 0x1010, 0x1040]],
  ['a place before a table, as of one read from its second entry on', [0x103c], [0x1040]],
  ['where a panic stands', [0x1080], []],
]) {
  test(`what is kept: ${name}`, () => {
    const { map, memory } = example();
    const all = constants(map, memory);
    const found = [...reached(all, names, memory, [Buffer.from('a file, word by word')])];
    assert.deepEqual(found.map(({ address }) => address).sort((a, b) => a - b), kept);
  });
}

test('numbers of the code are found, but not those handed to the rest', () => {
  const text = `(module
 (data $0 (i32.const 999) "(i32.const 5)")
 (func $"kept (x)" (param $0 i32)
  (i32.store offset=4096 (local.get $0) (i32.const 4100))
  (call $"later \\28y\\29" (i32.const 4104) (i32.add (i32.const 4108) (local.get $0)))
  (call $"kept (x)" (i32.const -1)))
)`;
  const found = numbers(text, (operation, name) => operation === 'call' && name === 'later (y)');
  assert.deepEqual([...found], [4096, 4100, 4108, -1]);
});
