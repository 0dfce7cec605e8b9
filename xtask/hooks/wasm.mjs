// The few things of a wasm file that its bytes tell sooner than a library: sections, sizes, names, data.

/** Ids of sections. */
const IMPORT = 2;
const EXPORT = 7;
const CODE = 10;
export const DATA = 11;
export const DATA_COUNT = 12;

/** Reads numbers and texts one after the other. */
class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
  }
  taken(size) {
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  text() {
    return this.taken(this.number()).toString('utf8');
  }
}

/** An unsigned LEB128. */
function number(value) {
  const bytes = [];
  do {
    const rest = value >>> 7;
    bytes.push((value & 127) | (rest ? 128 : 0));
    value = rest;
  } while (value);
  return Buffer.from(bytes);
}

/** A signed LEB128 of 32 bits. */
function signed(value) {
  const bytes = [];
  for (;;) {
    const low = value & 127;
    value >>= 7;
    const done = (value === 0 && !(low & 64)) || (value === -1 && low & 64);
    bytes.push(low | (done ? 0 : 128));
    if (done) return Buffer.from(bytes);
  }
}

const text = (value) => Buffer.concat([number(Buffer.byteLength(value)), Buffer.from(value)]);

/** The sections of a module, each as `{ id, body }`. */
export function sections(bytes) {
  const reader = new Reader(bytes, 8);
  const found = [];
  while (reader.at < bytes.length) {
    const id = reader.byte();
    found.push({ id, body: reader.taken(reader.number()) });
  }
  return found;
}

/** The module of these sections. */
export function module(sections) {
  const head = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  return Buffer.concat([head, ...sections.flatMap(({ id, body }) => [Buffer.from([id]), number(body.length), body])]);
}

const section = (bytes, id) => sections(bytes).find((section) => section.id === id)?.body ?? Buffer.from([0]);

/** Bytes of code of each function that is not imported. */
export function codeSizes(bytes) {
  const reader = new Reader(section(bytes, CODE));
  return Array.from({ length: reader.number() }, () => {
    const size = reader.number();
    reader.taken(size);
    return size;
  });
}

/** The data that stands in memory from the start, as `{ address, bytes }`. */
export function data(bytes) {
  const reader = new Reader(section(bytes, DATA));
  return Array.from({ length: reader.number() }, () => {
    const kind = reader.number();
    const constant = reader.byte();
    if (kind !== 0 || constant !== 0x41) throw new Error('data that does not stand in memory from the start');
    const address = reader.number();
    reader.byte();
    return { address, bytes: reader.taken(reader.number()) };
  });
}

/** A data section of such pieces. */
export function dataSection(pieces) {
  const bodies = pieces.map(({ address, bytes }) =>
    Buffer.concat([Buffer.from([0, 0x41]), signed(address), Buffer.from([0x0b]), number(bytes.length), bytes]),
  );
  return { id: DATA, body: Buffer.concat([number(pieces.length), ...bodies]) };
}

/** The module with what it imports and exports called otherwise: `rename` maps a name to a name. */
export function renamed(bytes, rename) {
  const rewrite = {
    [IMPORT](reader) {
      const entries = [number(reader.number())];
      while (reader.at < reader.bytes.length) {
        entries.push(text(reader.text()), text(rename(reader.text())));
        const from = reader.at;
        const kind = reader.byte();
        if (kind === 1) reader.byte();
        if (kind === 1 || kind === 2) {
          const limits = reader.number();
          reader.number();
          if (limits & 1) reader.number();
        } else if (kind === 3) reader.taken(2);
        else reader.number();
        entries.push(reader.bytes.subarray(from, reader.at));
      }
      return entries;
    },
    [EXPORT](reader) {
      const entries = [number(reader.number())];
      while (reader.at < reader.bytes.length) {
        entries.push(text(rename(reader.text())), reader.taken(1), number(reader.number()));
      }
      return entries;
    },
  };
  return module(
    sections(bytes).map(({ id, body }) => (rewrite[id] ? { id, body: Buffer.concat(rewrite[id](new Reader(body))) } : { id, body })),
  );
}
