const TIMEOUT_MS = 4 * LIMIT_MS;
const PARAMS = {
  headers: { "Content-Type": __ENV.CONTENT_TYPE || "application/json" },
  timeout: `${TIMEOUT_MS}ms`,
};
const body = open(__ENV.PAYLOAD || "payload.json", "b");
const met = new Counter("met");
const missed = new Counter("missed");
const wait = new Trend("wait", true);

/** @type {import("k6/options").Options} */
export const options = { scenarios: {}, thresholds: {}, discardResponseBodies: true };
const steps = {};
const milliseconds = (value) => `${Math.round(value)}ms`;
const quarterOf = (name, quarter) => `wait{scenario:${name},quarter:${quarter}}`;
let begin_ms = 0;
for (let rate = EXPECTED_RPS / 2; rate < EXPECTED_RPS * 2; rate *= 1.05) {
  const name = `step_${Object.keys(steps).length}`;
  const count = Math.max(LEAST_REQUESTS, Math.round(rate * STEP_S));
  const judged = count - Math.ceil(count / 4);
  steps[name] = { rate, count, judged };
  options.scenarios[name] = {
    executor: "constant-arrival-rate",
    rate: Math.max(1, Math.round(rate * 3600)),
    timeUnit: "1h",
    startTime: milliseconds(begin_ms),
    duration: milliseconds((1000 * (count - 0.5)) / rate),
    gracefulStop: milliseconds(TIMEOUT_MS),
    preAllocatedVUs: Math.ceil((rate * LIMIT_MS) / 1000) + 1,
    maxVUs: Math.ceil((rate * TIMEOUT_MS) / 1000) + 1,
  };
  options.thresholds[`missed{scenario:${name}}`] = [
    { threshold: `count<=${Math.floor(MISSED * judged)}`, abortOnFail: true },
  ];
  options.thresholds[`met{scenario:${name}}`] = ["count>=0"];
  for (const quarter of [1, 2, 3]) {
    options.thresholds[quarterOf(name, quarter)] = ["med>=0"];
  }
  begin_ms += (1000 * count) / rate;
}

export default function () {
  const { name, startTime, iterationInTest } = exec.scenario;
  const { rate, count } = steps[name];
  const { status } = http.post(URL, body, PARAMS);
  const due_ms = startTime + (1000 * iterationInTest) / rate;
  const wait_ms = Math.max(0, Date.now() - due_ms);
  const quarter = Math.floor((4 * iterationInTest) / count);
  if (quarter > 0) {
    const failed = status < 200 || status >= 300;
    (failed || wait_ms > LIMIT_MS ? missed : met).add(1);
    wait.add(wait_ms, { quarter: String(quarter) });
  }
}

export function handleSummary({ metrics }) {
  const value = (metric, statistic) => (metrics[metric] ? metrics[metric].values[statistic] : 0);
  const lines = [];
  let held = 0;
  let outcome = HOLDS;
  for (const [name, { rate, count, judged }] of Object.entries(steps)) {
    const [first, middle, last] = [1, 2, 3].map((quarter) => value(quarterOf(name, quarter), "med"));
    const growth_ms = (GROWTH * 1000 * count) / rate / 4;
    if (judged - value(`met{scenario:${name}}`, "count") > MISSED * judged) {
      outcome = MISSES;
    } else if (Math.min(middle - first, last - middle) > growth_ms) {
      outcome = GROWS;
    }
    const share = ((100 * value(`missed{scenario:${name}}`, "count")) / judged).toFixed(2);
    const wait_ms = (last || middle || first).toFixed(0);
    lines.push(`${rate.toPrecision(4)} RPS: ${wait_ms} ms, ${share}%, ${outcome}`);
    if (outcome !== HOLDS) {
      break;
    }
    held = rate;
  }
  if (held > 0) {
    const target = (held * SAFETY_FACTOR * 60).toPrecision(4);
    lines.push(outcome === HOLDS ? ALL_HELD : "", `max_rps=${held.toPrecision(4)}`);
    lines.push(`TargetValue=${held.toPrecision(4)} * ${SAFETY_FACTOR} * 60 = ${target}`);
  } else {
    lines.push(NONE_HELD);
  }
  return { stdout: `${lines.filter(Boolean).join("\n")}\n` };
}
