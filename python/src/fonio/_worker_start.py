"""How a worker begins: greets the engine, then makes itself at home where the client is.

HELLO is sent before anything that it does not need is imported.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, NoReturn

from fonio import _role
from fonio._handshake import CODEC, greet
from fonio._worker_system import die_with_parent, register_for_barriers
from fonio.errors import ProtocolError

if TYPE_CHECKING:
    from fonio._worker_loop import Loop

_PATIENCE_S = 10.0
_ARGUMENTS = "SOCKET SEGMENTS INDEX GENERATION RING TOKEN PARENT"
_USAGE = 2
_NOT_READY = 69
_BROKEN_LINK = 70


def main(arguments: list[str]) -> NoReturn:
    """Runs the worker until its engine closes the link or is gone."""
    if len(arguments) != len(_ARGUMENTS.split()):
        _complain(f"takes {_ARGUMENTS}, was given {arguments}: the engine starts it, not a person")
        sys.exit(_USAGE)
    parent = int(arguments[6])
    die_with_parent()
    # A handler, not SIG_IGN: programs that tasks start would inherit that.
    signal.signal(signal.SIGINT, _ignore)
    try:
        loop = _join(arguments, parent)
    except (ProtocolError, OSError) as problem:
        _complain(f"cannot join its engine by {arguments[0]}: {problem}")
        sys.exit(_BROKEN_LINK)
    _run(loop)


def _join(arguments: list[str], parent: int) -> Loop:
    path, folder, index, generation, ring, token, _ = arguments
    capacity = int(ring)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(_PATIENCE_S)
    connection.connect(path)
    # The engine removes the ring file when HELLO has arrived, so it is mapped before.
    from fonio._link import PAGE, RingLink, SocketLink, map_ring_file

    memory = map_ring_file(f"{folder}/worker-{index}-{generation}.ring", capacity)
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
            "membarrier": int(register_for_barriers()),
            "urgent": 1,
        },
    )
    for key in ("segments", "spill", "maker", "cwd", "umask"):
        if key not in welcome:
            raise ProtocolError(f"the engine's WELCOME lacks {key}=")
    _role.inside_worker = True
    _settle(welcome)
    from fonio._segments import Segments
    from fonio._worker_loop import Loop, Words

    segments = Segments(welcome["segments"], welcome["spill"], int(welcome["maker"]))
    link = RingLink(connection, memory, capacity) if capacity else SocketLink(connection)
    view = memoryview(memory)
    words = Words(view[:PAGE].cast("Q"), view[PAGE + capacity :][:PAGE].cast("Q"))
    errors = f"{welcome['errors']}-w{index}.errors" if "errors" in welcome else ""
    return Loop(link, words, segments, parent, errors)


def _run(loop: Loop) -> NoReturn:
    from fonio._worker_loop import leave

    try:
        loop.run()
    except BaseException as problem:
        import traceback

        traceback.print_exc()
        _complain(f"ends, as it cannot go on: {type(problem).__name__}: {problem}")
    leave(_BROKEN_LINK)


def _settle(welcome: dict[str, str]) -> None:
    """Takes over the client's search path, folder and umask, and imports what is asked for."""
    import faulthandler

    if sys.flags.no_site:
        import site

        site.main()
    given: list[str] = []
    while (entry := welcome.get(f"path.{len(given)}")) is not None:
        given.append(entry)
    sys.path[:] = given + [entry for entry in sys.path if entry not in given]
    os.umask(int(welcome["umask"]))
    os.chdir(welcome["cwd"])
    sys.argv = [""]
    sys.stdin = open(os.devnull)
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="replace", closefd=False)
    faulthandler.enable(2)
    for module in filter(None, welcome.get("preload", "").split(",")):
        _preload(module.strip())


def _preload(module: str) -> None:
    try:
        __import__(module)
    except BaseException as problem:
        _complain(f"cannot preload {module}: {type(problem).__name__}: {problem}")
        sys.exit(_NOT_READY)


def _ignore(*_: object) -> None:
    """Ctrl-C at the terminal is the client's to answer."""


def _complain(what: str) -> None:
    print(f"this Fonio worker {what}", file=sys.stderr, flush=True)
