// Which of a function's local variables are still read, and where: what a piece of it must be given, and must give back.
import { binaryen, expression } from './module.mjs';

const NOTHING = new Set();

function both(one, other) {
  if (one.size === 0 || one === other) return other;
  const all = new Set(one);
  for (const local of other) all.add(local);
  return all.size === one.size ? one : all;
}

/**
 * What is read later where the piece from `first` to `last` of `body` begins (`before`), where it ends (`after`), and at the
 * labels around it (`at`, by name).
 */
export function live(body, first, last) {
  const found = {};
  /** What is read from before `ref` on, where `later` is read after it; `at` are the labels that it may leap to. */
  const reads = (ref, later, at) => {
    if (ref === last) Object.assign(found, { after: later, at });
    const before = readsOf(expression(ref), later, at);
    if (ref === first) found.before = before;
    return before;
  };
  const inOrder = (kids, later, at) => kids.reduceRight((next, kid) => reads(kid, next, at), later);
  const readsOf = ({ id, kids, ...it }, later, at) => {
    switch (id) {
      case binaryen.LocalGetId:
        return both(later, new Set([it.index]));
      case binaryen.LocalSetId: {
        const others = new Set(later);
        others.delete(it.index);
        return reads(it.value, others, at);
      }
      case binaryen.BlockId:
        return inOrder(kids, later, it.name ? new Map(at).set(it.name, later) : at);
      case binaryen.LoopId:
        // Round and round, until another round adds nothing.
        for (let start = NOTHING; ; ) {
          const next = both(start, reads(it.body, later, new Map(at).set(it.name, start)));
          if (next.size === start.size) return start;
          start = next;
        }
      case binaryen.IfId: {
        const arms = [reads(it.ifTrue, later, at), it.ifFalse ? reads(it.ifFalse, later, at) : later];
        return reads(it.condition, both(...arms), at);
      }
      case binaryen.BreakId:
        return inOrder(kids, it.condition ? both(later, at.get(it.name)) : at.get(it.name), at);
      case binaryen.SwitchId:
        return inOrder(kids, [it.defaultName, ...it.names].map((name) => at.get(name)).reduce(both), at);
      case binaryen.ReturnId:
      case binaryen.UnreachableId:
        return inOrder(kids, NOTHING, at);
      default:
        return inOrder(kids, later, at);
    }
  };
  reads(body, NOTHING, new Map());
  return found;
}
