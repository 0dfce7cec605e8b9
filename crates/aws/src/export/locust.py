import math
import time
from statistics import median

import gevent
from gevent.pool import Group
from locust import FastHttpUser, User, events, task

CONTENT_TYPE = os.environ.get("CONTENT_TYPE", "application/json")
with open(os.environ.get("PAYLOAD", "payload.json"), "rb") as file:
    BODY = file.read()
TIMEOUT_S = 4 * LIMIT_MS / 1000
MOST_IN_FLIGHT = 10_000

if URL:

    class Client(FastHttpUser):
        abstract = True
        host = URL
        concurrency = MOST_IN_FLIGHT
        connection_timeout = network_timeout = TIMEOUT_S

        def send(self, context):
            headers = {"Content-Type": CONTENT_TYPE}
            self.client.post("", data=BODY, headers=headers, context=context)

else:
    import boto3
    from botocore.config import Config

    runtime = boto3.client(
        "sagemaker-runtime",
        config=Config(
            retries={"total_max_attempts": 1},
            connect_timeout=TIMEOUT_S,
            read_timeout=TIMEOUT_S,
            max_pool_connections=MOST_IN_FLIGHT,
        ),
    )

    class Client(User):
        abstract = True

        def send(self, context):
            start_time, error = time.time(), None
            try:
                answer = runtime.invoke_endpoint(**NAMES, Body=BODY, ContentType=CONTENT_TYPE)
                answer["Body"].read()
            except Exception as exception:
                error = exception
            events.request.fire(
                request_type="POST",
                name="InvokeEndpoint",
                response_time=(time.time() - start_time) * 1000,
                response_length=0,
                exception=error,
                context=context,
                start_time=start_time,
            )


class Step:
    def __init__(self, rate):
        self.rate = rate
        self.count = max(LEAST_REQUESTS, round(rate * STEP_S))
        self.judged = self.count - math.ceil(self.count / 4)
        self.waits_ms = [[], [], [], []]
        self.delays_s = []
        self.served = self.met = self.missed = 0

    def run(self, send):
        requests, began = Group(), time.perf_counter()
        for number in range(self.count):
            due = began + number / self.rate
            gevent.sleep(max(0, due - time.perf_counter()))
            self.delays_s.append(time.perf_counter() - due)
            requests.spawn(send, {"step": self, "quarter": 4 * number // self.count, "due": due})
            if self.missed > MISSED * self.judged:
                break
        requests.join()

    def note(self, quarter, due, failed):
        wait_ms = 1000 * (time.perf_counter() - due)
        self.waits_ms[quarter].append(wait_ms)
        self.served += not failed
        if quarter > 0:
            is_met = not failed and wait_ms <= LIMIT_MS
            self.met += is_met
            self.missed += not is_met

    def outcome(self):
        if self.judged - self.met > MISSED * self.judged:
            return MISSES
        _, first, middle, last = map(median, self.waits_ms)
        quarter_ms = 1000 * self.count / self.rate / 4
        return GROWS if min(middle - first, last - middle) > GROWTH * quarter_ms else HOLDS

    def wait_ms(self):
        return next((median(waits) for waits in reversed(self.waits_ms) if waits), 0)

    def is_sent_late(self):
        return median(self.delays_s[-self.count // 4 :]) > GROWTH * self.count / self.rate


@events.request.add_listener
def note(context, exception, **_):
    context["step"].note(context["quarter"], context["due"], exception is not None)


class Search(Client):
    fixed_count = 1

    @task
    def search(self):
        rate, held, broke, doubted = EXPECTED_RPS / 2, 0.0, math.inf, None
        while held * 1.06 < broke and rate > EXPECTED_RPS / 100:
            step = Step(rate)
            step.run(self.send)
            outcome = step.outcome()
            share = step.missed / step.judged
            print(f"{rate:.4g} RPS: {step.wait_ms():.0f} ms, {share:.2%}, {outcome}", flush=True)
            if outcome == HOLDS:
                held = rate
            elif rate != doubted:
                doubted = rate
                continue
            elif step.is_sent_late():
                print(SENT_LATE)
                break
            elif not step.served:
                break
            else:
                broke = rate
            rate = held * 1.5 if broke == math.inf else math.sqrt(held * broke) or broke / 2
        if held:
            target = held * SAFETY_FACTOR * 60
            print(f"max_rps={held:.4g}")
            print(f"TargetValue={held:.4g} * {SAFETY_FACTOR} * 60 = {target:.4g}")
        else:
            print(NONE_HELD)
        self.environment.process_exit_code = 0 if held else 1
        self.environment.runner.quit()
