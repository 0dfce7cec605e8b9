"""Load tests find the maximum of servers of known capacity within 10 %: Locust's against servers that run, one of them called as
SageMaker is, in steps of seconds; k6's, whose program is in no package registry, with `k6.mjs` in its place, after a compiler has
compared it with k6's types. Servers keep their capacity on a busy machine: what one sleeps too long it makes up for."""

import concurrent.futures
import contextlib
import http.client
import http.server
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import namedtuple

FORMATS = ["locust", "k6"]

# What it may find, as shares of what the server can serve.
LEAST, MOST = 0.9, 1.1
LOCUST = str(pathlib.Path(sys.executable).parent / "locust")
HERE = pathlib.Path(__file__).resolve().parent

# A server that serves `rps`, one request after another, or refuses what is more; `signed`: it is called as SageMaker, through boto3.
# A load test of the scenario keeps a rate for `step_s`; a person's, for a minute.
Capacity = namedtuple("Capacity", "rps refuses signed step_s")
SERVERS = {
    "finals_game": Capacity(19.0, refuses=False, signed=False, step_s=4),
    "fraud_scoring": Capacity(28.0, refuses=True, signed=False, step_s=5),
    "bulk_jobs": Capacity(11.7, refuses=False, signed=True, step_s=4),
}
SCENARIOS = list(SERVERS)
# Requests that a server takes at once although they are more than it can serve.
BURST = 6

# Most of its time it waits, so faults can be looked for all at once.
WAITS = True
PLANTED = [
    # Failures count as served.
    ("fraud_scoring", "locust", "not failed and wait_ms", "wait_ms"),
    ("fraud_scoring", "k6", "failed || wait_ms", "wait_ms"),
    # Seconds are taken for milliseconds.
    ("finals_game", "locust", "wait_ms = 1000 * (", "wait_ms = ("),
    ("finals_game", "k6", "rate * 3600", "rate * 1000"),
    # The next request waits for the answer to the one before.
    ("bulk_jobs", "locust", "requests.spawn(send, ", "send("),
    # Nothing ends the run once a rate is too much.
    ("finals_game", "k6", "abortOnFail: true", "abortOnFail: false"),
    # k6 has no such things.
    ("finals_game", "k6", "export default", "export defaults"),
    ("finals_game", "k6", "exec.scenario;", "exec.scenarios;"),
    ("finals_game", "k6", "gracefulStop", "gracefulEnd"),
]


def faults(exports):
    tests = [it for it in exports if it.format == "locust"]
    scripts = [it for it in exports if it.format == "k6"]
    with concurrent.futures.ThreadPoolExecutor() as pool:
        told = pool.map(locust, tests)
        complaints = [*zip(scripts, map(k6, scripts)), *zip(tests, told)]
    found = [f"{export.scenario} as {export.format}: {it}" for export, it in complaints if it]
    # The compiler takes longest, and has nothing to add to what is found already.
    complaint = compiled(scripts) if scripts and not found else None
    return [*found, f"k6: {complaint}"] if complaint else found


class Server(http.server.ThreadingHTTPServer):
    """Takes every connection at once: it is requests that wait."""

    daemon_threads = True
    request_queue_size = 1024

    def __init__(self, capacity):
        super().__init__(("127.0.0.1", 0), Served)
        self.capacity = capacity
        self.turn = threading.Lock()
        self.is_free_at = 0.0

    def taken(self):
        """Returns when a request is answered that is taken now; `None`: it is refused."""
        with self.turn:
            now, each_s = time.monotonic(), 1 / self.capacity.rps
            behind_s = self.is_free_at - now
            if self.capacity.refuses and behind_s > BURST * each_s:
                return None
            self.is_free_at = max(now, self.is_free_at) + each_s
            return now + each_s if self.capacity.refuses else self.is_free_at

    def handle_error(self, request, client_address):
        """Says nothing of connections that a test drops as it ends."""


