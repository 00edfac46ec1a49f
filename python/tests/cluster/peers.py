"""Programs for hosts: one that answers, one that holds a connection and tells what it hears."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from machines import Lab

PORT = 7000
ANSWER = """
import socket
server = socket.create_server(("", {port}))
print("ready", flush=True)
while True:
    peer = server.accept()[0]
    peer.send(socket.gethostname().encode() + b"\\n")
    globals().setdefault("held", []).append(peer)
"""
WATCH = """
import socket
peer = socket.create_connection(("{host}", {port}), 10).makefile()
print(peer.readline(), end="", flush=True)
try:
    print(peer.readline() or "end", flush=True)
except OSError as problem:
    print(problem, flush=True)
"""
CALL = 'exec 3<>/dev/tcp/$0/$1 && read -r line <&3 && echo "$line"'


@contextmanager
def process(lab: Lab, host: int, text: str) -> Iterator[subprocess.Popen[str]]:
    """A Python program on a host, past its first line, ended at last."""
    with lab.start(host, sys.executable, "-ISc", text) as started:
        try:
            assert started.stdout is not None
            assert started.stdout.readline()
            yield started
        finally:
            started.kill()


@contextmanager
def answering(lab: Lab, *hosts: int) -> Iterator[None]:
    """Programs that answer with their host's name."""
    if not hosts:
        yield
        return
    with process(lab, hosts[0], ANSWER.format(port=PORT)), answering(lab, *hosts[1:]):
        yield


def call(lab: Lab, host: int, other: object, within_s: float = 10.0) -> str:
    """What `other` answers to a host, or nothing."""
    words = ["timeout", within_s, "bash", "-c", CALL, other, PORT]
    return lab.run(host, *words).stdout.strip()


def silent(lab: Lab, host: int, other: int) -> bool:
    """Whether a call to an answering host gets nothing; an answer is waited for 0.2 s."""
    return call(lab, host, f"h{other}", 0.2) == ""
