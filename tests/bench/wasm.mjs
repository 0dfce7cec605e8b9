// Times the workloads of crates/bench as wasm in Chromium:
//   node tests/bench/wasm.mjs <folder of bench.js and bench_bg.wasm>
// Prints `name<tab>value<tab>unit` lines, medians.
import { launch } from '../e2e/browser.mjs';
import { serve } from '../e2e/server.mjs';

const WORKLOADS = ['7_days', '30_days', '30_days_noise', '365_days'];
const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>bench</title>';

/** Runs in the page: one workload in a wasm instance of its own. */
async function measure(id) {
  const SAMPLES = 21;
  // The browser's clock goes in steps; a sample lasts many of them.
  const SAMPLE_MS = 20;
  // A new page compiles its wasm a second time, for speed, beside its work; until then neither is itself.
  const WARM_MS = 1000;
  const { default: init, Workload } = await import(`./bench.js?${id}`);
  const { memory } = await init();
  const workload = new Workload(id);
  workload.run();
  const megabytes = memory.buffer.byteLength / 1e6;
  const median = (work) => {
    const workFor = (ms) => {
      const begun = performance.now();
      let times = 0;
      do {
        work();
        times += 1;
      } while (performance.now() - begun < ms);
      return times;
    };
    workFor(WARM_MS);
    const repeats = workFor(SAMPLE_MS);
    const samples = Array.from({ length: SAMPLES }, () => {
      const start = performance.now();
      for (let i = 0; i < repeats; i += 1) work();
      return (performance.now() - start) / repeats;
    });
    return samples.sort((a, b) => a - b)[SAMPLES >> 1];
  };
  return [
    [`${id}/memory`, megabytes, 'MB'],
    [`${id}/compile`, median(() => workload.compile()), 'ms'],
    [`${id}/run`, median(() => workload.run()), 'ms'],
    [`${id}/run+report`, median(() => workload.run_and_report()), 'ms'],
  ];
}

const server = await serve(process.argv[2], { pages: { '/': PAGE } });
const browser = await launch();
try {
  for (const id of WORKLOADS) {
    // A page of its own: no workload pays for the memory of another.
    const page = await browser.newPage();
    await page.goto(server.url);
    for (const row of await page.evaluate(measure, id)) console.log(row.join('\t'));
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