class Served(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        answered_at = self.server.taken()
        if answered_at is not None:
            time.sleep(max(0, answered_at - time.monotonic()))
        self.send_response(503 if answered_at is None else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(capacity):
    with Server(capacity) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def can_serve(port):
    """Returns how many requests a second it serves to those who always ask for more."""
    answered, until = [], time.monotonic() + 2

    def ask():
        connection = http.client.HTTPConnection("127.0.0.1", port)
        while time.monotonic() < until:
            connection.request("POST", "/", b"{}")
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                answered.append(time.monotonic())
            else:
                time.sleep(0.005)
        connection.close()

    askers = [threading.Thread(target=ask) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    # The first of them found nobody before them.
    steady = sorted(answered)[2 * BURST :]
    return (len(steady) - 1) / (steady[-1] - steady[0])


def locust(export):
    """Runs the script; returns what is wrong with what it finds, as soon as that shows."""
    capacity = SERVERS[export.scenario]
    with serving(capacity) as port, tempfile.TemporaryDirectory() as folder:
        can_rps = can_serve(port)
        pathlib.Path(folder, "locustfile.py").write_text(export.text)
        pathlib.Path(folder, "payload.json").write_text("{}")
        url = f"http://127.0.0.1:{port}/"
        environment = {**os.environ, "STEP_S": str(capacity.step_s), **called(url, capacity.signed)}
        command = [LOCUST, "-f", "locustfile.py", "--headless", "--only-summary"]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        told, complaint = [], None
        with subprocess.Popen(command, cwd=folder, env=environment, **pipes) as process:
            too_long = threading.Timer(120, process.kill)
            too_long.start()
            for line in process.stdout:
                told.append(line)
                complaint = complaint or impossible(line, can_rps)
                if complaint:
                    process.kill()
            too_long.cancel()
        return complaint or wrong("".join(told), can_rps) or (process.returncode and f"ended with {process.returncode}")


def called(url, signed):
    """Returns the environment in which a script calls a server, as itself or as SageMaker."""
    return {"ENDPOINT_NAME": "recommender", "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": url} if signed else {"URL": url}


def impossible(line, can_rps):
    """Returns what is wrong with a rate of which is told that it held."""
    rate = re.match(r"([\d.]+) RPS: .*, held$", line)
    return f"of {can_rps:.4g} RPS: {line.strip()}" if rate and float(rate[1]) > MOST * can_rps else None


def wrong(told, can_rps):
    """Returns what is wrong with what a load test told."""
    end = re.search(r"^max_rps=(.*)\nTargetValue=(.*) \* (.*) \* 60 = (.*)$", told, re.MULTILINE)
    if not end:
        return f"it found nothing: {told[-600:]}"
    max_rps, maximum, factor, target = map(float, end.groups())
    if maximum != max_rps or abs(target / (max_rps * factor * 60) - 1) > 0.001:
        return f"it reckons otherwise: {end[0]}"
    is_right = LEAST <= max_rps / can_rps <= MOST
    return None if is_right else f"it found {max_rps} RPS of {can_rps:.4g}: {told}"


def compiled(exports):
    """Compares scripts with k6's types; returns what is wrong with them."""
    with tempfile.TemporaryDirectory() as folder:
        for export in exports:
            pathlib.Path(folder, f"{export.scenario}.js").write_text(export.text)
        # Packages are looked for beside the sources.
        pathlib.Path(folder, "node_modules").symlink_to(HERE / "node_modules")
        options = {
            "checkJs": True,
            "noEmit": True,
            "target": "ES2022",
            "lib": ["ES2022"],
            "module": "ES2022",
            "moduleResolution": "bundler",
            "types": ["k6"],
        }
        pathlib.Path(folder, "tsconfig.json").write_text(json.dumps({"compilerOptions": options, "include": ["*.js"]}))
        compiler = HERE / "node_modules" / "typescript" / "bin" / "tsc"
        ran = subprocess.run(["node", str(compiler), "-p", folder], capture_output=True, text=True)
    return ran.stdout[-600:] or f"ended with {ran.returncode}" if ran.returncode else None


def k6(export):
    """Plays k6 to the script; returns what is wrong with what it finds."""
    capacity = SERVERS[export.scenario]
    most_waiting = BURST if capacity.refuses else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "load-test.mjs")
        path.write_text(export.text)
        command = ["node", str(HERE / "k6.mjs"), str(path), str(capacity.rps), str(most_waiting)]
        ran = subprocess.run(command, capture_output=True, text=True)
    if ran.returncode:
        return ran.stderr[-600:] or f"ended with {ran.returncode}"
    played = json.loads(ran.stdout)
    return wrong(played["told"], capacity.rps) or (None if played["is_aborted"] else "it goes on when a rate is too much")
