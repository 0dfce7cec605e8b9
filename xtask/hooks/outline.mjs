// Takes out of functions what a watched run never reached: each large piece becomes a function of its own, which then may go
// where the functions go that were never called.
//
// What a piece reads it is given as arguments. What it leaves behind comes back in globals, and where it leaves to as its
// result: a number for each label, unless there is but one way on.
import { arms, unreached } from './arms.mjs';
import { live } from './live.mjs';
import { binaryen, expression, functions, within } from './module.mjs';

const { i32, none, unreachable } = binaryen;
/** Expressions of a piece that is worth a call. */
const LEAST_SIZE = 30;
/** More to hand over costs more than the piece. */
const MOST_GIVEN = 12;
const MOST_LEFT = 8;
/** Loops of the simulation stay whole: what one scenario never does another does each minute. */
const WHOLE = /^<?engine::(simulate|scaling|cloudwatch|service|fleet|latency|run)/;

/**
 * Takes pieces of at least `leastSize` out of the functions for which `mayBeCut(name)` holds; `isReached(number)` tells of the arms
 * of all in turn. Returns how many.
 */
export function outline(module, mayBeCut, isReached, leastSize = LEAST_SIZE) {
  let number = 0;
  let pieces = 0;
  for (const f of functions(module)) {
    if (f.module) continue;
    const numbered = new Map(arms(f.body).map((arm) => [arm, number++]));
    if (!mayBeCut(f.name) || WHOLE.test(f.name)) continue;
    const found = unreached([...numbered.keys()], (arm) => isReached(numbered.get(arm)));
    const large = found.filter(({ size }) => size >= leastSize);
    if (large.length === 0 || [...within(f.body)].some((ref) => expression(ref).isStrange)) continue;
    const locals = [...binaryen.expandType(f.params), ...f.vars];
    const gone = new Set();
    for (const piece of large) {
      if (gone.has(piece.refs[0])) continue;
      const whole = piece.refs.flatMap((ref) => [...within(ref)]);
      const plan = planned(f.body, piece, whole);
      if (!plan) continue;
      put(module, piece, cut(module, `$unreached${pieces++}`, plan, piece.refs, whole, locals, f.results));
      for (const ref of whole) gone.add(ref);
    }
  }
  return pieces;
}

/**
 * How the piece is to be called: the locals `given` to it and those it has `left`, the `ways` on from it (`END`, `RETURN`, labels)
 * and the type of its `value`. Nothing where a call cannot be made, or is not worth it.
 */
function planned(body, { refs }, whole) {
  const inside = new Set();
  const ways = new Set();
  const [got, set] = [new Set(), new Set()];
  for (const { id, name, index, ...it } of whole.map(expression)) {
    if ((id === binaryen.BlockId || id === binaryen.LoopId) && name) inside.add(name);
    if (id === binaryen.LocalGetId) got.add(index);
    if (id === binaryen.LocalSetId) set.add(index);
    if (id === binaryen.ReturnId) ways.add(it.value ? VALUE : RETURN);
    if (it.isReturn) return undefined;
  }
  for (const { id, name, value, names, defaultName } of whole.map(expression)) {
    const labels = id === binaryen.BreakId ? [name] : id === binaryen.SwitchId ? [defaultName, ...names] : [];
    const outward = labels.filter((label) => !inside.has(label));
    if (outward.length > 0 && value) return undefined;
    for (const label of outward) ways.add(label);
  }
  const types = refs.map(binaryen.getExpressionType);
  if (!types.includes(unreachable)) ways.add(END);
  // A number tells one way from another, and nothing more.
  if (ways.size > 1 && (ways.has(VALUE) || ways.has(RETURN))) return undefined;
  const value = ways.has(END) && types.at(-1) !== none ? types.at(-1) : undefined;
  if (value && ways.size > 1) return undefined;

  const { before, after, at } = live(body, refs[0], refs.at(-1));
  const read = new Set([...ways].flatMap((way) => (way === END ? [...after] : way === RETURN || way === VALUE ? [] : [...at.get(way)])));
  const left = [...set].filter((local) => read.has(local));
  const given = [...before].filter((local) => got.has(local) || left.includes(local));
  if (given.length > MOST_GIVEN || left.length > MOST_LEFT) return undefined;
  return { given, left, ways: [...ways], value };
}
const [END, RETURN, VALUE] = ['its end', 'a return', 'a return with a value'].map(Symbol);

