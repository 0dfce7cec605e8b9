import random
import time

from locust import FastHttpUser, LoadTestShape, User, constant_pacing, events, task

STEP_S = float(os.environ.get("STEP_S", 60))
CONTENT_TYPE = os.environ.get("CONTENT_TYPE", "application/json")
with open(os.environ.get("PAYLOAD", "payload.json"), "rb") as file:
    BODY = file.read()

PACE_S = min(max(4 * LIMIT_MS / 1000, 20 / EXPECTED_RPS), STEP_S / 4)

answers = []


@events.request.add_listener
def note(response_time, exception, start_time, **_):
    answers.append((start_time, exception is not None or response_time > LIMIT_MS))


def at_a_time_of_its_own(_):
    """Users begin together, and would send together ever after."""
    time.sleep(random.uniform(0, PACE_S))


if URL:

    class Endpoint(FastHttpUser):
        host = URL
        wait_time = constant_pacing(PACE_S)
        on_start = at_a_time_of_its_own
        connection_timeout = network_timeout = 4 * LIMIT_MS / 1000

        @task
        def invoke(self):
            self.client.post("", data=BODY, headers={"Content-Type": CONTENT_TYPE})

else:
    import boto3
    from botocore.config import Config

    runtime = boto3.client(
        "sagemaker-runtime",
        config=Config(retries={"total_max_attempts": 1}, max_pool_connections=1000),
    )

    class Endpoint(User):
        wait_time = constant_pacing(PACE_S)
        on_start = at_a_time_of_its_own

        @task
        def invoke(self):
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
                context={},
                start_time=start_time,
            )


class Steps(LoadTestShape):
    rate, held, broke = EXPECTED_RPS / 4, 0.0, None
    began, rests = 0.0, False

    def tick(self):
        now = time.time()
        self.began = self.began or now
        if now - self.began >= (PACE_S if self.rests else STEP_S):
            if not self.rests:
                self.judge(now)
            self.rests = not self.rests and self.rate == self.broke
            if self.broke and self.held >= self.broke * 0.95 or self.rate < EXPECTED_RPS / 1000:
                target = self.held * SAFETY_FACTOR * 60
                print(f"max_rps={self.held:.4g}")
                print(f"TargetValue={self.held:.4g} * {SAFETY_FACTOR} * 60 = {target:.4g}")
                return None
            if not self.rests:
                self.rate = self.next()
            self.began = now
        if self.rests:
            return 0, 100
        users = max(1, round(self.rate * PACE_S))
        return users, max(1, users / PACE_S)

    def judge(self, now):
        counted = [missed for start, missed in answers if start >= self.began + PACE_S]
        rps = len(counted) / (now - self.began - PACE_S)
        missed = sum(counted) / max(1, len(counted))
        holds = missed <= MISSED and rps >= 0.9 * self.rate
        print(f"{self.rate:.4g} RPS: {rps:.4g} RPS, missed {missed:.2%}, {'held' if holds else 'broke'}")
        answers.clear()
        if holds:
            self.held = self.rate
        else:
            self.broke = self.rate

    def next(self):
        if self.broke is None:
            return self.rate * 1.5
        return (self.held * self.broke) ** 0.5 if self.held else self.broke / 2
