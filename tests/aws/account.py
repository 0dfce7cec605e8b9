"""A server that plays an AWS account: moto's, with what it lacks for scaling put in. Each patch fails once moto has it itself.

    python account.py PORT    serves on the loopback alone
"""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from enum import Enum


def patch():
    from moto.applicationautoscaling import models as targets
    from moto.applicationautoscaling import responses as target_answers
    from moto.autoscaling import responses as group_answers
    from moto.core.responses import ActionResult

    # It knows one of SageMaker's three scalable dimensions.
    known = {it.name: it.value for it in targets.ScalableDimensionValueSet}
    more = {
        "SAGEMAKER_COPIES": "sagemaker:inference-component:DesiredCopyCount",
        "SAGEMAKER_CONCURRENCY": "sagemaker:variant:DesiredProvisionedConcurrency",
    }
    assert not set(more.values()) & set(known.values()), "moto knows these dimensions now: take the patch out"
    dimensions = Enum("ScalableDimensionValueSet", known | more)
    targets.ScalableDimensionValueSet = target_answers.ScalableDimensionValueSet = dimensions

    # PutScalingPolicy of a group answers without the policy's ARN, whose name it misspells.
    put = group_answers.AutoScalingResponse.put_scaling_policy

    def put_scaling_policy(self):
        answer = put(self)
        assert "PolicyARN" not in answer.result, "moto answers with the ARN now: take the patch out"
        return ActionResult({"PolicyARN": answer.result["PolicyArn"], "Alarms": []})

    group_answers.AutoScalingResponse.put_scaling_policy = put_scaling_policy

    # A group's warm-up is dropped, and a grace period or a cooldown of zero becomes another.
    for name in ("create_auto_scaling_group", "update_auto_scaling_group"):
        setattr(group_answers.AutoScalingResponse, name, keeping(getattr(group_answers.AutoScalingResponse, name)))


def keeping(answer):
    """Returns an answer after which a group has what it was told."""

    def answer_and_keep(self):
        answered = answer(self)
        group = self.autoscaling_backend.autoscaling_groups[self._get_param("AutoScalingGroupName")]
        for field, parameter in (
            ("default_instance_warmup", "DefaultInstanceWarmup"),
            ("health_check_grace_period", "HealthCheckGracePeriod"),
            ("default_cooldown", "DefaultCooldown"),
        ):
            told = self._get_int_param(parameter)
            if told is not None:
                setattr(group, field, told)
        return answered

    return answer_and_keep


@contextlib.contextmanager
def running():
    """Runs the server for as long as the block; yields its address. It is ready when it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    program = [sys.executable, str(pathlib.Path(__file__).resolve()), str(port)]
    with tempfile.TemporaryFile("w+") as log, subprocess.Popen(program, stderr=log) as server:
        try:
            answers(server, address, log)
            yield address
        finally:
            os.kill(server.pid, signal.SIGTERM)


def answers(server, address, log):
    """Waits until a server answers."""
    for _ in range(600):
        if server.poll() is not None:
            log.seek(0)
            raise RuntimeError(f"the account's server ended: {log.read()}")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(f"{address}/moto-api/data.json", timeout=5).close()
            return
        time.sleep(0.1)
    raise RuntimeError("the account's server does not answer")


def reset(address):
    """Empties the account: two groups of one server share the names of their policies."""
    urllib.request.urlopen(urllib.request.Request(f"{address}/moto-api/reset", method="POST")).close()


if __name__ == "__main__":
    patch()
    from werkzeug.serving import run_simple
    from moto.server import DomainDispatcherApplication, create_backend_app

    run_simple("127.0.0.1", int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=True)
