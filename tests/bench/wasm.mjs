// Times the workloads of crates/bench as wasm in Chromium:
//   node tests/bench/wasm.mjs <folder of bench.js and bench_bg.wasm>
// Prints the lines that its `figures` gives, and a line for the memory.
import { launch } from '../e2e/browser.mjs';
import { serve } from '../e2e/server.mjs';

const WORKLOADS = ['7_days', '30_days', '30_days_noise', '30_days_all', '365_days', '365_days_all'];
const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>bench</title>';

/** Runs in the page: one workload in a wasm instance of its own. */
async function measure(id) {
  const { default: init, Workload, figures } = await import(`./bench.js?${id}`);
  const { memory } = await init();
  new Workload(id).run();
  const megabytes = memory.buffer.byteLength / 1e6;
  return `${id}/memory\t${megabytes}\tMB\n${figures(id, () => performance.now())}`;
}

const server = await serve(process.argv[2], { pages: { '/': PAGE }, isolated: true });
const browser = await launch();
try {
  for (const id of WORKLOADS) {
    // A page of its own: no workload pays for the memory of another.
    const page = await browser.newPage();
    await page.goto(server.url);
    process.stdout.write(await page.evaluate(measure, id));
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
