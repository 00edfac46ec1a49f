"""The greeting of a link: HELLO, WELCOME, REFUSED, over the socket."""

from __future__ import annotations

import socket
import sys
from collections.abc import Mapping

from fonio._wire import (
    HEADER,
    HEADER_BYTES,
    HELLO,
    REFUSED,
    VERSION,
    WELCOME,
    frame,
    greeting,
    parse_greeting,
)
from fonio.errors import ProtocolError, VersionMismatch

CODEC = f"python-{sys.version_info.major}.{sys.version_info.minor}"
_LONGEST = 1 << 20


def receive_frame(connection: socket.socket) -> tuple[int, bytes]:
    """The kind and body of the next frame, read byte-exact; the socket must be blocking."""
    head = _receive(connection, HEADER_BYTES)
    length, kind, *_ = HEADER.unpack(head)
    if length > _LONGEST:
        raise ProtocolError(f"a greeting of {length:,} bytes; is that a Fonio process?")
    return kind, _receive(connection, length)


def accept(connection: socket.socket, token: str, welcome: Mapping[str, object]) -> dict[str, str]:
    """The listener's side: reads HELLO, checks version and token, answers; its entries."""
    kind, body = receive_frame(connection)
    if kind != HELLO:
        raise ProtocolError(f"a peer began with a frame of kind {kind} instead of HELLO")
    version, entries = parse_greeting(body)
    if version != VERSION:
        refuse(connection, f"this client speaks protocol {VERSION}, the engine {version}")
        raise VersionMismatch(
            f"this package speaks protocol {VERSION}, the engine {version}: build both together"
        )
    if entries.get("token") != token:
        refuse(connection, "the token is not this run's")
        raise ProtocolError("a process with another run's token connected")
    if entries.get("byteorder", sys.byteorder) != sys.byteorder:
        refuse(connection, f"this client is {sys.byteorder}-endian")
        raise ProtocolError("the engine has another byte order")
    connection.sendall(frame(WELCOME, body=greeting(welcome)))
    return entries


def greet(connection: socket.socket, hello: Mapping[str, object]) -> dict[str, str]:
    """The connecting side: sends HELLO and gives the entries of WELCOME."""
    connection.sendall(frame(HELLO, body=greeting(hello)))
    kind, body = receive_frame(connection)
    if kind == REFUSED:
        raise ProtocolError(f"refused: {body.decode('utf-8', 'replace')}")
    if kind != WELCOME:
        raise ProtocolError(f"HELLO was answered by a frame of kind {kind}")
    version, entries = parse_greeting(body)
    if version != VERSION:
        raise VersionMismatch(f"this process speaks protocol {VERSION}, its peer {version}")
    return entries


def refuse(connection: socket.socket, why: str) -> None:
    """Sends REFUSED."""
    try:
        connection.sendall(frame(REFUSED, body=why.encode()))
    except OSError:
        pass


def _receive(connection: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = connection.recv(size - len(data))
        if not piece:
            raise ProtocolError("the peer closed the link during its greeting")
        data += piece
    return data
