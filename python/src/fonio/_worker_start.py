"""How a worker begins: greets the engine, then makes itself at home where the client is."""

from __future__ import annotations

import os
import signal
import socket
import sys

from fonio import _role
from fonio._handshake import CODEC, greet
from fonio._link import PAGE, RingLink, SocketLink, map_ring_file
from fonio._segments import Segments
from fonio._worker_loop import Loop, Words

_PATIENCE_S = 10.0


def main(arguments: list[str]) -> None:
    """Runs the worker until its engine closes the link or is gone."""
    path, folder, index, generation, ring, token, parent = arguments
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    capacity = int(ring)
    memory = map_ring_file(f"{folder}/worker-{index}-{generation}.ring", capacity)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_PATIENCE_S)
    connection.connect(path)
    welcome = greet(
        connection,
        {
            "role": "worker",
            "pid": os.getpid(),
            "worker": index,
            "generation": generation,
            "token": token,
            "python": CODEC.removeprefix("python-"),
            "codec": CODEC,
            "byteorder": sys.byteorder,
            "ring": int(capacity > 0),
        },
    )
    _role.inside_worker = True
    _settle(welcome)
    segments = Segments(welcome["segments"], welcome["spill"], int(welcome["maker"]))
    link = RingLink(connection, memory, capacity) if capacity else SocketLink(connection)
    view = memoryview(memory)
    words = Words(view[:PAGE].cast("Q"), view[PAGE + capacity :][:PAGE].cast("Q"))
    Loop(link, words, segments, int(parent)).run()


def _settle(welcome: dict[str, str]) -> None:
    """Takes over the client's search path, folder and umask, and imports what is asked for."""
    import site

    site.main()
    given = [welcome[f"path.{n}"] for n in range(_count(welcome))]
    sys.path[:] = given + [entry for entry in sys.path if entry not in given]
    os.umask(int(welcome["umask"]))
    os.chdir(welcome["cwd"])
    sys.argv = [""]
    sys.stdin = open(os.devnull)
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    for module in filter(None, welcome.get("preload", "").split(",")):
        __import__(module.strip())


def _count(welcome: dict[str, str]) -> int:
    number = 0
    while f"path.{number}" in welcome:
        number += 1
    return number
