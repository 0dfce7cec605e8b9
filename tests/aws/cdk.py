"""CDK apps in TypeScript and Python: the compiler has nothing to complain of, and what they synthesize, without an account, has the
resources of the CloudFormation template. All apps run in one node and in one Python: starting either takes seconds."""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from exports import exported

FORMATS = ["cdk-typescript", "cdk-python"]
PLANTED = [
    ("finals_game", "cdk-typescript", "minCapacity", "minimumCapacity"),
    ("finals_game", "cdk-python", "max_capacity=12", "max_capacity=13"),
]

HERE = pathlib.Path(__file__).resolve().parent


def faults(exports):
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for form, synthesize in (("cdk-typescript", typescript), ("cdk-python", python)):
            apps = {str(index): it for index, it in enumerate(exports) if it.format == form}
            home = pathlib.Path(folder, form)
            if not apps:
                continue
            home.mkdir()
            complaint = synthesize(home, apps)
            if complaint:
                found.append(f"{form}: {complaint}")
                continue
            for name, export in apps.items():
                template = json.loads(pathlib.Path(home, "out", name, "Scaling.template.json").read_text())
                wanted = json.loads(exported(export.scenario, "cloudformation-json").text)
                if resources(template) != resources(wanted):
                    found.append(f"{export.scenario} as {form}: other resources than CloudFormation's")
                link = wanted["Metadata"]["Headroom"].get("Link")
                if template.get("Metadata", {}).get("Headroom", {}).get("Link") != link:
                    found.append(f"{export.scenario} as {form}: another link")
    return found


def typescript(home, apps):
    """Compiles apps and synthesizes them; returns what went wrong."""
    for name, export in apps.items():
        pathlib.Path(home, f"{name}.ts").write_text(export.text, newline="")
    # Packages are looked for beside the sources.
    pathlib.Path(home, "node_modules").symlink_to(HERE / "node_modules")
    shutil.copy(HERE / "tsconfig.json", home)
    compiled = run("node", str(HERE / "node_modules" / "typescript" / "bin" / "tsc"), "-p", str(home))
    return compiled or run("node", str(HERE / "synthesize.cjs"), str(home))


def python(home, apps):
    """Synthesizes apps; returns what went wrong."""
    for name, export in apps.items():
        pathlib.Path(home, f"{name}.py").write_text(export.text, newline="")
    return run(sys.executable, str(HERE / "synthesize.py"), str(home))


def run(*command):
    ran = subprocess.run(command, capture_output=True, text=True)
    return (ran.stdout + ran.stderr).strip()[-600:] or f"ended with {ran.returncode}" if ran.returncode else None


def resources(template):
    """Returns the resources of a template with its parameters filled in, so that only what it deploys is compared."""
    parameters = template.get("Parameters", {})
    filled = plain(template["Resources"], parameters)
    return {name: it for name, it in filled.items() if it["Type"] != "AWS::CDK::Metadata"}


def plain(value, parameters):
    if isinstance(value, list):
        return [plain(it, parameters) for it in value]
    if isinstance(value, str):
        # A moment of JavaScript's has milliseconds.
        return re.sub(r"(\d\d:\d\d:\d\d)\.000Z$", r"\1Z", value)
    if not isinstance(value, dict):
        return value
    match list(value.items()):
        case [("Ref", name)] if name in parameters:
            parameter = parameters[name]
            default = parameter["Default"]
            return default.split(",") if parameter["Type"].startswith("List<") else default
        case [("Fn::Sub", text)]:
            filled = lambda it: "${" + it[2] + "}" if it[1] else parameters[it[2]]["Default"]
            return re.sub(r"\$\{(!?)([^}]*)\}", filled, text)
        case [("Fn::Join", [separator, parts])]:
            parts = [plain(it, parameters) for it in parts]
            if all(isinstance(it, str) for it in parts):
                return separator.join(parts)
            return {"Fn::Join": [separator, parts]}
    return {name: plain(it, parameters) for name, it in value.items()}
