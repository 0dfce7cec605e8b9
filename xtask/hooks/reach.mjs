// Which constants of the program only the rest can reach: texts, lists and tables that need not come with the first part.
//
// The linker says where each constant lies. What the first part's code names, and what is named in there in turn, it may read;
// what it only hands to functions of the rest it does not.

/** A constant in the linker's map: address, place in the file, size, alignment, section. */
const LINE = /^ *([0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) +.*:\(\.rodata([^)]*)\)$/;
/** How Rust writes that there is no further character: a number like an address, and in most programs. */
const NO_CHAR = 0x110000;
/** A table of no fewer bytes may be named by a place so far before it. */
const TABLE_BYTES = 32;
const BEFORE_BYTES = 512;
/** Bytes of an address. */
const WORD = 4;

/** All constants, `{ address, end }` in order; texts that the linker merged are parted where they end. */
export function constants(map, memory) {
  const found = [];
  for (const line of map.split('\n')) {
    const [, from, size, name] = LINE.exec(line) ?? [];
    if (!from) continue;
    const address = parseInt(from, 16);
    const end = Math.min(address + parseInt(size, 16), memory.address + memory.bytes.length);
    if (name) found.push({ address, end });
    else found.push(...texts(address, end, memory));
  }
  return found.filter(({ address, end }) => address < end).sort((a, b) => a.address - b.address);
}

function* texts(address, end, memory) {
  while (address < end) {
    const zero = memory.bytes.indexOf(0, address - memory.address);
    const next = zero < 0 ? end : Math.min(memory.address + zero + 1, end);
    yield { address, end: next };
    address = next;
  }
}

/**
 * The constants among `all` that `names` leads to. Where a panic stands is not followed: the code names it everywhere, and
 * reads it nowhere but in the report of a panic. What holds word by word one of `contents` counts only where `names` itself
 * says so: whoever looks through a list of files does not yet read them.
 */
export function reached(all, names, memory, contents = []) {
  const found = new Set();
  const open = [];
  const files = contents.map((content) => memory.address + memory.bytes.indexOf(content)).filter((at) => at >= memory.address);
  const isFile = (constant) => files.some((at) => at >= constant.address && at < constant.end);
  const add = (constant) => {
    if (found.has(constant) || isPlace(constant, memory)) return;
    found.add(constant);
    open.push(constant);
  };
  const name = (address, isListed) => {
    let [low, high] = [0, all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (all[middle].address <= address) low = middle + 1;
      else high = middle;
    }
    const constant = all[low - 1];
    if (!constant || (address === NO_CHAR && constant.address !== NO_CHAR)) return;
    // An end may be named too.
    if (address <= constant.end && !(isListed && isFile(constant))) add(constant);
    if (isListed || address === constant.address) return;
    // So may a place before a table that is read from its second entry on, or by letters.
    for (let next = low; next < all.length && all[next].address - address <= BEFORE_BYTES; next++) {
      if (all[next].end - all[next].address >= TABLE_BYTES) add(all[next]);
    }
  };
  for (const address of names) name(address);
  for (let constant = open.pop(); constant; constant = open.pop()) {
    const until = constant.end - memory.address - WORD;
    for (let at = Math.ceil(constant.address / WORD) * WORD - memory.address; at <= until; at += WORD) {
      name(memory.bytes.readUInt32LE(at), true);
    }
  }
  return found;
}

/** Whether this is where a panic stands: a file's name (address and length), line and column. */
function isPlace(constant, memory) {
  const at = constant.address - memory.address;
  if (constant.end - constant.address !== 4 * WORD) return false;
  const [file, length, line, column] = [0, 1, 2, 3].map((word) => memory.bytes.readUInt32LE(at + word * WORD));
  const from = file - memory.address;
  if (from < 0 || from + length > memory.bytes.length || line < 1 || column < 1) return false;
  return /^[\x21-\x7e]+\.rs$/.test(memory.bytes.toString('latin1', from, from + length));
}

const TOKEN = /\$?"(?:[^"\\]|\\.)*"|\(([a-z0-9_.]+)(?: (\$"(?:[^"\\]|\\.)*"|\$[^\s()]+|-?\d+))?|\)|\boffset=(\d+)/g;
const plain = (name) =>
  name.replace(/^\$"?|"$/g, '').replace(/\\([0-9a-f]{2}|.)/g, (_, code) => (code[1] ? String.fromCharCode(parseInt(code, 16)) : code));

/**
 * Every number in a module's text that may be an address, without those that are but handed over in a call for which
 * `isHandedOver(operation, name)` holds.
 */
export function numbers(text, isHandedOver = () => false) {
  const found = new Set();
  const above = [];
  for (const [token, operation, argument, offset] of text.replace(/^ \(data .*$/gm, '').matchAll(TOKEN)) {
    if (offset) found.add(Number(offset));
    else if (token === ')') above.pop();
    else if (operation) {
      const parent = above.at(-1);
      if (operation === 'i32.const' && !(parent && isHandedOver(...parent))) found.add(Number(argument));
      above.push([operation, argument ? plain(argument) : '']);
    }
  }
  if (above.length > 0) throw new Error("the module's text is not understood");
  return found;
}
