"""Fixtures: a session whose engine is a protocol peer in this process."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from peer import Peer, engine_rings

from fonio._link import Link, RingLink, SocketLink, make_ring_file
from fonio._segments import Segments
from fonio._session import Session

CAPACITY = 1 << 16


@dataclass
class Pair:
    session: Session
    peer: Peer


@pytest.fixture(params=["socket", "rings"])
def pair(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Pair]:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    if request.param == "rings":
        memory = make_ring_file(str(tmp_path / "ring"), CAPACITY)
        here: Link = RingLink(ours, memory, CAPACITY)
        there: Link = engine_rings(theirs, memory, CAPACITY)
    else:
        here, there = SocketLink(ours), SocketLink(theirs)
    session = Session(here, Segments(str(tmp_path), str(tmp_path), 1))
    peer = Peer(theirs, there)
    try:
        yield Pair(session, peer)
    finally:
        session.close(timeout=5)
        peer.thread.join(5)
        theirs.close()
    assert not peer.complaints
