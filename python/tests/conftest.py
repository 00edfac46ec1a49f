"""Fixtures: a session whose engine is a protocol peer in this process."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from peer import Peer

from fonio._link import SocketLink
from fonio._segments import Segments
from fonio._session import Session


@dataclass
class Pair:
    session: Session
    peer: Peer


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    session = Session(SocketLink(ours), Segments(str(tmp_path), str(tmp_path), 1))
    peer = Peer(theirs)
    try:
        yield Pair(session, peer)
    finally:
        session.close(timeout=5)
        peer.thread.join(5)
        theirs.close()
