"""From the engine's connection to the session with it.

It is imported while the JVM starts, and with it all that a session needs.
"""

from __future__ import annotations

from collections.abc import Callable
from mmap import mmap
from socket import socket
from typing import TYPE_CHECKING

import cloudpickle  # noqa: F401 - a script's first call needs it

from fonio import _handshake
from fonio._app import Function
from fonio._link import Link, RingLink, SocketLink
from fonio._segments import Segments
from fonio._session import Session

if TYPE_CHECKING:
    from fonio._folders import Folders
    from fonio._settings import Settings

_MAKER, _ENGINE_MAKER = 1, 2


def welcome(
    connection: socket, memory: mmap | None, token: str, folders: Folders, capacity: int
) -> tuple[Link, dict[str, str]]:
    """The link to the engine and its HELLO; OSError or ProtocolError where it is none of ours."""
    words = {
        "session": 1,
        "maker": _ENGINE_MAKER,
        "segments": folders.payloads,
        "spill": folders.spill,
        "ring": int(memory is not None),
    }
    hello = _handshake.accept(connection, token, words)
    if memory is not None:
        (folders.segments / "client.ring").unlink(missing_ok=True)
    if memory is not None and hello.get("ring") == "1":
        return RingLink(connection, memory, capacity), hello
    return SocketLink(connection), hello


def begin(link: Link, folders: Folders, settings: Settings) -> Session:
    """The session over a link whose engine has just been started."""
    segments = Segments(str(folders.payloads), str(folders.spill), _MAKER)
    session = Session(link, segments, settings.output)
    session.inherited.append(folders.lock)
    session.kills = {e.label: e.kills for e in settings.executors}
    return session


def send_initializer(session: Session, initializer: Callable[[], object]) -> None:
    """Makes the function known that workers call before their first task."""
    first = Function(0, initializer, "initializer")
    first.pickle()
    session.outbox.send(first.frame())
