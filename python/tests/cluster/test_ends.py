"""A lab leaves nothing, however it or its owner ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import leftovers
from deadlines import until
from machines import KIT, script

HERE = Path(__file__).parent
SLEEPER = """\
import time

def test_that_is_interrupted(hosts):
    lab = hosts(1, uplink=True)
    print("up", lab.name, flush=True)
    time.sleep(50)
"""


def test_down_leaves_nothing(hosts):
    lab = hosts(2, uplink=True)
    address = lab.address()
    with lab.start(1, "sh", "-c", "echo up; sleep 985 & setsid sleep 985") as started:
        assert started.stdout is not None and started.stdout.readline() == "up\n"
        assert len(leftovers.of(lab.name, address)) >= 7
        script("hosts", "down", lab=lab.name)
    until(lambda: not leftovers.of(lab.name, address, "sleep 985"), "all is gone")


def test_labs_stand_side_by_side(hosts):
    one, other = hosts(1), hosts(1)
    assert one.address(1) != other.address(1)
    one.crash(1)
    assert other.run(1, "hostname").stdout == "h1\n"


def test_a_name_that_is_in_use_is_refused(hosts):
    lab = hosts(0)
    again = subprocess.run(
        [KIT / "hosts", "up", "0"],
        env={**os.environ, "FONIO_LAB": lab.name},
        capture_output=True,
        text=True,
    )
    assert again.returncode == 2
    assert f"there is a lab named {lab.name}, of process {os.getpid()}" in again.stderr
    assert lab.run(0, "true").returncode == 0


def test_a_lab_whose_owner_was_killed_is_swept_and_no_other(hosts):
    mine, theirs = hosts(0), f"orphan-{os.getpid()}"
    owner = subprocess.Popen(
        ["bash", "-c", f"FONIO_LAB={theirs} {KIT}/hosts up 1 --uplink && echo up && read -r _"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert owner.stdout is not None and owner.stdout.readline() == b"up\n"
    owner.kill()
    owner.communicate()
    assert leftovers.of(f"fonio-{theirs}-h1")
    script("hosts", "sweep")
    until(lambda: not leftovers.of(theirs), "all is gone")
    assert mine.run(0, "true").returncode == 0


def test_an_interrupted_up_leaves_nothing(swept):
    name = f"cut-short-{os.getpid()}"
    environment = {**os.environ, "FONIO_LAB": name}
    up = subprocess.Popen([KIT / "hosts", "up", "9"], env=environment, preexec_fn=_interruptible)
    until(lambda: bool(leftovers.of(f"fonio-{name}-h2")), "the third host stands")
    up.send_signal(signal.SIGINT)
    assert up.wait(30) == 130
    until(lambda: not leftovers.of(name), "all is gone")


def test_an_interrupted_test_run_leaves_nothing(swept, tmp_path):
    shutil.copy(HERE / "conftest.py", tmp_path)
    (tmp_path / "test_sleeper.py").write_text(SLEEPER)
    run = subprocess.Popen(
        [sys.executable, "-m", "pytest", "-qs", "-p", "no:cacheprovider", "test_sleeper.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(HERE), "FONIO_CLUSTER_TESTS": "1"},
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=_interruptible,
    )
    assert run.stdout is not None
    name = run.stdout.readline().split()[1]
    assert leftovers.of(f"fonio-{name}-h1")
    run.send_signal(signal.SIGINT)
    out, _ = run.communicate(timeout=30)
    assert "KeyboardInterrupt" in out
    until(lambda: not leftovers.of(name), "all is gone")


def _interruptible() -> None:
    """A process in the background of a shell ignores interrupts, and so would its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
