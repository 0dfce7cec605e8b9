"""Templates by cfn-lint, which must have neither an error nor a warning of them; YAML and JSON say the same."""

import json
import pathlib
import subprocess
import sys
import tempfile

import yaml
from exports import exported

FORMATS = ["cloudformation-yaml", "cloudformation-json"]
PLANTED = [
    ("finals_game", "cloudformation-yaml", "PolicyType: ", "PolicyKind: "),
    ("finals_game", "cloudformation-yaml", "MaxCapacity: 12", "MaxCapacity: 13"),
    ("finals_game", "cloudformation-json", "AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::ApplicationAutoScaling::Policy"),
]


LINTER = str(pathlib.Path(sys.executable).parent / "cfn-lint")


class Short(yaml.SafeLoader):
    """Reads the short forms of functions."""


for name, long in (("!Ref", "Ref"), ("!Sub", "Fn::Sub")):
    Short.add_constructor(name, lambda loader, node, long=long: {long: node.value})
# A text stays a text that looks like a moment.
Short.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def faults(exports):
    found = []
    paths = {}
    with tempfile.TemporaryDirectory() as folder:
        for index, export in enumerate(exports):
            is_json = export.format.endswith("json")
            path = pathlib.Path(folder, f"{index}.{'json' if is_json else 'yaml'}")
            path.write_text(export.text, newline="")
            paths[str(path)] = export
            if not is_json:
                other = json.loads(exported(export.scenario, "cloudformation-json").text)
                if yaml.load(export.text, Short)["Resources"] != other["Resources"]:
                    found.append(f"{export.scenario}: YAML and JSON do not say the same")
        # All in one call: its rules are loaded once.
        linted = subprocess.run([LINTER, "--format", "json", "--", *paths], capture_output=True, text=True)
        if linted.stderr:
            raise RuntimeError(linted.stderr)
        for match in json.loads(linted.stdout or "[]"):
            export, line = paths[match["Filename"]], match["Location"]["Start"]["LineNumber"]
            found.append(f"{export.scenario} as {export.format}: {match['Rule']['Id']} {match['Message']} (line {line})")
    return found
