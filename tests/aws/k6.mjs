// Plays k6, whose program is in no registry, to a script, in a time of its own: `node k6.mjs SCRIPT RPS MOST_WAITING` prints what the
// script tells of a server that serves so many requests a second, one after another, and refuses those beyond so many that wait.
// Arrivals, thresholds and summaries are as k6's documentation has them; what k6 would refuse, this refuses.
import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

const [script, capacity_rps, most_waiting] = process.argv.slice(2);
const hooks = `export const resolve = (name, context, next) =>
  name.startsWith('k6/') ? { url: ${JSON.stringify(import.meta.url)}, shortCircuit: true } : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);

const EVALUATED_EVERY_MS = 2000;
const OPTIONS_OF_ARRIVALS = [
  'executor', 'rate', 'timeUnit', 'duration', 'preAllocatedVUs', 'maxVUs', 'startTime', 'gracefulStop',
];
const STATISTICS = {
  Counter: { count: (values) => values.reduce((sum, value) => sum + value, 0) },
  Trend: { med: (values) => median(values) },
};
const COMPARISONS = { '<=': (a, b) => a <= b, '>=': (a, b) => a >= b };

const begun_ms = Date.UTC(2026, 0);
let now_ms = begun_ms;
Date.now = () => Math.floor(now_ms);
globalThis.__ENV = { URL: 'http://127.0.0.1/', ...process.env };
globalThis.open = () => new ArrayBuffer(2);

/** Samples as `{ metric, value, tags, at_ms }`. */
let samples = [];
const kinds = {};
let scenario;

class Metric {
  constructor(name) {
    this.name = name;
    kinds[name] = this.constructor.name;
  }

  add(value, tags = {}) {
    samples.push({ metric: this.name, value: Number(value), tags: { ...tags, scenario: scenario.name }, at_ms: now_ms });
  }
}

export class Counter extends Metric {}
export class Trend extends Metric {}

let free_ms = now_ms;

/** Keeps whoever calls it until the server has answered. */
function post(url, body, { timeout }) {
  check(url === __ENV.URL && body instanceof ArrayBuffer, 'another request than the one that was asked for');
  const each_ms = 1000 / capacity_rps;
  if (free_ms - now_ms > most_waiting * each_ms) return { status: 503 };
  free_ms = Math.max(now_ms, free_ms) + each_ms;
  const wait_ms = free_ms - now_ms;
  now_ms += Math.min(wait_ms, duration(timeout));
  return { status: wait_ms > duration(timeout) ? 0 : 200 };
}

export default {
  post,
  get scenario() {
    return scenario;
  },
};

function check(holds, why) {
  if (!holds) throw new Error(why);
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? 0 : (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** Returns milliseconds of a duration of Go's. */
function duration(text) {
  const [, number, unit] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
  check(unit, `no duration: ${text}`);
  return number * { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit];
}

/** Returns when each iteration of a scenario is to begin, and whatever else has to be known of it. */
function arrivals([name, options]) {
  for (const option of Object.keys(options)) check(OPTIONS_OF_ARRIVALS.includes(option), `${name} has ${option}`);
  const { executor, rate, preAllocatedVUs, maxVUs } = options;
  check(/^[\w-]+$/.test(name) && executor === 'constant-arrival-rate', `${name} is ${executor}`);
  check([rate, preAllocatedVUs, maxVUs].every(Number.isSafeInteger) && rate > 0, `${name} has parts of something`);
  check(maxVUs >= preAllocatedVUs && preAllocatedVUs > 0, `${name} has ${preAllocatedVUs} to ${maxVUs} VUs`);
  const every_ms = duration(options.timeUnit) / rate;
  const start_ms = begun_ms + duration(options.startTime);
  const end_ms = start_ms + duration(options.duration);
  check(end_ms - start_ms >= 1000, `${name} lasts less than a second`);
  const vus = { most: maxVUs, busy_until_ms: [] };
  const count = Math.ceil((end_ms - start_ms) / every_ms);
  return Array.from({ length: count }, (_, iteration) => ({
    due_ms: start_ms + iteration * every_ms,
    stop_ms: end_ms + duration(options.gracefulStop),
    scenario: { name, startTime: start_ms, iterationInTest: iteration },
    vus,
  }));
}

/** Begins an iteration when it is due, where a VU is free; what takes too long is interrupted. */
function iterate(run, { due_ms, stop_ms, scenario: its, vus }) {
  vus.busy_until_ms = vus.busy_until_ms.filter((until_ms) => until_ms > due_ms);
  if (vus.busy_until_ms.length >= vus.most) return;
  [scenario, now_ms] = [its, due_ms];
  const before = samples.length;
  run();
  vus.busy_until_ms.push(now_ms);
  if (now_ms > stop_ms) samples.length = before;
}

/** Returns the samples of a metric's name, such as `wait{scenario:step_0,quarter:1}`. */
function samplesOf(name) {
  const [, metric, tags = ''] = /^(\w+)(?:\{(.+)\})?$/.exec(name) ?? [];
  check(kinds[metric], `no metric: ${name}`);
  const wanted = tags.split(',').filter(Boolean).map((tag) => tag.split(':'));
  return samples.filter((it) => it.metric === metric && wanted.every(([tag, value]) => it.tags[tag] === value));
}

/** Returns what a metric's statistics are of samples. */
function values(name, of) {
  const statistics = Object.entries(STATISTICS[kinds[/^\w+/.exec(name)[0]]]);
  return Object.fromEntries(statistics.map(([it, statistic]) => [it, statistic(of.map(({ value }) => value))]));
}

function passes(name, text, of) {
  const [, statistic, comparison, bound] = /^(\w+)(<=|>=)(\d+)$/.exec(text) ?? [];
  const value = values(name, of)[statistic];
  check(value !== undefined, `${name} has no ${text}`);
  return COMPARISONS[comparison](value, Number(bound));
}

/** Returns when k6 ends the run because a threshold that says so is crossed. */
function crossed_ms(name, text) {
  const of = samplesOf(name).sort((a, b) => a.at_ms - b.at_ms);
  const evaluated_ms = (at_ms) => Math.ceil(at_ms / EVALUATED_EVERY_MS) * EVALUATED_EVERY_MS;
  const moments = [...new Set(of.map(({ at_ms }) => evaluated_ms(at_ms)))];
  return moments.find((until_ms) => !passes(name, text, of.filter(({ at_ms }) => at_ms <= until_ms))) ?? Infinity;
}

async function play() {
  const { options, default: run, handleSummary } = await import(pathToFileURL(script));
  const iterations = Object.entries(options.scenarios).flatMap(arrivals).sort((a, b) => a.due_ms - b.due_ms);
  for (const iteration of iterations) iterate(run, iteration);
  const thresholds = Object.entries(options.thresholds).flatMap(([name, list]) =>
    list.map((it) => (it.threshold ? { name, ...it } : { name, threshold: it })));
  const aborting = thresholds.filter(({ abortOnFail }) => abortOnFail);
  const end_ms = Math.min(...aborting.map(({ name, threshold }) => crossed_ms(name, threshold)));
  samples = samples.filter(({ at_ms }) => at_ms <= end_ms);
  const metrics = {};
  for (const { name, threshold } of thresholds) {
    const of = samplesOf(name);
    passes(name, threshold, of);
    if (of.length > 0) metrics[name] = { values: values(name, of) };
  }
  console.log(JSON.stringify({ told: handleSummary({ metrics }).stdout, is_aborted: end_ms < Infinity }));
}

play();
