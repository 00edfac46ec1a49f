"""Which processes belong to a system, and what they cost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from peers.measure.idle import cores_used, settle
from peers.procs import TOKEN, cpu_of_each, cpu_seconds, cpu_since, members, rss_bytes, sweep

ORPHAN = """
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", "import sys; print('up', flush=True); sys.stdin.read()"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
child.stdout.readline()
print(child.pid, flush=True)
sys.stdin.read()
"""


def test_a_detached_process_is_found_by_its_token_and_swept() -> None:
    token = f"test-{os.getpid()}"
    parent = subprocess.Popen(
        [sys.executable, "-c", ORPHAN],
        env={**os.environ, TOKEN: token},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())

    found = members(token)
    assert found == sorted((parent.pid, child))
    assert rss_bytes(found) > 1_000_000
    assert cpu_seconds(found) > 0

    assert sweep(token, grace_seconds=0) == 2
    parent.wait()
    assert sweep(token, grace_seconds=5) == 0


BUSY = """
import subprocess, sys, threading, time
def spin():
    while time.thread_time() < 0.2: pass
for line in sys.stdin:
    if line == "thread\\n":
        busy = threading.Thread(target=spin)
        busy.start()
        busy.join()
    elif line == "child\\n":
        subprocess.run([sys.executable, "-c", "import time\\nwhile time.process_time() < 0.2: pass"])
    elif line == "detached\\n":
        work = "import signal, time\\nwhile time.process_time() < 0.2: pass\\n"
        rest = "print('worked', flush=True)\\nsignal.pause()"
        child = subprocess.Popen([sys.executable, "-c", work + rest], stdout=subprocess.PIPE)
        child.stdout.readline()
    print("done", flush=True)
"""


class Busy:
    """A process with a token that works when it is told to."""

    def __init__(self) -> None:
        self.token = f"test-{os.getpid()}-{id(self)}"
        self._process = subprocess.Popen(
            [sys.executable, "-c", BUSY],
            env={**os.environ, TOKEN: self.token},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.tell("nothing")

    def tell(self, what: str) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(what + "\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline() == "done\n"

    def end(self) -> None:
        sweep(self.token, grace_seconds=0)
        self._process.wait()


@pytest.fixture
def busy() -> Iterator[Busy]:
    process = Busy()
    yield process
    process.end()


@pytest.mark.parametrize("what", ["thread", "child"])
def test_a_thread_and_a_child_that_have_ended_still_count(busy: Busy, what: str) -> None:
    before = cpu_of_each(members(busy.token))
    busy.tell(what)
    assert 0.19 < cpu_since(before, busy.token) < 0.6


def test_a_process_that_does_nothing_uses_no_cpu_and_is_quiet_at_once(busy: Busy) -> None:
    assert cores_used(busy.token, 0.2) < 0.005
    assert settle(busy.token, window_seconds=0.1) < 0.05


def test_a_process_that_came_in_between_counts_from_its_start(busy: Busy) -> None:
    before = cpu_of_each(members(busy.token))
    busy.tell("detached")
    assert len(members(busy.token)) == 2
    assert cpu_since(before, busy.token) > 0.19
