"""The AWS CLI in one process: a script's `aws` is a few lines that hand over what they were called with, as starting the real one
anew for each call takes half a second of a core."""

import contextlib
import io
import json
import os
import pathlib
import socketserver
import stat
import sys
import threading

import awscli.clidriver

# What stands as `aws` on a script's PATH.
STANDS_FOR_IT = """#!{python} -SE
import json, socket, sys
with socket.socket(socket.AF_UNIX) as line:
    line.connect({path!r})
    line.sendall(json.dumps(sys.argv[1:]).encode() + b"\\n")
    answer = json.loads(line.makefile().readline())
sys.stdout.write(answer["out"])
sys.stderr.write(answer["err"])
sys.exit(answer["code"])
"""


class _Call(socketserver.StreamRequestHandler):
    def handle(self):
        arguments = json.loads(self.rfile.readline())
        out, err = io.StringIO(), io.StringIO()
        out.buffer = err.buffer = None
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = awscli.clidriver.create_clidriver().main(arguments)
        answer = {"code": code, "out": out.getvalue(), "err": err.getvalue()}
        self.wfile.write(json.dumps(answer).encode() + b"\n")


@contextlib.contextmanager
def on_path(folder):
    """Puts `aws` into a folder for as long as the block; yields a PATH that begins with it."""
    path = str(pathlib.Path(folder, "line"))
    with socketserver.UnixStreamServer(path, _Call) as server:
        program = pathlib.Path(folder, "aws")
        program.write_text(STANDS_FOR_IT.format(python=sys.executable, path=path))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"{folder}{os.pathsep}{os.environ['PATH']}"
        server.shutdown()
