// The arms of a function: the places where it may go one way or another, each with whether a watched run ever went there.
import { binaryen, expression, size } from './module.mjs';

const LEAPS = new Set([binaryen.BreakId, binaryen.SwitchId, binaryen.ReturnId]);

/**
 * The arms of `body`, in an order that is always the same: `{ branch, side }` an arm of an `if`, `{ block, from }` what a
 * block holds from that place on, which may be leapt over.
 */
export function arms(body) {
  const found = [];
  /** Whether something in `ref` may leap out of the order in which it stands. */
  const look = (ref) => {
    const { id, kids, ifFalse } = expression(ref);
    const leaps = kids.map(look);
    if (id === binaryen.BlockId) {
      leaps.slice(0, -1).forEach((isLeapt, at) => isLeapt && found.push({ block: ref, from: at + 1 }));
    }
    if (id === binaryen.IfId) {
      found.push({ branch: ref, side: 'IfTrue' });
      if (ifFalse) found.push({ branch: ref, side: 'IfFalse' });
    }
    return LEAPS.has(id) || leaps.includes(true);
  };
  look(body);
  return found;
}

/** Has each of these arms say that it was reached: `mark(arm)` makes the expression that does. */
export function tell(module, all, mark) {
  // From the last place of a block to its first: the others stay where they are.
  for (const arm of all.toReversed()) {
    if (arm.block) binaryen.Block.insertChildAt(arm.block, arm.from, mark(arm));
    else {
      const held = binaryen.If[`get${arm.side}`](arm.branch);
      const both = module.block(null, [mark(arm), held], binaryen.getExpressionType(held));
      binaryen.If[`set${arm.side}`](arm.branch, both);
    }
  }
}

/**
 * Code that was never reached, in pieces that stand together: `{ arm, refs, size }`, the largest first. A piece may stand in
 * another.
 */
export function unreached(all, isReached) {
  const pieces = [];
  const blocks = new Map();
  for (const arm of all) {
    if (arm.block) blocks.set(arm.block, [...(blocks.get(arm.block) ?? []), arm]);
    else if (!isReached(arm)) pieces.push({ arm, refs: [binaryen.If[`get${arm.side}`](arm.branch)] });
  }
  for (const [block, places] of blocks) {
    const { kids } = expression(block);
    places.forEach((arm, i) => {
      if (isReached(arm) || (i > 0 && !isReached(places[i - 1]))) return;
      const next = places.find((other) => other.from > arm.from && isReached(other));
      pieces.push({ arm, refs: kids.slice(arm.from, next?.from) });
    });
  }
  return pieces.map((piece) => ({ ...piece, size: size(piece.refs) })).sort((a, b) => b.size - a.size);
}
