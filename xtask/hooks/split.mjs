// Divides the program in two: what the first view calls, and the rest.
//
// The rest is a second module over the same memory and tables. Where the first part calls a function of the rest, a stub
// stands that looks it up in a table of its own, and first has the rest loaded where that has not happened yet. Which
// functions go where is what a run of the page told (`first_view.mjs`), and large pieces that it never reached are functions too
// (`outline.mjs`); a wrong guess costs a load, never a result.
import { arms, tell } from './arms.mjs';
import { binaryen, exported, functions, globals, read, tables } from './module.mjs';
import { outline } from './outline.mjs';
import { constants, numbers, reached } from './reach.mjs';
import { DATA, DATA_COUNT, codeSizes, data, dataSection, module as moduleOf, sections } from './wasm.mjs';

const { i32, none } = binaryen;

/** Module that the instrumented program imports, and what the rest calls the first part. */
export const MARK = 'mark';
export const FIRST = 'first';
/** Export that has the rest loaded before it returns. */
const LOAD = 'load_rest_now';
/** The table of the rest's functions. */
const REST = '$rest';
/** Code of no more bytes stays where it is: it does nothing but return. */
const EMPTY_BYTES = 3;
/** Zeros between two constants that are sent rather than left out. */
const GAP_BYTES = 8;
/** Code of no more bytes stands in both parts: to be asked for it costs the first part more. */
const COPIED_BYTES = 48;
/**
 * What these call depends on addresses (and they on all that was there before, such as the length of a text) or on how long a
 * rendering takes: no watching tells, so they stay with the first part.
 */
const BY_CHANCE = /dlmalloc|hashbrown.*closure|yew::scheduler/;

/** Functions up to this size, in binaryen's measure, stand where they are called. */
const INLINED_SIZE = 8;

function emitted(module) {
  module.runPasses(['remove-unused-module-elements']);
  binaryen.setOptimizeLevel(2);
  binaryen.setShrinkLevel(2);
  // A browser compiles each function when it is first called, at a price for every one: the smallest are not worth it.
  binaryen.setAlwaysInlineMaxSize(INLINED_SIZE);
  binaryen.setFlexibleInlineMaxSize(INLINED_SIZE);
  module.optimize();
  if (!module.validate()) throw new Error('the divided program is not valid');
  return { bytes: module.emitBinary(), text: module.emitText() };
}

/** The program with every function, then every arm of one, telling that it was reached: `mark.called(number)`. */
export function instrumented(bytes) {
  const module = read(bytes);
  const own = functions(module).filter((f) => !f.module);
  module.addFunctionImport('$called', MARK, 'called', i32, none);
  const mark = (number) => module.call('$called', [module.i32.const(number)], none);
  let number = own.length;
  for (const f of own) {
    const numbered = new Map(arms(f.body).map((arm) => [arm, number++]));
    tell(module, [...numbered.keys()], (arm) => mark(numbered.get(arm)));
  }
  own.forEach((f, number) => binaryen.Function.setBody(f.ref, module.block(null, [mark(number), f.body], f.results)));
  return module.emitBinary();
}

/**
 * The program with what was never reached within its functions in functions of its own, after all others, and the names of
 * the functions that were `called`.
 */
function outlined(program, called) {
  const module = read(program);
  const own = functions(module).filter((f) => !f.module);
  const load = loader(module);
  const names = new Set(own.filter((_, number) => called.has(number)).map((f) => f.name));
  const mayBeCut = (name) => names.has(name) && name !== load && !BY_CHANCE.test(name);
  outline(module, mayBeCut, (arm) => called.has(own.length + arm));
  if (!module.validate()) throw new Error('the program is not valid once it is cut');
  // The names say where a function was cut from.
  binaryen.setDebugInfo(true);
  const bytes = module.emitBinary();
  binaryen.setDebugInfo(false);
  return { bytes, names };
}

/** The function that has the rest loaded. */
function loader(module) {
  const load = exported(module).find((e) => e.name === LOAD)?.value;
  if (!load) throw new Error(`the program exports no ${LOAD}`);
  return load;
}

/**
 * Divides `program`; `called` holds the numbers of the functions that the first view calls and of the arms that it reaches, `map`
 * what the linker wrote down, `contents` what stands in the program word by word. Returns the two modules' bytes.
 */
export function divided(program, called, map, contents) {
  const { bytes, names } = outlined(program, called);
  const sizes = codeSizes(bytes);
  const whole = read(bytes);
  const load = loader(whole);
  const later = new Set();
  const small = new Set();
  let number = 0;
  for (const f of functions(whole)) {
    if (f.module) continue;
    if (sizes[number] <= COPIED_BYTES && f.name !== load) small.add(f.name);
    const stays = f.name === load || names.has(f.name) || sizes[number] <= EMPTY_BYTES || BY_CHANCE.test(f.name);
    if (!stays) later.add(f.name);
    number += 1;
  }

  // Of the later functions only those that something of the first part knows need a stub.
  const survey = read(bytes);
  for (const f of functions(survey)) if (later.has(f.name)) binaryen.Function.setBody(f.ref, survey.unreachable());
  survey.runPasses(['remove-unused-module-elements']);
  const slots = new Map();
  const known = new Set(functions(survey).map((f) => f.name));
  for (const name of known) if (later.has(name)) slots.set(name, slots.size);
  for (const f of functions(whole)) if (!f.module && !known.has(f.name)) later.add(f.name);

  const second = rest(bytes, later, small, slots);
  const opening = first(bytes, load, later, slots, second.wanted);
  const memory = image(opening.bytes);
  const all = constants(map, memory);
  // A stub has the rest loaded before what it was handed is read.
  const isHandedOver = (operation, name) =>
    (operation === 'call' && later.has(name)) || (operation === 'call_indirect' && name === REST);
  const kept = reached(all, numbers(opening.text, isHandedOver), memory, contents);
  const pieces = all.filter((constant) => !kept.has(constant));
  const moved = taken(memory, pieces);
  const other = (bytes) => sections(bytes).filter(({ id }) => id !== DATA && id !== DATA_COUNT);
  return {
    first: moduleOf([...other(opening.bytes), dataSection([memory])]),
    rest: moduleOf([...other(second.bytes), dataSection(moved)]),
  };
}

