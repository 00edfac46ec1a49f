"""The start of an engine process: socket and ring, configuration, command, greeting.

The JVM takes longer to start than Python to import, so that what this module imports at its top is
what starting it needs, and the rest is imported meanwhile.
It runs in a session of its own, so that the terminal's Ctrl-C does not reach it; it ends when its
link ends, unless the run is kept. Its output is in `engine.log` of the run's folder.
"""

from __future__ import annotations

import os
import select
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from mmap import mmap
from pathlib import Path
from typing import TYPE_CHECKING

from fonio._folders import Folders
from fonio._java import aot_cache, engine_jar, java_home
from fonio._link import make_ring_file
from fonio._settings import properties
from fonio.errors import ConfigurationError, EnvironmentNeeded, FonioError, ProtocolError

if TYPE_CHECKING:
    from fonio._link import Link

PROPERTIES = "engine.properties"
_REFUSES = 2
_SAYS = "\nfonio engine: "


class Launch:
    """What starts the engine of one run, once or, of a durable one, again."""

    def __init__(
        self,
        folders: Folders,
        token: str,
        entries: Mapping[str, object],
        java_options: Sequence[str] = (),
        ring_capacity: int = 0,
        timeout_s: float = 30.0,
    ) -> None:
        self.folders = folders
        self.token = token
        self.entries = dict(entries)
        self.java_options = java_options
        self.ring_capacity = ring_capacity
        self.timeout_s = timeout_s
        self.java = java_home()
        self.jar = engine_jar()
        self._process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    @property
    def pid(self) -> int:
        """The engine's process id."""
        assert self._process is not None
        return self._process.pid

    def start(self, meanwhile: Callable[[], object] | None = None) -> tuple[Link, dict[str, str]]:
        """Starts the engine; the link to it and its HELLO. `meanwhile` is called as it starts."""
        listener = listen(self.folders)
        memory = self._ring()
        self._configure()
        self._process = self._run()
        from fonio import _first_session

        if meanwhile is not None:
            meanwhile()
        with listener, self._accept(listener) as connection:
            try:
                return _first_session.welcome(
                    connection.dup(), memory, self.token, self.folders, self.ring_capacity
                )
            except (OSError, ProtocolError) as problem:
                raise self._failed(f"the engine's greeting failed: {problem}") from problem

    def again(self) -> tuple[Link, dict[str, str]]:
        """Starts the engine again, in a segment folder in which nothing is of the last one."""
        self.kill()
        self.folders.renew()
        self.entries["epoch"] = int(str(self.entries.get("epoch", 0))) + 1
        return self.start()

    def _ring(self) -> mmap | None:
        if not self.ring_capacity:
            return None
        path = str(self.folders.segments / "client.ring")
        return make_ring_file(path, self.ring_capacity)

    def _configure(self) -> None:
        folders = self.folders
        entries = {
            **self.entries,
            "run": folders.run,
            "socket": folders.segments / "client.sock",
            "workers_socket": folders.segments / "workers.sock",
            "segments": folders.segments,
            "spill": folders.spill,
            "token": self.token,
        }
        path = folders.run / PROPERTIES
        path.touch(mode=0o600)
        path.write_text(properties(entries), encoding="utf-8")

    def _run(self) -> subprocess.Popen[bytes]:
        asked = os.environ.get("FONIO_AOT_CACHE")
        cache = Path(asked) if asked else aot_cache(self.java, self.jar)
        command = [
            str(self.java / "bin" / "java"),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:CompileThresholdScaling=8",  # compilers and first workers want the same cores
            "--enable-native-access=ALL-UNNAMED",
            *([f"-XX:AOTCache={cache}"] if cache.is_file() else []),
            *self.java_options,
            "-jar",
            str(self.jar),
            str(self.folders.run / PROPERTIES),
        ]
        with open(self._log_path(), "ab") as log:
            self._log_start = log.tell()
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def _accept(self, listener: socket.socket) -> socket.socket:
        assert self._process is not None
        deadline = time.monotonic() + self.timeout_s
        poll = select.poll()
        poll.register(listener, select.POLLIN)
        while not poll.poll(20):
            if self._process.poll() is not None:
                raise self._failed("the engine did not start")
            if time.monotonic() > deadline:
                raise self._failed(f"the engine did not connect in {self.timeout_s:g} s")
        connection, _ = listener.accept()
        connection.settimeout(self.timeout_s)
        return connection

    def _failed(self, reason: str) -> FonioError:
        """Why the engine did not start: the configuration, or what the machine lacks."""
        refusal = self.refusal()
        return ConfigurationError(refusal) if refusal else EnvironmentNeeded(self.why(reason))

    def refusal(self) -> str:
        """Why the engine ended because of its configuration; empty if it did not."""
        process = self._process
        if process is None or not _ended(process, 0.2) or process.poll() != _REFUSES:
            return ""
        said = self._log()[self._log_start :].decode("utf-8", "replace")
        return f"\n{said}".rpartition(_SAYS)[2].strip()

    def lost(self, reason: str) -> tuple[str, str]:
        """The name of the error in which the tasks of an engine that is gone end, and its text."""
        refusal = self.refusal()
        if refusal:
            return "ConfigurationError", refusal
        return "EngineLostError", self.why(reason)

    def why(self, reason: str) -> str:
        """The reason with what is known about the process: its exit and its last words."""
        code = None
        if self._process is not None:
            _ended(self._process, 0.2)
            code = self._process.poll()
        if code is not None:
            reason += f" (signal {-code})" if code < 0 else f" (exit code {code})"
        tail = self._log()[-2000:].decode("utf-8", "replace").strip()
        return f"{reason}; see {self._log_path()}" + (f"\n{tail}" if tail else "")

    def _log_path(self) -> Path:
        return self.folders.run / "engine.log"

    def _log(self) -> bytes:
        try:
            return self._log_path().read_bytes()
        except OSError:
            return b""

    def kill(self, patience_s: float = 0.0) -> None:
        """Sees to the end of the process, and waits for it."""
        process = self._process
        if process is None:
            return
        if not _ended(process, patience_s):
            process.kill()
        process.wait()


def listen(folders: Folders) -> socket.socket:
    """The socket by which the engine comes."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(folders.segments / "client.sock"))
    listener.listen(1)
    return listener


def _ended(process: subprocess.Popen[bytes], within_s: float) -> bool:
    """Whether the process has ended, or ends in time; wakes as soon as it does."""
    if process.poll() is not None:
        return True
    try:
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):
        try:
            process.wait(within_s)
            return True
        except subprocess.TimeoutExpired:
            return False
    try:
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(within_s * 1000))
    finally:
        os.close(descriptor)
