"""Templates by cfn-lint, which must have neither an error nor a warning of them."""

import json
import pathlib
import tempfile

from cfnlint.api import lint_file

FORMATS = ["cloudformation-yaml", "cloudformation-json"]
PLANTED = [
    ("finals_game", "cloudformation-yaml", "PolicyType: ", "PolicyKind: "),
    ("finals_game", "cloudformation-json", '"AWS::ApplicationAutoScaling::ScalingPolicy"', '"AWS::ApplicationAutoScaling::Policy"'),
]


def faults(exports):
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for index, export in enumerate(exports):
            ending = "json" if export.format.endswith("json") else "yaml"
            path = pathlib.Path(folder, f"{index}.{ending}")
            path.write_text(export.text)
            for match in lint_file(path):
                found.append(f"{export.scenario} as {export.format}: {match.rule.id} {match.message} (line {match.linenumber})")
    return found


def resources(text):
    """Returns the resources of a template in JSON, by their logical ids."""
    return json.loads(text)["Resources"]
