// What a build takes out of functions still does what it did, reached or not (`xtask/hooks/outline.mjs`).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arms, tell } from '../../xtask/hooks/arms.mjs';
import { binaryen, functions, read } from '../../xtask/hooks/module.mjs';
import { outline } from '../../xtask/hooks/outline.mjs';

/** Each takes two whole numbers and returns one; what they store goes into the result too. */
const FUNCTIONS = {
  'a value on either side': `
    (local.set $c (if (result i32) (i32.lt_s (local.get $a) (local.get $b))
      (then (i32.mul (i32.add (local.get $a) (i32.const 3)) (local.get $b)))
      (else (i32.sub (local.get $a) (i32.mul (local.get $b) (i32.const 5))))))
    (i32.add (local.get $c) (local.get $a))`,
  'several locals left behind, of all types': `
    (if (i32.gt_s (local.get $a) (i32.const 1)) (then
      (local.set $c (i32.add (local.get $a) (local.get $b)))
      (local.set $l (i64.extend_i32_s (i32.mul (local.get $c) (i32.const 7))))
      (local.set $d (f64.convert_i32_s (i32.sub (local.get $b) (local.get $c))))
      (if (i32.eq (local.get $b) (i32.const 2)) (then (local.set $a (i32.const 40))))))
    (i32.add (i32.add (local.get $a) (local.get $c))
      (i32.add (i32.wrap_i64 (local.get $l)) (i32.trunc_sat_f64_s (local.get $d))))`,
  'a local that only one way sets': `
    (local.set $c (i32.const 5))
    (if (i32.gt_s (local.get $a) (i32.const 1)) (then
      (if (i32.eq (local.get $b) (i32.const 2)) (then (local.set $c (i32.const 40))))))
    (local.get $c)`,
  'many ways on': `
    (block $three (block $two (block $one (block $zero
      (br_table $zero $one $two $three (local.get $a)))
      (local.set $c (i32.add (local.get $b) (i32.const 100)))
      (br_if $two (i32.eq (local.get $b) (i32.const 1)))
      (br_if $three (i32.eq (local.get $b) (i32.const 2)))
      (local.set $c (i32.add (local.get $c) (i32.const 1000))))
      (local.set $c (i32.add (local.get $c) (i32.const 10)))
      (br_if $three (i32.gt_s (local.get $b) (i32.const 2))))
      (local.set $c (i32.add (local.get $c) (i32.const 20))))
    (i32.add (local.get $c) (local.get $b))`,
  'a loop left and gone round again from within': `
    (block $out (loop $again
      (local.set $c (i32.add (local.get $c) (local.get $a)))
      (if (i32.gt_s (local.get $c) (i32.const 6)) (then
        (local.set $b (i32.sub (local.get $b) (i32.const 1)))
        (br_if $out (i32.le_s (local.get $b) (i32.const 0)))
        (local.set $c (i32.sub (local.get $c) (i32.const 5)))
        (br $again)))
      (br_if $out (i32.le_s (local.get $a) (i32.const 0)))
      (br $again)))
    (i32.add (i32.mul (local.get $c) (i32.const 10)) (local.get $b))`,
  'what one round leaves for the next alone': `
    (loop $again
      (if (i32.and (local.get $a) (i32.const 1)) (then
        (local.set $c (i32.add (i32.mul (local.get $c) (i32.const 3)) (i32.const 1)))
        (i32.store (i32.const 8) (local.get $c))))
      (local.set $a (i32.sub (local.get $a) (i32.const 1)))
      (br_if $again (i32.gt_s (local.get $a) (i32.const 0))))
    (local.get $b)`,
  'a return from within': `
    (if (i32.eq (local.get $a) (local.get $b)) (then
      (i32.store (i32.const 8) (i32.const 77))
      (return (i32.mul (local.get $a) (i32.const 11)))))
    (if (i32.gt_s (local.get $a) (i32.const 2)) (then
      (if (i32.eqz (local.get $b)) (then (return (i32.const 5))))
      (local.set $c (i32.const 9))))
    (i32.add (local.get $c) (i32.const 1))`,
  'an end': `
    (if (i32.eq (local.get $a) (i32.const 3)) (then
      (i32.store (i32.const 8) (local.get $b))
      (unreachable)))
    (i32.add (local.get $a) (local.get $b))`,
  'a value and locals left behind': `
    (local.set $c (if (result i32) (i32.gt_s (local.get $b) (local.get $a))
      (then (local.set $a (i32.add (local.get $a) (i32.const 6))) (i32.mul (local.get $a) (local.get $b)))
      (else (local.set $b (i32.const 4)) (i32.const 2))))
    (i32.add (i32.add (local.get $a) (local.get $b)) (local.get $c))`,
};

const program = (body) =>
  binaryen.parseText(`(module (memory (export "memory") 1) (func $tested (export "tested") (param $a i32) (param $b i32) (result i32)
    (local $c i32) (local $l i64) (local $d f64) ${body}))`).emitBinary();

/** What comes of each pair of arguments, the memory included. */
function results(bytes) {
  const { tested, memory } = new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports;
  const view = new DataView(memory.buffer);
  const found = [];
  for (let a = -1; a < 6; a++) {
    for (let b = -1; b < 6; b++) {
      view.setInt32(8, 0, true);
      let result;
      try {
        result = tested(a, b);
      } catch (error) {
        result = error.message;
      }
      found.push([a, b, result, view.getInt32(8, true)]);
    }
  }
  return found;
}

for (const [name, body] of Object.entries(FUNCTIONS)) {
  test(`taken out of its function: ${name}`, () => {
    const whole = program(body);
    const expected = results(whole);
    const count = arms(functions(read(whole))[0].body).length;
    assert.ok(count > 0);
    let pieces = 0;
    // Every arm by itself, and every choice of several.
    for (let choice = 1; choice < 2 ** count; choice++) {
      const module = read(whole);
      const isReached = (arm) => (choice & (1 << arm)) === 0;
      pieces += outline(module, () => true, isReached, 1);
      assert.ok(module.validate(), `choice ${choice}: ${module.emitText()}`);
      assert.deepEqual(results(module.emitBinary()), expected, `choice ${choice}: ${module.emitText()}`);
      module.dispose();
    }
    assert.ok(pieces >= 2 ** (count - 1), `${pieces} pieces`);
  });
}

test('the arms that a call reaches tell, and no others', () => {
  const module = read(program(FUNCTIONS['a value on either side']));
  module.addFunctionImport('$told', 'mark', 'told', binaryen.i32, binaryen.none);
  const [tested] = functions(module).filter((f) => !f.module);
  const all = arms(tested.body);
  tell(module, all, (arm) => module.call('$told', [module.i32.const(all.indexOf(arm))], binaryen.none));
  const told = [];
  const mark = { told: (arm) => told.push(arm) };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module.emitBinary()), { mark });
  exports.tested(1, 2);
  exports.tested(2, 1);
  assert.deepEqual(told.map((arm) => all[arm].side), ['IfTrue', 'IfFalse']);
});

test('what is not to be cut, is reached or is small stays', () => {
  const cuts = (...how) => outline(read(program(FUNCTIONS['many ways on'])), ...how);
  assert.equal(cuts(() => false, () => false, 1), 0);
  assert.equal(cuts(() => true, () => true, 1), 0);
  assert.equal(cuts(() => true, () => false), 0);
  assert.ok(cuts(() => true, () => false, 1) > 0);
});
