"""Which processes belong to a system, and what they cost."""

from __future__ import annotations

import os
import subprocess
import sys

from peers.procs import TOKEN, cpu_seconds, members, rss_bytes, sweep

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
