"""The way back to a durable run: to its engine if that lives, else to a new one on its journal."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from typing import TYPE_CHECKING

from fonio import _first_session, _handshake
from fonio._attached import runs_of
from fonio._chosen import home
from fonio._durable import has_engine, hold, revive
from fonio._folders import Folders
from fonio._launch import PROPERTIES, Launch
from fonio._output import Output
from fonio._segments import Segments
from fonio._session import Session
from fonio._settings import read_properties
from fonio._wire import ANSWER, QUERY, frame, parse_lines
from fonio.errors import EnvironmentNeeded, FonioError, ProtocolError, RunNotFoundError

if TYPE_CHECKING:
    from fonio._link import Link

_MAKER = 1
_PATIENCE_S = 10.0
_OF_ONE_START = ("run", "socket", "workers_socket", "segments", "spill", "token")


def rejoin(run: int | str | os.PathLike[str] | None) -> tuple[Session, Launch]:
    """The session with a run, and what starts its engine should it die."""
    folder = _folder(run)
    client = hold(folder)
    try:
        properties = read_properties((folder / PROPERTIES).read_text(encoding="utf-8"))
        launch = _launch(folder, properties)
        link, hello = _engine(launch)
    except BaseException:
        os.close(client)
        raise
    folders = launch.folders
    session = Session(link, Segments(str(folders.payloads), str(folders.spill), _MAKER), Output())
    folders.client = client
    session.why_lost = launch.lost
    if folders.lock >= 0:
        session.inherited.append(folders.lock)
    launch.entries["quiet"] = 0  # the next start is for a client that knows its tasks
    revive(session, launch, int(hello["frames"]))
    return session, launch


def _folder(run: int | str | os.PathLike[str] | None) -> Path:
    place = Path(home(None)).absolute()
    if run is None:
        found = runs_of(place)
        if not found:
            raise RunNotFoundError(
                f"there is no durable run in {place / 'runs'}: give the folder of one, "
                "or begin one with Config(durable=True)"
            )
        return found[0]
    folder = place / "runs" / f"{run:03d}" if isinstance(run, int) else Path(run).absolute()
    if isinstance(run, str) and run.isdigit() and not folder.is_dir():
        folder = place / "runs" / f"{int(run):03d}"
    if not folder.is_dir():
        raise RunNotFoundError(
            f"there is no run {folder}: ./fonio runs shows those that can be taken up"
        )
    if not (folder / "journal").is_dir():
        raise RunNotFoundError(
            f"{folder} is no durable run: it has no journal; begin it with Config(durable=True)"
        )
    return folder


def _launch(folder: Path, properties: dict[str, str]) -> Launch:
    """What starts engines for the run as its first client did; they outlive this client."""
    segments = Path(properties["segments"])
    folders = Folders(folder, segments, folder / "spill", -1, lasting=True)
    entries: dict[str, object] = {k: v for k, v in properties.items() if k not in _OF_ONE_START}
    entries.update(ring=0, keep=1, attached=1, quiet=1, client_pid=os.getpid())
    options: list[str] = []
    while f"java.{len(options)}" in properties:
        options.append(properties[f"java.{len(options)}"])
    return Launch(folders, properties["token"], entries, options)


def _engine(launch: Launch) -> tuple[Link, dict[str, str]]:
    """The link to the engine that has the journal, or to a new one if none has."""
    end = time.monotonic() + _PATIENCE_S
    while True:
        found = _alive(launch)
        if found is not None:
            return found
        if not has_engine(launch.folders.run):
            return _started(launch)
        if time.monotonic() > end:
            raise FonioError(
                f"the engine of {launch.folders.run} does not answer, though it has the journal: "
                "look at engine.log there, or end it by ./fonio stop"
            )
        time.sleep(0.05)


def _alive(launch: Launch) -> tuple[Link, dict[str, str]] | None:
    """The link to the engine that the run has; None where it has none, or one that just ends."""
    folders = launch.folders
    path = folders.segments / f"client-{os.getpid()}.sock"
    path.unlink(missing_ok=True)
    observer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        with observer, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
            observer.settimeout(_PATIENCE_S)
            observer.connect(str(folders.segments / "control.sock"))
            _handshake.greet(observer, {"role": "observer", "token": launch.token})
            listener.bind(str(path))
            listener.listen(1)
            listener.settimeout(_PATIENCE_S)
            end = time.monotonic() + _PATIENCE_S
            while True:
                observer.sendall(frame(QUERY, first=1, body=f"attach {path}".encode()))
                found = _invited(launch, observer, listener)
                if not isinstance(found, str):
                    return found
                if time.monotonic() > end:
                    raise FonioError(
                        f"the engine of {folders.run} takes no client: {found}; "
                        "wait for the one that it has, or end the run by ./fonio stop"
                    )
                time.sleep(0.05)
    except (OSError, ProtocolError):
        return None
    finally:
        path.unlink(missing_ok=True)


def _invited(
    launch: Launch, observer: socket.socket, listener: socket.socket
) -> tuple[Link, dict[str, str]] | str:
    """The link, once the engine has come; or why it does not."""
    import select

    ready, _, _ = select.select([observer, listener], [], [], _PATIENCE_S)
    if listener in ready:
        connection, _ = listener.accept()
        connection.settimeout(_PATIENCE_S)
        with connection:
            link = _first_session.welcome(
                connection.dup(), None, launch.token, launch.folders, launch.ring_capacity
            )
        return link
    kind, body = _handshake.receive_frame(observer)
    if kind != ANSWER:
        raise ProtocolError(f"the engine answers with a frame of kind {kind}")
    return parse_lines(body).get("error", "it does not say why")


def _started(launch: Launch) -> tuple[Link, dict[str, str]]:
    """A link to a new engine; one that just ends is waited for."""
    end = time.monotonic() + _PATIENCE_S
    while True:
        try:
            return launch.again()
        except EnvironmentNeeded as problem:
            if "open already" not in str(problem) or time.monotonic() > end:
                raise
            time.sleep(0.1)
