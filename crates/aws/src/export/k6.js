const STEP_S = Number(__ENV.STEP_S || 60);
const PARAMS = {
  headers: { "Content-Type": __ENV.CONTENT_TYPE || "application/json" },
  timeout: `${4 * LIMIT_MS}ms`,
};
const body = open(__ENV.PAYLOAD || "payload.json", "b");
const missed = new Rate("missed");

const rates = [];
for (let rate = EXPECTED_RPS / 4; rate <= EXPECTED_RPS * 4; rate *= 1.1) {
  rates.push(rate);
}
const scenarios = {};
const thresholds = {};
rates.forEach((rate, step) => {
  scenarios[`step_${step}`] = {
    executor: "constant-arrival-rate",
    rate: Math.max(1, Math.round(rate * 3600)),
    timeUnit: "1h",
    startTime: `${Math.round(step * STEP_S)}s`,
    duration: `${Math.round(STEP_S)}s`,
    gracefulStop: "0s",
    preAllocatedVUs: Math.ceil((rate * LIMIT_MS) / 1000) + 1,
    maxVUs: Math.ceil((4 * rate * LIMIT_MS) / 1000) + 1,
  };
  const threshold = `rate<=${MISSED}`;
  thresholds[`missed{scenario:step_${step}}`] = [
    { threshold, abortOnFail: true, delayAbortEval: `${Math.round(STEP_S / 4)}s` },
  ];
});

export const options = { scenarios, thresholds, discardResponseBodies: true };

export default function () {
  const { status, timings } = http.post(URL, body, PARAMS);
  missed.add(status < 200 || status >= 300 || timings.duration > LIMIT_MS);
}

export function handleSummary(data) {
  const lines = [];
  let held = 0;
  for (const [step, rate] of rates.entries()) {
    const metric = data.metrics[`missed{scenario:step_${step}}`];
    const count = metric ? metric.values.passes + metric.values.fails : 0;
    const holds = count >= 0.9 * rate * STEP_S && metric.values.rate <= MISSED;
    if (count > 0) {
      const share = (100 * metric.values.rate).toFixed(2);
      lines.push(`${rate.toPrecision(4)} RPS: missed ${share}%, ${holds ? "held" : "broke"}`);
    }
    if (!holds) {
      break;
    }
    held = rate;
  }
  const target = held * SAFETY_FACTOR * 60;
  lines.push(`max_rps=${held.toPrecision(4)}`);
  lines.push(`TargetValue=${held.toPrecision(4)} * ${SAFETY_FACTOR} * 60 = ${target.toPrecision(4)}`);
  return { stdout: `${lines.join("\n")}\n` };
}
