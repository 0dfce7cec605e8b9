// Tells samples that a neighbour on the machine slowed down from the others, as
// `crates/bench/src/sampling.rs` does for what runs without a page: a piece of
// fixed work beside each sample takes longer when its core is shared.

/**
 * Milliseconds that some fixed work took here, which keeps all of a core's
 * units busy: independent chains of xorshift. It runs in node and in pages, so
 * it refers to nothing outside itself.
 */
export function reference() {
  const round = () => {
    let [a, b, c, d] = [1, 2, 3, 4];
    for (let i = 0; i < 1_200_000; i += 1) {
      a ^= a << 13;
      b ^= b << 13;
      c ^= c << 13;
      d ^= d << 13;
      a ^= a >>> 17;
      b ^= b >>> 17;
      c ^= c >>> 17;
      d ^= d >>> 17;
    }
    return a + b + c + d;
  };
  const begun = performance.now();
  round();
  return performance.now() - begun;
}

export const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/**
 * Samples of one figure, each between two references. A page's work is spread
 * over too long to be left alone, so the calmest quarter counts.
 */
export class Samples {
  #samples = [];

  /** A value, and what the reference took before and after. */
  add(value, before, after) {
    this.#samples.push({ value, reference: Math.max(before, after) });
  }

  /** `name<tab>median of the calmest<tab>ms<tab>median of all<tab>how many are the calmest<tab>samples`. */
  line(name) {
    if (this.#samples.length === 0) return '';
    const byCalm = this.#samples.toSorted((a, b) => a.reference - b.reference);
    const all = byCalm.map(({ value }) => value);
    const calm = all.slice(0, Math.ceil(all.length / 4));
    return `${name}\t${median(calm)}\tms\t${median(all)}\t${calm.length}\t${all.length}\n`;
  }
}
