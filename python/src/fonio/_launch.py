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
from fonio.errors import EnvironmentNeeded, ProtocolError

if TYPE_CHECKING:
    from fonio._link import Link

PROPERTIES = "engine.properties"


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
                raise EnvironmentNeeded(
                    self.why(f"the engine's greeting failed: {problem}")
                ) from problem

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
        with open(self.folders.run / "engine.log", "ab") as log:
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
                raise EnvironmentNeeded(self.why("the engine did not start"))
            if time.monotonic() > deadline:
                raise EnvironmentNeeded(
                    self.why(f"the engine did not connect in {self.timeout_s:g} s")
                )
        connection, _ = listener.accept()
        connection.settimeout(self.timeout_s)
        return connection

    def why(self, reason: str) -> str:
        """The reason with what is known about the process: its exit and its last words."""
        code = None
        if self._process is not None:
            _ended(self._process, 0.2)
            code = self._process.poll()
        if code is not None:
            reason += f" (signal {-code})" if code < 0 else f" (exit code {code})"
        log = self.folders.run / "engine.log"
        try:
            tail = log.read_bytes()[-2000:].decode("utf-8", "replace").strip()
        except OSError:
            tail = ""
        return f"{reason}; see {log}" + (f"\n{tail}" if tail else "")

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
