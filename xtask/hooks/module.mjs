// The program as binaryen knows it: reading it, what it holds, and its expressions as a tree.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const tools = createRequire(join(import.meta.dirname, '..', '..', 'tests', 'package.json'));
export const { default: binaryen } = await import(tools.resolve('binaryen'));

const { Features: features } = binaryen;
const FEATURES =
  features.BulkMemory |
  features.BulkMemoryOpt |
  features.CallIndirectOverlong |
  features.Multivalue |
  features.MutableGlobals |
  features.NontrappingFPToInt |
  features.ReferenceTypes |
  features.SIMD128 |
  features.SignExt;

export function read(bytes) {
  const module = binaryen.readBinary(bytes);
  module.setFeatures(FEATURES);
  return module;
}

export const functions = (module) =>
  Array.from({ length: module.getNumFunctions() }, (_, i) => {
    const ref = module.getFunctionByIndex(i);
    return { ref, ...binaryen.getFunctionInfo(ref) };
  });

export const globals = (module) =>
  Array.from({ length: module.getNumGlobals() }, (_, i) => binaryen.getGlobalInfo(module.getGlobalByIndex(i)));

export const tables = (module) =>
  Array.from({ length: module.getNumTables() }, (_, i) => binaryen.getTableInfo(module.getTableByIndex(i)));

export const exported = (module) =>
  Array.from({ length: module.getNumExports() }, (_, i) => binaryen.getExportInfo(module.getExportByIndex(i)));

const none = () => [];
const value = ({ value }) => (value ? [value] : []);
/** What each kind of expression holds, in the order in which it runs. */
const HELD = new Map([
  [binaryen.NopId, none],
  [binaryen.UnreachableId, none],
  [binaryen.ConstId, none],
  [binaryen.MemorySizeId, none],
  [binaryen.LocalGetId, none],
  [binaryen.GlobalGetId, none],
  [binaryen.RefNullId, none],
  [binaryen.RefFuncId, none],
  [binaryen.BlockId, ({ children }) => [...children]],
  [binaryen.IfId, ({ condition, ifTrue, ifFalse }) => [condition, ifTrue, ...(ifFalse ? [ifFalse] : [])]],
  [binaryen.LoopId, ({ body }) => [body]],
  [binaryen.BreakId, ({ value, condition }) => [value, condition].filter(Boolean)],
  [binaryen.SwitchId, ({ value, condition }) => [value, condition].filter(Boolean)],
  [binaryen.CallId, ({ operands }) => [...operands]],
  [binaryen.CallIndirectId, ({ operands, target }) => [...operands, target]],
  [binaryen.LocalSetId, value],
  [binaryen.GlobalSetId, value],
  [binaryen.DropId, value],
  [binaryen.UnaryId, value],
  [binaryen.ReturnId, value],
  [binaryen.LoadId, ({ ptr }) => [ptr]],
  [binaryen.StoreId, ({ ptr, value }) => [ptr, value]],
  [binaryen.BinaryId, ({ left, right }) => [left, right]],
  [binaryen.SelectId, ({ ifTrue, ifFalse, condition }) => [ifTrue, ifFalse, condition]],
  [binaryen.MemoryGrowId, ({ delta }) => [delta]],
  [binaryen.MemoryCopyId, ({ dest, source, size }) => [dest, source, size]],
  [binaryen.MemoryFillId, ({ dest, value, size }) => [dest, value, size]],
  [binaryen.SIMDExtractId, ({ vec }) => [vec]],
  [binaryen.SIMDReplaceId, ({ vec, value }) => [vec, value]],
  [binaryen.SIMDShuffleId, ({ left, right }) => [left, right]],
  [binaryen.SIMDTernaryId, ({ a, b, c }) => [a, b, c]],
  [binaryen.SIMDShiftId, ({ vec, shift }) => [vec, shift]],
  [binaryen.SIMDLoadId, ({ ptr }) => [ptr]],
  [binaryen.SIMDLoadStoreLaneId, ({ ptr, vec }) => [ptr, vec]],
]);
/** Of these binaryen tells nothing, and there is nothing to tell. */
const BARE = new Set([binaryen.NopId, binaryen.UnreachableId, binaryen.ConstId, binaryen.MemorySizeId]);

/** An expression as `{ id, kids, ... }`; `isStrange` where it is of a kind that is not known here, and keeps what it holds. */
export function expression(ref) {
  const id = binaryen.getExpressionId(ref);
  const held = HELD.get(id);
  if (!held) return { id, kids: [], isStrange: true };
  const info = BARE.has(id) ? { id } : binaryen.getExpressionInfo(ref);
  return { ...info, kids: held(info) };
}

/** The expressions from this one down. */
export function* within(ref) {
  yield ref;
  for (const kid of expression(ref).kids) yield* within(kid);
}

/** How many expressions these are, all that they hold included: a measure of their code. */
export const size = (refs) => refs.reduce((sum, ref) => sum + 1 + size(expression(ref).kids), 0);
