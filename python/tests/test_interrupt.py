"""Ctrl-C in a client of its own process, against the protocol peer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
PRELUDE = """
import os, random, signal, socket, sys, threading
from peer import Peer
from fonio._link import SocketLink
from fonio._segments import Segments
from fonio._session import Session
signal.signal(signal.SIGINT, signal.default_int_handler)  # a parent in the background ignores it
ours, theirs = socket.socketpair()
session = Session(SocketLink(ours), Segments("/tmp", "/tmp", 1))
peer = Peer(theirs, SocketLink(theirs))
def double(x): return 2 * x
call = session.app(double)
"""


def start(body: str) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(TESTS), str(TESTS.parent / "src")])
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + body],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def test_interrupt_in_result_raises_at_once_and_the_result_still_comes():
    process = start(
        """
peer.hold()
future = call(21)
try:
    print("waiting", flush=True)
    future.result()
except KeyboardInterrupt:
    peer.let_go()
    print(future.result(10), flush=True)
session.close()
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)
"""
    )
    assert process.stdout.readline() == "waiting\n"
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=20)
    assert out.split() == ["42", "True"]


def test_interrupts_at_random_moments_lose_nothing():
    process = start(
        """
armed, never = threading.Event(), threading.Event()
def shoot():
    rng = random.Random(7)
    for _ in range(60):
        never.wait(rng.random() * 0.01)
        armed.wait()  # one shot at a time, and only where it is caught
        armed.clear()
        os.kill(os.getpid(), signal.SIGINT)
futures, hits, expected = [], 0, 0
shooter = threading.Thread(target=shoot)
shooter.start()
at = 0
while shooter.is_alive() or at < 3000:
    try:
        armed.set()
        while shooter.is_alive() or at < 3000:
            futures.append((at, call(at)))
            at += 1
            if at % 50 == 0:
                for n, f in futures[-40:]:
                    assert f.result(10) == 2 * n
    except KeyboardInterrupt:
        hits += 1
signal.signal(signal.SIGINT, signal.SIG_IGN)
shooter.join()
futures.append((at, call(at)))  # answered after all others, one that the last shot hid among them
assert all(f.result(10) == 2 * n for n, f in futures)
assert not session.inbox.pending
print("hits", hits > 10, flush=True)
session.close()
"""
    )
    out, _ = process.communicate(timeout=60)
    assert out == "hits True\n"
    assert process.returncode == 0
