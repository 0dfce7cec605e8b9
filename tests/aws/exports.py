"""What `headroom` exports, and what it makes of what it imports. The program's path is in HEADROOM."""

import functools
import json
import os
import pathlib
import subprocess
from collections import namedtuple

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("HEADROOM", str(ROOT / "target" / "debug" / "headroom"))

# Names that an account could have. None of them is a placeholder.
PARAMETERS = {
    "EndpointName": "recommender",
    "VariantName": "AllTraffic",
    "InferenceComponentName": "ranker",
    "AutoScalingGroupName": "web",
    "LaunchTemplateId": "lt-0123456789abcdef0",
    "SubnetIds": "subnet-0123456789abcdef0",
    "TargetGroupArn": "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0123456789abcdef",
    "LoadBalancer": "app/web/0123456789abcdef",
    "TargetGroup": "targetgroup/web/0123456789abcdef",
}

Export = namedtuple("Export", "scenario format text")


def headroom(*arguments, stdin=None):
    """Runs the program; returns what it prints."""
    ran = subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, text=True)
    if ran.returncode != 0:
        raise RuntimeError(f"headroom {' '.join(arguments)}: {ran.stderr}")
    return ran.stdout


@functools.cache
def shipped():
    """Returns the ids of the shipped scenarios."""
    return sorted(path.stem for path in (ROOT / "scenarios").glob("*.json"))


@functools.cache
def exported(scenario, form):
    """Returns a scenario in a format, its parameters filled in; a load test is told an address when it runs."""
    names = [] if form in ("locust", "k6") else filled_in(scenario)
    return Export(scenario, form, headroom("export", scenario, "--as", form, *names))


@functools.cache
def platform(scenario):
    """Returns what scales in a scenario: `group`, `component`, `serverless` or `variant`."""
    named = json.loads((ROOT / "scenarios" / f"{scenario}.json").read_text()).get("platform", "")
    for kind, ending in (("group", "group"), ("component", "component"), ("serverless", "serverless")):
        if named.endswith(ending):
            return kind
    return "variant"


def filled_in(scenario):
    """Returns the arguments that fill in parameters; which of them an export has depends on what scales."""
    names = {
        "variant": ["EndpointName", "VariantName"],
        "serverless": ["EndpointName", "VariantName"],
        "component": ["InferenceComponentName"],
        "group": ["AutoScalingGroupName"],
    }[platform(scenario)]
    return [argument for name in names for argument in ("--param", f"{name}={PARAMETERS[name]}")]


def requests(text):
    """Returns the requests of an export as bodies."""
    return json.loads(text)["Requests"]