/** All data in one piece: what is packed away between two of them is nothing but zeros. */
function image(bytes) {
  const pieces = data(bytes);
  const address = Math.min(...pieces.map((piece) => piece.address));
  const end = Math.max(...pieces.map((piece) => piece.address + piece.bytes.length));
  const memory = Buffer.alloc(end - address);
  for (const piece of pieces) memory.set(piece.bytes, piece.address - address);
  return { address, bytes: memory };
}

/** Takes constants out of the memory: zeros in their place, and what stood there as `{ address, bytes }`. */
function taken(memory, constants) {
  const joined = [];
  for (const { address, end } of constants) {
    const last = joined.at(-1);
    // A few zeros between two cost less than a piece of its own.
    if (last && address - last.end <= GAP_BYTES) last.end = end;
    else joined.push({ address, end });
  }
  const pieces = joined.map(({ address, end }) => {
    const stood = memory.bytes.subarray(address - memory.address, end - memory.address);
    return { address, bytes: Buffer.from(stood) };
  });
  for (const { address, end } of constants) memory.bytes.fill(0, address - memory.address, end - memory.address);
  return pieces;
}

function first(bytes, load, later, slots, wanted) {
  const module = read(bytes);
  module.addGlobal('$is_loaded', i32, true, module.i32.const(0));
  module.addTable(REST, slots.size, slots.size);
  const loads = module.if(module.i32.eqz(module.global.get('$is_loaded', i32)), module.call(load, [], none));
  module.addFunction('$loads', none, none, [], loads);
  for (const f of functions(module)) {
    if (!later.has(f.name)) continue;
    const slot = slots.get(f.name);
    if (slot === undefined) {
      binaryen.Function.setBody(f.ref, module.unreachable());
      continue;
    }
    const args = binaryen.expandType(f.params).map((type, i) => module.local.get(i, type));
    const call = module.call_indirect(REST, module.i32.const(slot), args, f.params, f.results);
    module.removeFunction(f.name);
    module.addFunction(f.name, f.params, f.results, [], module.block(null, [module.call('$loads', [], none), call], f.results));
  }
  for (const { kind, name, as } of wanted) {
    if (kind === 'function') module.addFunctionExport(name, as);
    if (kind === 'global') module.addGlobalExport(name, as);
    if (kind === 'table') module.addTableExport(name, as);
    if (kind === 'memory') module.addMemoryExport(name, as);
  }
  return emitted(module);
}

function rest(bytes, later, small, slots) {
  const module = read(bytes);
  const names = new Map();
  const short = (kind, name) => {
    const as = names.size.toString(36);
    names.set(as, { kind, name, as });
    return as;
  };
  for (const e of exported(module)) module.removeExport(e.name);
  const segments = Array.from({ length: module.getNumElementSegments() }, (_, i) =>
    binaryen.getElementSegmentInfo(module.getElementSegmentByIndex(i)),
  );
  for (const segment of segments) module.removeElementSegment(segment.name);
  for (const f of functions(module)) {
    if (later.has(f.name) || small.has(f.name)) continue;
    module.removeFunction(f.name);
    module.addFunctionImport(f.name, FIRST, short('function', f.name), f.params, f.results);
  }
  for (const g of globals(module)) {
    module.removeGlobal(g.name);
    module.addGlobalImport(g.name, FIRST, short('global', g.name), g.type, g.mutable);
  }
  for (const table of tables(module)) module.addTableImport(table.name, FIRST, short('table', table.name));
  const memory = module.getMemoryInfo();
  module.addMemoryImport(memory.name ?? '0', FIRST, short('memory', memory.name ?? '0'));

  module.addTable(REST, slots.size, slots.size);
  module.addTableImport(REST, FIRST, short('table', REST));
  module.addActiveElementSegment(REST, '$slots', [...slots.keys()], module.i32.const(0));
  module.addGlobalImport('$is_loaded', FIRST, short('global', '$is_loaded'), i32, true);
  const ready = module.global.set('$is_loaded', module.i32.const(1));
  module.setStart(module.addFunction('$ready', none, none, [], ready));
  const whole = emitted(module);

  const used = [
    ...functions(module).filter((f) => f.module).map((f) => f.base),
    ...globals(module).filter((g) => g.module).map((g) => g.base),
    ...tables(module).filter((t) => t.module).map((t) => t.base),
    ...[...names.values()].filter((n) => n.kind === 'memory').map((n) => n.as),
  ];
  return { ...whole, wanted: used.map((as) => names.get(as)) };
}
