"""Proves exports on AWS's own models and tools. Each check is a module here with three names:

FORMATS   the formats that it looks at, as `headroom export --as` calls them
faults    a function from exports to what is wrong with them, a line each; none of what Headroom writes may have any
PLANTED   faults that it has to find: the scenario, the format, what of its text is replaced, and by what

    python prove.py            all of them
    python prove.py scripts    one
"""

import importlib
import sys
import time

from exports import Export, exported, shipped

CHECKS = ["bodies", "scripts", "cloudformation", "cdk", "terraform", "load_tests"]


def prove(name):
    """Runs a check on what is exported and on what is planted; returns what it has to complain of."""
    check = importlib.import_module(name)
    exports = [exported(scenario, form) for form in check.FORMATS for scenario in shipped()]
    complaints = check.faults(exports)
    for scenario, form, sound, broken in check.PLANTED:
        whole = exported(scenario, form)
        if sound not in whole.text:
            complaints.append(f"{scenario} as {form} no longer holds what is to be broken: {sound!r}")
            continue
        planted = Export(scenario, form, whole.text.replace(sound, broken, 1))
        if not check.faults([planted]):
            complaints.append(f"{scenario} as {form}: nobody noticed {broken!r} in place of {sound!r}")
    return len(exports), len(check.PLANTED), complaints


def main(names):
    failed = False
    for name in names or CHECKS:
        begun = time.monotonic()
        count, planted, complaints = prove(name)
        seconds = time.monotonic() - begun
        print(f"{name}: {count} exports, {planted} planted faults, {len(complaints)} complaints, {seconds:.1f} s")
        for complaint in complaints[:40]:
            print(f"  {complaint}")
        failed = failed or bool(complaints)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
