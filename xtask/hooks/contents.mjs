// What stands in the program word by word and the first view has no use for: it may come with the rest.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const FOLDERS = ['scenarios', join('crates', 'scenario', 'data')];
/** Smaller ones are not worth their place in the list. */
const FEWEST_BYTES = 256;

/** All of them. What a program does not hold in this shape simply stays where it is. */
export function contents() {
  const files = FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).map((file) => readFileSync(join(root, folder, file))));
  return [...files.filter(({ length }) => length >= FEWEST_BYTES), powersOfFive()];
}

const bitsOf = (value) => BigInt(value.toString(2).length);
/** The 128 leading bits. */
const leading = (value) => (bitsOf(value) > 128n ? value >> (bitsOf(value) - 128n) : value << (128n - bitsOf(value)));

/**
 * The standard library's table for reading fractions: the leading 128 bits of 5^q, q from -342 to 308, in two halves, the
 * high one first (D. Lemire, "Number parsing at a gigabyte per second", 2021). Ten kilobytes that no packing shrinks.
 */
function powersOfFive() {
  const table = Buffer.alloc((342 + 308 + 1) * 16);
  for (let q = -342; q <= 308; q++) {
    const power = 5n ** BigInt(Math.abs(q));
    // Reciprocals are rounded up; those of 64 bits and less at once, the others far behind what is kept.
    const behind = q < -27 ? 2n * bitsOf(power) + 128n : bitsOf(power) + 127n;
    const bits = leading(q < 0 ? (1n << behind) / power + 1n : power);
    const at = (q + 342) * 16;
    table.writeBigUInt64LE(bits >> 64n, at);
    table.writeBigUInt64LE(bits & 0xffff_ffff_ffff_ffffn, at + 8);
  }
  return table;
}
