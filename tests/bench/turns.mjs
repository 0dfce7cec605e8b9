// Times pieces of work by turns, so that whatever else the machine does falls on all of them alike: their ratios are what counts.
//
// A performer does a piece of work so many times and resolves to the milliseconds of a processor that it took, `(times) => ms`:
// what a processor does for others meanwhile is no part of them.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A sample repeats its work until it has lasted about this long: many steps of the clock. */
const SAMPLE_MS = 4;
/** A browser compiles its wasm a second time, for speed, beside its work; until then it is not itself. */
const WARM_MS = 700;
const MOST_ROUNDS = 101;
const FEWEST_ROUNDS = 15;
/** After this long, the rounds that there are have to do. */
const PATIENCE_MS = 4000;

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** How often a performer has to do its work in a sample; meanwhile it warms up. */
async function repeats(perform) {
  const begun = performance.now();
  let times = 1;
  do {
    const ms = await perform(times);
    times = Math.max(1, Math.round((times * SAMPLE_MS) / Math.max(ms, 0.01)));
  } while (performance.now() - begun < WARM_MS);
  return times;
}

/** Milliseconds of each performer, a list each: rounds in which each has its turn, in an order that goes back and forth. */
export async function rounds(performers) {
  const times = [];
  for (const perform of performers) times.push(await repeats(perform));
  const samples = performers.map(() => []);
  const order = performers.map((_, i) => i);
  const begun = performance.now();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (round >= FEWEST_ROUNDS && performance.now() - begun > PATIENCE_MS) break;
    for (const i of order) samples[i].push((await performers[i](times[i])) / times[i]);
    order.reverse();
  }
  return samples;
}

/** How many times as long the first takes as the second: the median over rounds. */
export const ratio = (these, those) => median(these.map((ms, round) => ms / those[round]));

/**
 * Prints `name<tab>ms<tab>ms<tab>floors<tab>times as long as before`, medians over rounds; the last is left out where there is no
 * before.
 */
export function tell(name, [floor, now, before]) {
  const columns = [name, median(now), 'ms', ratio(now, floor)];
  if (before) columns.push(ratio(now, before));
  console.log(columns.join('\t'));
}

/** A native bench program at work: `perform(workload, work)` is a performer. */
export function native(program) {
  const child = spawn(program, ['turns'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const perform = (workload, work) => async (times) => {
    child.stdin.write(`${workload}\t${work}\t${times}\n`);
    const { value, done } = await answers.next();
    if (done) throw new Error(`${program} has ended`);
    return Number(value);
  };
  return { perform, close: () => child.stdin.end() };
}

/** Milliseconds of a processor that a page's scripts have taken so far, as a function. */
export async function scriptClock(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration').value * 1000;
  };
}

/** A bench in wasm at work, in the page of a server of its folder: as `native`; `memory` is its size in MB. */
export async function wasm(context, url) {
  const page = await context.newPage();
  await page.goto(url);
  const clock = await scriptClock(page);
  let workload;
  const open = (id) =>
    page.evaluate(async (id) => {
      const { default: init, Workload } = await import(`./bench.js?${id}`);
      const { memory } = await init();
      globalThis.workload = new Workload(id);
      globalThis.workload.perform('run', 1);
      return memory.buffer.byteLength / 1e6;
    }, id);
  const perform = (id, work) => async (times) => {
    if (workload !== id) await open(id);
    workload = id;
    const before = await clock();
    // Within a timer, as the clock counts what the page is called for and not what it is asked to evaluate.
    await page.evaluate(
      ([work, times]) =>
        new Promise((done) => {
          setTimeout(() => {
            globalThis.workload.perform(work, times);
            done();
          });
        }),
      [work, times],
    );
    return (await clock()) - before;
  };
  return { perform, memory: open, close: () => page.close() };
}
