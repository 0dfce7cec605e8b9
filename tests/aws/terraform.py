"""Terraform files: unchanged by HashiCorp's own formatter, every argument one that the provider has
(`crates/aws/tests/data/terraform_arguments.json` says of which release), none missing that it wants, and their values, as a
parser and evaluator in Go reads them, those of the requests' bodies."""

import json
import pathlib
import re
import subprocess
import tempfile

import tfparse
from exports import ROOT, exported, requests

FORMATS = ["terraform"]
PLANTED = [
    ("finals_game", "terraform", "min_capacity", "minimum_capacity"),
    ("finals_game", "terraform", "  service_namespace", "   service_namespace"),
    ("finals_game", "terraform", "= 12", "= 13"),
]

HERE = pathlib.Path(__file__).resolve().parent
ARGUMENTS = json.loads((ROOT / "crates" / "aws" / "tests" / "data" / "terraform_arguments.json").read_text())["resources"]

# The resource that a request becomes.
RESOURCES = {
    ("application-autoscaling", "RegisterScalableTarget"): "aws_appautoscaling_target",
    ("application-autoscaling", "PutScalingPolicy"): "aws_appautoscaling_policy",
    ("application-autoscaling", "PutScheduledAction"): "aws_appautoscaling_scheduled_action",
    ("autoscaling", "UpdateAutoScalingGroup"): "aws_autoscaling_group",
    ("autoscaling", "PutScalingPolicy"): "aws_autoscaling_policy",
    ("autoscaling", "PutScheduledUpdateGroupAction"): "aws_autoscaling_schedule",
    ("cloudwatch", "PutMetricAlarm"): "aws_cloudwatch_metric_alarm",
}
# What says nothing of scaling: which instances there are, and what Terraform itself does.
BESIDE = {"__tfmeta", "id", "lifecycle", "launch_template", "vpc_zone_identifier", "target_group_arns"}


def faults(exports):
    found = []
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for index, export in enumerate(exports):
            paths.append(pathlib.Path(folder, str(index), "main.tf"))
            paths[-1].parent.mkdir()
            paths[-1].write_text(export.text, newline="")
        for export, is_formatted in zip(exports, formatted(paths), strict=True):
            if not is_formatted:
                found.append(f"{export.scenario}: HashiCorp's formatter changes it")
        for export, path in zip(exports, paths, strict=True):
            parsed = tfparse.load_from_path(str(path.parent))
            bodies = requests(exported(export.scenario, "bodies").text)
            found += [f"{export.scenario}: {it}" for it in [*arguments(parsed), *values(parsed, bodies)]]
    return found


def formatted(paths):
    """Returns of each file whether the formatter leaves it as it is."""
    ran = subprocess.run(["node", str(HERE / "formatted.cjs"), *map(str, paths)], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def arguments(parsed):
    """Yields arguments that the provider has not, and those that it wants and that are not there."""
    for kind, resources in parsed.items():
        for resource in resources if kind in ARGUMENTS else []:
            yield from unknown(resource, ARGUMENTS[kind], kind)
            for name, argument in ARGUMENTS[kind].items():
                if argument["required"] and name not in resource:
                    yield f"{kind}.{name} is missing"


def unknown(resource, known, path):
    for name, value in resource.items():
        if name in ("lifecycle", "__tfmeta", "id"):
            continue
        if name not in known:
            yield f"the provider has no {path}.{name}"
        elif "block" in known[name]:
            for block in value if isinstance(value, list) else [value]:
                yield from unknown(block, known[name]["block"], f"{path}.{name}")


def values(parsed, bodies):
    """Yields resources whose values are not those of the requests."""
    names = {resource["id"]: resource.get("name") for resources in parsed.values() for resource in resources}
    for kind, wanted in resources_of(bodies).items():
        is_there = [as_written(resource, names) for resource in parsed.get(kind, [])]
        missing = [it for it in wanted if it not in is_there]
        if missing or len(wanted) != len(is_there):
            yield f"{kind}: {missing} is not among {is_there}"


def as_written(resource, names):
    """Returns a resource without what is beside scaling, its alarm's actions by the policies' names."""
    resource = without(resource)
    if "alarm_actions" in resource:
        resource["alarm_actions"] = [f"ARN-OF-POLICY {names.get(it, it)}" for it in resource["alarm_actions"]]
    return resource


def without(value):
    if isinstance(value, dict):
        return {name: without(it) for name, it in value.items() if name not in BESIDE}
    return [without(it) for it in value] if isinstance(value, list) else value


def resources_of(bodies):
    """Returns the resources that requests become, by their kinds."""
    resources = {}
    for request in bodies:
        operation, body = request["Operation"], request["Body"]
        if operation == "PutWarmPool":
            body.pop("AutoScalingGroupName")
            resources["aws_autoscaling_group"][0]["warm_pool"] = respelled(body, "aws_autoscaling_group")
        elif operation == "SuspendProcesses":
            resources["aws_autoscaling_group"][0]["suspended_processes"] = body["ScalingProcesses"]
        else:
            kind = RESOURCES[request["Service"], operation]
            resource = respelled(body, kind)
            if kind == "aws_autoscaling_schedule":
                # A size that is not said would be zero.
                for name in ("min_size", "max_size", "desired_capacity"):
                    resource.setdefault(name, -1)
            resources.setdefault(kind, []).append(resource)
    return resources


def respelled(value, kind):
    """Returns a body as Terraform spells it: a list of one object is a block."""
    if isinstance(value, list):
        values = [respelled(it, kind) for it in value]
        return values[0] if len(values) == 1 and isinstance(values[0], dict) else values
    if not isinstance(value, dict):
        return value
    if kind == "aws_cloudwatch_metric_alarm" and "Dimensions" in value:
        dimensions = {it["Name"]: it["Value"] for it in value["Dimensions"]}
        rest = {name: it for name, it in value.items() if name != "Dimensions"}
        return respelled(rest, kind) | {"dimensions": dimensions}
    return {argument(name, kind): respelled(it, kind) for name, it in value.items()}


def argument(name, kind):
    """Returns how Terraform calls what the API calls so."""
    if name == "AutoScalingGroupName":
        return "name" if kind == "aws_autoscaling_group" else "autoscaling_group_name"
    if name == "PolicyName" or (name == "ScheduledActionName" and kind == "aws_appautoscaling_scheduled_action"):
        return "name"
    if name == "Dimensions" and kind == "aws_autoscaling_policy":
        return "metric_dimension"
    singular = {"StepAdjustments": "step_adjustment", "MetricSpecifications": "metric_specification"}
    return singular.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
