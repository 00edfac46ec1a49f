"""Fixtures: a session whose engine is a protocol peer in this process, and real engines."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from peer import Peer, engine_rings

from fonio._engine import Engine
from fonio._java import engine_jar
from fonio._link import Link, RingLink, SocketLink, make_ring_file
from fonio._segments import Segments
from fonio._session import Session
from fonio._settings import ExecutorSettings, Settings
from fonio.errors import EnvironmentNeeded

signal.signal(signal.SIGINT, signal.default_int_handler)
"""In the background it is ignored, by all that is started too."""

CAPACITY = 1 << 16
ON_ENGINES = {"durable", "engine", "faults", "htex", "notebook", "surface", "worker_engine"}
"""The folders of the tests that need the engine's jar."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what needs an engine; without its jar that is skipped, but not in CI."""
    mine = [item for item in items if item.path.parent.name in ON_ENGINES]
    for item in mine:
        item.add_marker(pytest.mark.engine)
    try:
        engine_jar()
    except EnvironmentNeeded as problem:
        if not os.environ.get("CI"):
            for item in mine:
                item.add_marker(pytest.mark.skip(reason=str(problem)))


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


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    """Starts engines by options of the session and of its executor; all leave nothing."""
    engines: list[Engine] = []

    def begin(workers: int = 2, **options: object) -> Engine:
        ours = {key: options.pop(key) for key in {*options} & {*ExecutorSettings._fields}}
        executors = [ExecutorSettings(workers=workers, **ours)]
        engine = Engine(Settings(executors=executors, home=tmp_path / ".fonio", **options))
        engines.append(engine)
        return engine

    yield begin
    for engine in engines:
        engine.close()
        assert not engine.folders.segments.exists()
        assert not Path(f"/proc/{engine.pid}").exists()


@pytest.fixture(params=["rings", "socket"])
def engine(start: Callable[..., Engine], request: pytest.FixtureRequest) -> Engine:
    """An engine with two workers, over either link."""
    return start(ring=request.param == "rings")
