"""Requests' bodies against botocore's models: members, types and what must be there, by its own validation; and what that does
not look at, though the models say it: enumerations, patterns, lengths, ranges."""

import re

import botocore.loaders
import botocore.model
import botocore.validate
from exports import requests

FORMATS = ["bodies"]
PLANTED = [
    ("finals_game", "bodies", '"MinCapacity"', '"MinimumCapacity"'),
    ("finals_game", "bodies", '"TargetTrackingScaling"', '"TargetTracking"'),
    ("finals_game", "bodies", '"MaxCapacity": 12', '"MaxCapacity": "12"'),
    ("document_desk", "bodies", '"ScheduledActionName": "', '"ScheduledActionName": "|'),
]

_loader = botocore.loaders.Loader()
_services = {}


def service(name):
    """Returns the model of a service, by its name in the AWS CLI."""
    if name not in _services:
        model = _loader.load_service_model(name, "service-2")
        _services[name] = botocore.model.ServiceModel(model, name)
    return _services[name]


def faults(exports):
    found = []
    for export in exports:
        for request in requests(export.text):
            operation = service(request["Service"]).operation_model(request["Operation"])
            body = request["Body"]
            report = botocore.validate.ParamValidator().validate(body, operation.input_shape)
            complaints = [report.generate_report()] if report.has_errors() else []
            complaints += [] if complaints else list(beyond(body, operation.input_shape, ""))
            found += [f"{export.scenario}: {request['Operation']}: {it}" for it in complaints]
    return found


def beyond(value, shape, path):
    """Yields what a value breaks of what a model says and botocore does not look at."""
    if shape.type_name == "structure":
        for name, member in value.items():
            yield from beyond(member, shape.members[name], f"{path}.{name}")
    elif shape.type_name == "list":
        for index, member in enumerate(value):
            yield from beyond(member, shape.member, f"{path}[{index}]")
    elif shape.type_name == "string":
        enumeration, rules = getattr(shape, "enum", None), shape.metadata
        if enumeration and value not in enumeration:
            yield f"{path}: {value!r} is none of {enumeration}"
        pattern = rules.get("pattern")
        if pattern and not re.fullmatch(_in_python(pattern), value, re.DOTALL):
            yield f"{path}: {value!r} is not of the form {pattern}"
        if not rules.get("min", 0) <= len(value) <= rules.get("max", len(value)):
            yield f"{path}: {len(value)} characters"
    elif shape.type_name in ("integer", "long", "double", "float"):
        rules = shape.metadata
        if not rules.get("min", value) <= value <= rules.get("max", value):
            yield f"{path}: {value} is out of range"


def _in_python(pattern):
    """Returns a pattern of Java's as Python spells it."""
    pattern = pattern.replace("\\p{Print}", r"[\x20-\x7e]").replace("\\p{ASCII}", r"[\x00-\x7f]")
    pattern = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda it: "\\u" + it[1], pattern)
    # Of pairs of surrogates Python knows nothing: a letter beyond them is one letter.
    return pattern.replace("\\uD800\\uDC00-\\uDBFF\\uDFFF", "\\U00010000-\\U0010FFFF")