/** Makes the piece a function `name`; returns what stands in its place. */
function cut(module, name, { given, left, ways, value }, refs, whole, locals, results) {
  // Its own locals: what it is given, then what else it names.
  const own = new Map(given.map((local, i) => [local, i]));
  const ownOf = (local) => own.get(local) ?? own.set(local, own.size).get(local);
  for (const ref of whole) {
    const id = binaryen.getExpressionId(ref);
    if (id === binaryen.LocalGetId) binaryen.LocalGet.setIndex(ref, ownOf(binaryen.LocalGet.getIndex(ref)));
    if (id === binaryen.LocalSetId) binaryen.LocalSet.setIndex(ref, ownOf(binaryen.LocalSet.getIndex(ref)));
  }
  const passed = left.map((local, i) => ({ local, type: locals[local], by: global(module, locals[local], i) }));
  const gives = () => passed.map(({ local, type, by }) => module.global.set(by, module.local.get(ownOf(local), type)));
  const takes = passed.map(({ local, type, by }) => module.local.set(local, module.global.get(by, type)));

  const onward = ways.filter((way) => typeof way === 'string');
  const [hasEnd, isReturned] = [ways.includes(END), ways.includes(VALUE)];
  const result = isReturned ? results : (value ?? (ways.length > 1 ? i32 : none));
  let body;
  if (value && left.length === 0) body = refs;
  else if (value) {
    const kept = global(module, value, left.length);
    const valued = module.global.set(kept, refs.at(-1));
    body = [...refs.slice(0, -1), valued, ...gives(), module.global.get(kept, value)];
  } else {
    // Blocks named as the labels around it: a leap to one ends there, and says so.
    body = hasEnd ? [...refs, ...gives()] : refs;
    const says = (way) => (ways.length > 1 ? [module.return(module.i32.const(ways.indexOf(way)))] : []);
    if (hasEnd) body = [...body, ...says(END)];
    for (const label of onward) body = [module.block(label, body, none), ...gives(), ...says(label)];
  }
  const vars = [...own.keys()].slice(given.length).map((local) => locals[local]);
  const params = binaryen.createType(given.map((local) => locals[local]));
  const isEndless = ways.length !== 1 || ways[0] === RETURN || isReturned;
  module.addFunction(name, params, result, vars, module.block(null, isEndless ? [...body, module.unreachable()] : body, result));

  const call = module.call(name, given.map((local) => module.local.get(local, locals[local])), result);
  if (ways.length === 0) return [call, module.unreachable()];
  if (isReturned) return [module.return(call)];
  if (ways[0] === RETURN) return [call, module.return()];
  if (value) return takes.length === 0 ? [call] : inTurn(module, call, takes, value, left.length);
  if (ways.length === 1) return [call, ...takes, ...onward.map((label) => module.br(label))];
  return leaps(module, name, ways, call, takes);
}

/** The value of a call, once what it left is taken. */
function inTurn(module, call, takes, value, place) {
  const kept = global(module, value, place);
  return [module.global.set(kept, call), ...takes, module.global.get(kept, value)];
}

/** Goes on where the number says that the call has come to. */
function leaps(module, name, ways, call, takes) {
  const end = `${name}.end`;
  const kept = global(module, i32, takes.length);
  const [before, way] = takes.length === 0 ? [[], call] : [[module.global.set(kept, call), ...takes], module.global.get(kept, i32)];
  const labels = ways.map((way) => (way === END ? end : way));
  const last = ways.at(-1);
  if (ways.length === 2 && last === END) return [...before, module.br(labels[0], module.i32.eqz(way))];
  if (ways.length === 2) return [...before, module.br(labels[1], way), module.br(labels[0])];
  const chosen = module.switch(labels.slice(0, -1), labels.at(-1), way);
  return [...before, ways.includes(END) ? module.block(end, [chosen], none) : chosen];
}

/** Puts expressions where the piece stood. */
function put(module, { arm, refs }, by) {
  if (arm.block) {
    const { kids } = expression(arm.block);
    const at = kids.indexOf(refs[0]);
    binaryen.Block.setChildren(arm.block, [...kids.slice(0, at), ...by, ...kids.slice(at + refs.length)]);
  } else {
    binaryen.If[`set${arm.side}`](arm.branch, by.length === 1 ? by[0] : module.block(null, by, binaryen.getExpressionType(refs[0])));
  }
}

const TYPES = { [i32]: 'i32', [binaryen.i64]: 'i64', [binaryen.f32]: 'f32', [binaryen.f64]: 'f64' };
/** The global in which a value of that type comes back; a piece has them numbered. */
function global(module, type, place) {
  const name = `$left.${TYPES[type]}.${place}`;
  if (!module.getGlobal(name)) module.addGlobal(name, type, true, module[TYPES[type]].const(type === binaryen.i64 ? 0n : 0));
  return name;
}
