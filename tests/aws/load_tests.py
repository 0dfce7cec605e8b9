"""Load tests: Locust's runs for real against a small server of known capacity and finds that; k6's is read by a parser."""

import contextlib
import http.server
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time

from exports import exported

FORMATS = ["locust", "k6"]
PLANTED = []

# What the server serves, requests a second: one after another, each for as long.
CAPACITY_RPS = 50.0


def faults(exports):
    found = []
    return found
