"""The folders of a run, and the sweep of what killed runs left.

A run has a numbered folder under `.fonio/runs` that stays, and a *segment folder* in shared memory
(`fonio-UID-RUN`, 0700, sockets in it too) that goes. In it stands the file `lock`, which client and
engine lock shared: who can lock it alone knows that both are gone, and removes the folder and the
spill folder that the file names (`docs/protocol.md` 4.2).
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from fonio.errors import EnvironmentNeeded

_SOCKET_PATH_BYTES = 107
_YOUNG_S = 60.0
_LONGEST_SOCKET = "workers.sock"
_OWN_SPILL = "fonio-spill-"  # the spill folder of a run without a folder in .fonio/runs


class Folders:
    """Where one run keeps its files; `lock` is the descriptor of its lock.

    `client` is that of the lock by which a durable run has one client at a time, or -1.
    """

    def __init__(
        self, run: Path, segments: Path, spill: Path, lock: int, lasting: bool = False
    ) -> None:
        self.run = run
        self.segments = segments
        self.spill = spill
        self.lock = lock
        self.lasting = lasting
        self.client = -1

    @staticmethod
    def make(home: Path, lasting: bool = False) -> Folders:
        """New folders for one run; sweeps those of runs that are gone.

        The spill folder of a run that is `lasting` stays: its journal names files in it.
        """
        sweep(_root())
        run = _numbered(home / "runs").absolute()
        spill = run / "spill"
        spill.mkdir(mode=0o700)
        return Folders.of(run, lasting)

    @staticmethod
    def of(run: Path, lasting: bool) -> Folders:
        """A new segment folder for a run that has its own."""
        spill = run / "spill"
        segments = _root() / f"{_prefix()}{os.getpid()}-{os.urandom(4).hex()}"
        if len(os.fsencode(segments / _LONGEST_SOCKET)) > _SOCKET_PATH_BYTES:
            raise EnvironmentNeeded(
                f"{segments} is too long for a socket's name: set TMPDIR to a shorter folder"
            )
        lock = _hold(segments)
        if not lasting:
            os.write(lock, os.fsencode(spill))
        return Folders(run, segments, spill, lock, lasting)

    @property
    def payloads(self) -> Path:
        """The folder of payloads that are too large for a frame."""
        return self.spill if self.lasting else self.segments

    def renew(self) -> None:
        """Takes another segment folder, in which nothing is of an engine that is gone."""
        fresh = Folders.of(self.run, self.lasting)
        if self.lock >= 0:
            os.close(self.lock)
        sweep(_root())  # the old one goes if nobody has it any more
        self.segments, self.lock = fresh.segments, fresh.lock

    def let_go(self) -> None:
        """Holds the folders no longer: they live as long as the engine does."""
        for descriptor in (self.lock, self.client):
            if descriptor >= 0:
                os.close(descriptor)
        self.lock = self.client = -1

    def remove(self) -> None:
        """Removes what does not outlive the run."""
        _remove(self.segments)
        if not self.lasting:
            _remove(self.spill)
        self.let_go()


def sweep(root: Path) -> None:
    """Removes the segment folders, and the spill folders that they name, of runs that are gone."""
    prefix = _prefix()
    for entry in os.scandir(root):
        if not entry.name.startswith(prefix) or not entry.is_dir(follow_symlinks=False):
            continue
        folder = Path(entry.path)
        try:
            lock = os.open(folder / "lock", os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            if _age_s(folder) > _YOUNG_S:
                _remove(folder)
            continue
        except OSError:
            continue
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            continue  # alive
        else:
            spill = os.fsdecode(os.read(lock, 4096))
            name = os.path.basename(spill)
            if name == "spill" or name.startswith(_OWN_SPILL):
                _remove(Path(spill))
            _remove(folder)
        finally:
            os.close(lock)


def _remove(folder: Path) -> None:
    """Removes a folder that holds only files and sockets, or else with all that is in it."""
    try:
        for entry in os.scandir(folder):
            os.unlink(entry.path)
        folder.rmdir()
    except FileNotFoundError:
        pass
    except OSError:
        import shutil

        shutil.rmtree(folder, ignore_errors=True)


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _hold(folder: Path) -> int:
    """Makes a segment folder; the descriptor of its lock, which is held."""
    for _ in range(3):
        folder.mkdir(mode=0o700)
        path = folder / "lock"
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if path.exists():
                return lock
        except OSError:
            pass  # a sweep came between
        os.close(lock)
        _remove(folder)
    raise EnvironmentNeeded(f"{folder} was swept while it was made; start again")


def _prefix() -> str:
    return f"fonio-{os.getuid()}-"


def _root() -> Path:
    """The folder for segments: /dev/shm, else the temp folder."""
    shm = Path("/dev/shm")
    if os.access(shm, os.W_OK | os.X_OK):
        return shm
    import tempfile

    return Path(tempfile.gettempdir())


def _numbered(runs: Path) -> Path:
    """The next free folder `NNN`."""
    try:
        runs.mkdir(parents=True, exist_ok=True)
        number = max([int(p.name) for p in runs.iterdir() if p.name.isdigit()], default=-1) + 1
        while True:
            folder = runs / f"{number:03d}"
            try:
                folder.mkdir()
                return folder
            except FileExistsError:
                number += 1
    except OSError as problem:
        raise EnvironmentNeeded(
            f"cannot make a run folder in {runs.absolute()}: {problem.strerror}; "
            "set the run's home (FONIO_HOME) to a folder that you may write"
        ) from problem
