"""Proves exports on AWS's own models and tools. Each check is a module here with these names:

FORMATS   the formats that it looks at, as `headroom export --as` calls them
faults    a function from exports to what is wrong with them, a line each; none of what Headroom writes may have any
PLANTED   faults that it has to find: the scenario, the format, what of its text is replaced, and by what

SCENARIOS which of the shipped scenarios it looks at; without it, all
WAITS     whether most of its time is waiting, so that it looks at all of that at once

    python prove.py            all of them, three at a time
    python prove.py scripts    one
"""

import concurrent.futures
import functools
import importlib
import subprocess
import sys
import time

from exports import Export, exported, shipped

# The longest first.
CHECKS = ["load_tests", "scripts", "cdk", "cloudformation", "terraform", "bodies"]


def prove(name):
    """Runs a check on what is exported and on what is planted; returns what it has to complain of."""
    check = importlib.import_module(name)
    scenarios = getattr(check, "SCENARIOS", None) or shipped()
    exports = [exported(scenario, form) for form in check.FORMATS for scenario in scenarios]
    at_once = 1 + len(check.PLANTED) if getattr(check, "WAITS", False) else 1
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        complaints = pool.submit(check.faults, exports)
        unnoticed = pool.map(functools.partial(not_noticed, check), check.PLANTED)
        return len(exports), len(check.PLANTED), complaints.result() + [it for it in unnoticed if it]


def not_noticed(check, planted):
    """Plants a fault; returns what to complain of where the check does not find it."""
    scenario, form, sound, broken = planted
    whole = exported(scenario, form)
    if sound not in whole.text:
        return f"{scenario} as {form} no longer holds what is to be broken: {sound!r}"
    if check.faults([Export(scenario, form, whole.text.replace(sound, broken, 1))]):
        return None
    return f"{scenario} as {form}: nobody noticed {broken!r} in place of {sound!r}"


def told(name):
    """Runs a check in a process of its own; returns whether it passed, and what it says."""
    ran = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True)
    return ran.returncode == 0, ran.stdout + ran.stderr


def main(names):
    if len(names) != 1:
        # Half of what they do is waiting for servers and other programs, and the first of them does little else.
        with concurrent.futures.ThreadPoolExecutor(3) as pool:
            outcomes = list(pool.map(told, names or CHECKS))
        print("".join(text for _, text in outcomes), end="")
        return 0 if all(passed for passed, _ in outcomes) else 1
    [name] = names
    begun = time.monotonic()
    count, planted, complaints = prove(name)
    seconds = time.monotonic() - begun
    print(f"{name}: {count} exports, {planted} planted faults, {len(complaints)} complaints, {seconds:.1f} s")
    for complaint in complaints[:40]:
        print(f"  {complaint}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
