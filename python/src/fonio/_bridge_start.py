"""How a bridge begins and ends: its link, its surroundings, and the thread that opens executors.

The main thread opens and closes the executor, as some libraries want signals, and blocks in it; the
link has a thread of its own, so that the engine hears of this process meanwhile.
"""

from __future__ import annotations

import hashlib
import os
import platform
import signal
import socket
import sys
import threading
import traceback
from queue import SimpleQueue
from typing import Any, NoReturn

from fonio import _role
from fonio._handshake import CODEC, greet
from fonio.errors import ProtocolError

_ARGUMENTS = "ADDRESS TOKEN_FILE NAME BLOCK"
_PATIENCE_S = 10.0
_USAGE = 2
_BROKEN_LINK = 70
_NO_EXECUTOR = 69


def main(arguments: list[str]) -> NoReturn:
    """Runs the bridge until its engine closes the link or is gone."""
    if len(arguments) != len(_ARGUMENTS.split()):
        complain(f"takes {_ARGUMENTS}, was given {arguments}: the engine starts it, not a person")
        sys.exit(_USAGE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _noted)
    try:
        connection, welcome, token = _join(*arguments)
    except (ProtocolError, OSError) as problem:
        complain(f"cannot join its engine at {arguments[0]}: {problem}")
        sys.exit(_BROKEN_LINK)
    leave(_serve(connection, welcome, token, arguments[2]))


def _join(
    address: str, token_file: str, name: str, block: str
) -> tuple[socket.socket, dict[str, str], str]:
    with open(token_file) as file:
        token = file.read().strip()
    host, _, port = address.rpartition(":")
    connection = socket.create_connection((host, int(port)), _PATIENCE_S)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    hello = {
        "role": "manager",
        "name": name,
        "token": token,
        "host": platform.node(),
        "pid": os.getpid(),
        "block": block,
        "codec": CODEC,
        "byteorder": sys.byteorder,
        "resume": 0,
    }
    return connection, greet(connection, hello), token


def _serve(connection: socket.socket, welcome: dict[str, str], token: str, name: str) -> int:
    """Serves the engine and says with which exit code."""
    from fonio._worker_start import _settle

    _role.inside_worker = True
    _settle(welcome)
    for key, value in welcome.items():
        if key.startswith("env."):
            os.environ[key[4:]] = value
    from fonio._bridge_core import Core
    from fonio._bridge_definitions import Definitions
    from fonio._bridge_loop import Close, Loop, Open
    from fonio._bridge_recipe import Kitchen, Recipe

    digest = hashlib.sha256(token.encode()).hexdigest()[:16]
    definitions = Definitions(
        f"{digest}-{name}", tuple(sys.path), welcome.get("initializer") == "1"
    )
    core = Core(f"bridge {name}", definitions, int(welcome.get("bridge.restarts", 10)))
    orders: SimpleQueue[Any] = SimpleQueue()
    beat_s = int(welcome.get("beat_ms", 5000)) / 1000
    lost_s = int(welcome.get("lost_ms", 15000)) / 1000
    loop = Loop(connection, core, orders.put, beat_s, lost_s)
    os.register_at_fork(after_in_child=lambda: _forked(connection))
    threading.Thread(target=loop.run, name="fonio-bridge", daemon=True).start()
    kitchen: Kitchen | None = None
    orders.put(Open())
    while True:
        order = orders.get()
        if kitchen is not None:
            _close(kitchen)
            kitchen = None
        if isinstance(order, Close):
            if order.why:
                complain(f"ends: {order.why}")
            return _NO_EXECUTOR if order.why else 0
        try:
            kitchen = Kitchen(Recipe.of(welcome["bridge.recipe"]))
            workers = int(welcome.get("bridge.workers") or kitchen.workers())
            most = int(welcome.get("bridge.outstanding") or 2 * workers)
        except BaseException as problem:
            traceback.print_exc()
            loop.unusable(f"its executor cannot be made: {type(problem).__name__}: {problem}")
        else:
            loop.opened(kitchen.executor, kitchen.recalls, workers, most)


def _close(kitchen: Any) -> None:
    try:
        kitchen.close()
    except BaseException:
        traceback.print_exc()


def leave(code: int) -> NoReturn:
    """Ends the process at once: threads that tasks left behind do not hold it up."""
    import atexit

    atexit._run_exitfuncs()
    from fonio._worker_loop import leave

    leave(code)


def _forked(connection: socket.socket) -> None:
    """A worker that was forked has neither the engine's link nor the bridge's signals."""
    connection.close()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _noted(*_: object) -> None:
    """The engine is about to end this process, and its link tells that too."""


def complain(what: str) -> None:
    """Says on standard error what ends this process."""
    print(f"this Fonio bridge {what}", file=sys.stderr, flush=True)
