"""Durable runs on the client's side: one client at a time, and an engine that is started again."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING

from fonio._revival import Revival
from fonio.errors import RunInUseError

if TYPE_CHECKING:
    from fonio._launch import Launch
    from fonio._link import Link
    from fonio._session import Session

_LOCK = "client.lock"


def revive(session: Session, launch: Launch, frames: int, patience_s: float = 60.0) -> None:
    """From now on the session's engine is started again when it dies."""
    if launch.folders.client < 0:
        launch.folders.client = hold(launch.folders.run)
    session.inherited.append(launch.folders.client)

    def again() -> tuple[Link, int]:
        old = launch.folders.lock
        link, hello = launch.again()
        if old in session.inherited:
            session.inherited.remove(old)
        session.inherited.append(launch.folders.lock)
        return link, int(hello["frames"])

    session.revival = Revival(session, again, frames, patience_s)


def has_engine(run: Path) -> bool:
    """Whether an engine has the journal of a run."""
    lock = os.open(run / "journal" / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return False
    except OSError:
        return True
    finally:
        os.close(lock)


def hold(run: Path) -> int:
    """Takes the place of the run's one client; the descriptor of the lock, which is held."""
    path = run / _LOCK
    lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        pid = os.read(lock, 32).decode("ascii", "replace").strip()
        os.close(lock)
        raise RunInUseError(
            f"run {run} has a client already, process {pid or 'unknown'}: "
            "a run has one at a time; leave it there, or end that process"
        ) from None
    os.ftruncate(lock, 0)
    os.pwrite(lock, str(os.getpid()).encode(), 0)
    return lock
