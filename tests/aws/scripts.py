"""Scripts run for real on an account's server. What the AWS CLI's `describe-…` operations then answer is imported again, and must
be the same scaling as was exported."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import account
import aws_cli
import boto3
from exports import PARAMETERS, exported, filled_in, headroom, platform, requests

FORMATS = ["boto3", "shell"]
PLANTED = [
    ("finals_game", "boto3", "MaxCapacity", "MaximumCapacity"),
    ("finals_game", "shell", '"MaxCapacity": 12', '"MaxCapacity": 13'),
    ("finals_game", "boto3", "\"TargetValue\": 600", "\"TargetValue\": 601"),
]

# What an account has of scaling, by what scales.
DESCRIBE = {
    "group": [
        ["autoscaling", "describe-auto-scaling-groups"],
        ["autoscaling", "describe-policies"],
        ["autoscaling", "describe-scheduled-actions"],
        ["autoscaling", "describe-warm-pool", "--auto-scaling-group-name", PARAMETERS["AutoScalingGroupName"]],
    ],
    "target": [
        ["application-autoscaling", operation, "--service-namespace", "sagemaker"]
        for operation in ("describe-scalable-targets", "describe-scaling-policies", "describe-scheduled-actions")
    ],
}


def faults(exports):
    found = []
    with account.running() as address, tempfile.TemporaryDirectory() as folder, aws_cli.on_path(folder) as path:
        # `aws` runs within this process, and reads its environment.
        os.environ["AWS_ENDPOINT_URL"] = address
        environment = {**os.environ, "PATH": path}
        for export in exports:
            account.reset(address)
            if platform(export.scenario) == "group":
                prepare_group()
            complaint = run(export, folder, environment) or compare(export, folder, environment)
            if complaint:
                found.append(f"{export.scenario} as {export.format}: {complaint}")
    return found


def prepare_group():
    """Makes the group that a script changes."""
    machines = boto3.client("ec2")
    machines.create_launch_template(LaunchTemplateName="web", LaunchTemplateData={"ImageId": "ami-12c6146b", "InstanceType": "c5.xlarge"})
    boto3.client("autoscaling").create_auto_scaling_group(
        AutoScalingGroupName=PARAMETERS["AutoScalingGroupName"],
        LaunchTemplate={"LaunchTemplateName": "web"},
        MinSize=0,
        MaxSize=1,
        AvailabilityZones=["us-east-1a"],
    )


def run(export, folder, environment):
    """Runs a script; returns what went wrong."""
    script = pathlib.Path(folder, "script")
    script.write_text(export.text)
    interpreter = sys.executable if export.format == "boto3" else "sh"
    ran = subprocess.run([interpreter, str(script)], env=environment, capture_output=True, text=True)
    return ran.stderr.strip() or f"ended with {ran.returncode}" if ran.returncode else None


def compare(export, folder, environment):
    """Imports what the account then has; returns how it differs from what was exported."""
    kind = platform(export.scenario)
    operations = DESCRIBE["group" if kind == "group" else "target"] + [["cloudwatch", "describe-alarms"]]
    answers = []
    for index, operation in enumerate(operations):
        ran = subprocess.run(["aws", *operation], env=environment, capture_output=True, text=True, check=True)
        answers.append(str(pathlib.Path(folder, f"answer-{index}.json")))
        pathlib.Path(answers[-1]).write_text(ran.stdout)
    imported = headroom("import", *answers, "--over", export.scenario)
    before = requests(exported(export.scenario, "bodies").text)
    after = requests(again(imported, export.scenario))
    return None if in_order(before) == in_order(after) else f"{in_order(before)} became {in_order(after)}"


def again(imported, scenario):
    """Returns an imported scenario as requests' bodies."""
    return headroom("export", "-", "--as", "bodies", *filled_in(scenario), stdin=imported)


def in_order(bodies):
    """Returns requests without regard to their order: an account keeps none."""
    return sorted(json.dumps(body, sort_keys=True) for body in bodies)
