"""Load tests: Locust's runs for real against a small server of known capacity, in steps of seconds, in which chance tells little: what
it finds must not exceed that capacity, nor miss most of it. k6's, whose program is in no package registry, is read by a parser."""

import contextlib
import http.server
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

# One scenario is enough: only its numbers differ in another's.
SCENARIOS = ["finals_game"]
FORMATS = ["locust", "k6"]
PLANTED = [
    ("finals_game", "locust", "PACE_S = min(", "PACE_MS = min("),
    ("finals_game", "k6", "export default", "export defaults"),
]

# What the server serves, requests a second: one after another, each for as long.
CAPACITY_RPS = 30.0
# How long the script keeps a rate; a person's load test keeps it for a minute.
STEP_S = 6
# What it may find, as shares of that capacity.
LEAST, MOST = 0.2, 1.1
LOCUST = str(pathlib.Path(sys.executable).parent / "locust")


def faults(exports):
    found = []
    for export in exports:
        complaint = locust(export.text) if export.format == "locust" else k6(export.text)
        if complaint:
            found.append(f"{export.scenario} as {export.format}: {complaint}")
    return found


class Served(http.server.BaseHTTPRequestHandler):
    """Answers one request after another."""

    protocol_version = "HTTP/1.1"
    turn = threading.Lock()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        with self.turn:
            time.sleep(1 / CAPACITY_RPS)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    """Takes every connection at once: it is requests that wait."""

    daemon_threads = True
    request_queue_size = 1024

    def handle_error(self, request, client_address):
        """Says nothing of connections that a test drops as it ends."""


@contextlib.contextmanager
def serving():
    with Server(("127.0.0.1", 0), Served) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def locust(text):
    """Runs the script; returns what is wrong with what it finds."""
    with serving() as url, tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "locustfile.py").write_text(text)
        pathlib.Path(folder, "payload.json").write_text("{}")
        environment = {**os.environ, "URL": url, "STEP_S": str(STEP_S)}
        command = [LOCUST, "-f", "locustfile.py", "--headless", "--only-summary"]
        ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=300)
    told = re.search(r"^max_rps=(.*)$", ran.stdout, re.MULTILINE)
    if not told:
        return f"it found nothing: {(ran.stdout + ran.stderr)[-600:]}"
    max_rps = float(told[1])
    is_possible = LEAST <= max_rps / CAPACITY_RPS <= MOST
    return None if is_possible else f"it found {max_rps} RPS of {CAPACITY_RPS}"


def k6(text):
    """Reads the script; returns what is wrong with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "load-test.mjs")
        path.write_text(text)
        ran = subprocess.run(["node", "--check", str(path)], capture_output=True, text=True)
    return ran.stderr.strip() or f"ended with {ran.returncode}" if ran.returncode else None
