"""Synthesizes every CDK app of a folder, each into `out/NAME` beside it. jsii keeps the output folder of its first app, so that of
each is moved away before the next."""

import os
import pathlib
import runpy
import shutil
import sys

home = pathlib.Path(sys.argv[1])
work = home / "work"
os.environ["CDK_OUTDIR"] = str(work)
os.environ["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "1"
os.environ["CDK_CONTEXT_JSON"] = '{"aws:cdk:version-reporting": false, "aws:cdk:disable-analytics-reporting": true}'
(home / "out").mkdir()
for app in sorted(home.glob("*.py")):
    runpy.run_path(str(app), run_name="__main__")
    shutil.move(work, home / "out" / app.stem)
