// Times the workloads of crates/bench by turns with their floor, natively or as wasm in Chromium:
//   node tests/bench/engine.mjs native <bench-native> [<the one before>]
//   node tests/bench/engine.mjs wasm <folder of bench.js and bench_bg.wasm> [<the one before>]
// Prints the lines that `tell` makes, and a line for the memory of a run of each workload in wasm.
import { launch } from '../e2e/browser.mjs';
import { serve } from '../e2e/server.mjs';
import { native, rounds, tell, wasm } from './turns.mjs';

const WORKLOADS = [
  '7_days', '30_days', '30_days_noise', '30_days_all', '365_days', '365_days_all',
  '30_days_credits', '30_days_failures', '30_days_asynchronous', '30_days_serverless',
];
const WORKS = ['compile', 'run', 'run again', 'run+report'];
const PAGE = '<!doctype html><link rel="icon" href="data:,"><title>bench</title>';

async function measure(benches) {
  const [now] = benches;
  for (const id of WORKLOADS) {
    for (const work of WORKS) {
      const performers = benches.map((bench) => bench.perform(id, work));
      tell(`${id}/${work}`, await rounds([now.perform(id, 'floor'), ...performers]));
    }
  }
}

async function inBrowser(folders) {
  const browser = await launch();
  const servers = await Promise.all(folders.map((folder) => serve(folder, { pages: { '/': PAGE } })));
  try {
    const context = await browser.newContext();
    for (const id of WORKLOADS) {
      // A page of its own: what others have left in the memory is no part of it.
      const bench = await wasm(context, servers[0].url);
      console.log(`${id}/memory\t${await bench.memory(id)}\tMB`);
      await bench.close();
    }
    await measure(await Promise.all(servers.map(({ url }) => wasm(context, url))));
  } finally {
    await browser.close();
    await Promise.all(servers.map((server) => server.close()));
  }
}

const [where, ...what] = process.argv.slice(2);
if (where === 'native') {
  const benches = what.map(native);
  await measure(benches);
  for (const bench of benches) bench.close();
} else {
  await inBrowser(what);
}
