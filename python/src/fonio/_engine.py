"""The engine process of a session: starts it, and sees to its end.

The JVM takes longer to start than Python to import, so that what this module imports at its top is
what starting it needs, and the rest is imported meanwhile.
It runs in a session of its own, so that the terminal's Ctrl-C does not reach it; it ends when its
link ends. Its output is in `engine.log` of the run's folder.
"""

from __future__ import annotations

import atexit
import os
import select
import socket
import subprocess
import time
from collections.abc import Callable
from mmap import mmap
from pathlib import Path
from typing import TYPE_CHECKING

from fonio import _role
from fonio._folders import Folders
from fonio._java import aot_cache, engine_jar, java_home
from fonio._link import make_ring_file
from fonio._settings import Settings, properties
from fonio.errors import EnvironmentNeeded, NestedUseError, ProtocolError

if TYPE_CHECKING:
    from fonio._session import Session

_END_S = 5.0


class Engine:
    """A started engine and the session with it; `meanwhile` is called while the JVM starts."""

    def __init__(self, settings: Settings, meanwhile: Callable[[], object] | None = None) -> None:
        if _role.inside_worker:
            raise NestedUseError(
                "a task cannot use Fonio inside its worker: call the inner apps from a join_app, "
                "which runs in the client"
            )
        self.settings = settings
        java = java_home()
        jar = engine_jar()
        self.folders = Folders.make(settings.home)
        self._process: subprocess.Popen[bytes] | None = None
        try:
            token = os.urandom(16).hex()
            listener = self._listen()
            memory = self._ring()
            self._configure(token)
            self._process = self._start(java, jar)
            from fonio import _first_session  # noqa: F401

            if meanwhile is not None:
                meanwhile()
            with listener, self._accept(listener) as connection:
                self.session = self._greet(connection.dup(), memory, token)
        except BaseException:
            self._kill()
            self.folders.remove()
            raise
        self.run = self.folders.run
        atexit.register(self.close)

    @property
    def pid(self) -> int:
        """The engine's process id."""
        assert self._process is not None
        return self._process.pid

    def close(self, finish: bool = False, patience_s: float = _END_S) -> None:
        """Ends the session and the engine; nothing of it is left.

        `finish` lets all that was submitted end first. An engine that is not gone `patience_s`
        after that is killed.
        """
        atexit.unregister(self.close)
        forked = self.session.forked
        self.session.close(finish, None if finish else patience_s)
        if not forked:
            self._kill(patience_s)
            self.folders.remove()

    def _listen(self) -> socket.socket:
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(self.folders.segments / "client.sock"))
        listener.listen(1)
        return listener

    def _ring(self) -> mmap | None:
        if not self.settings.ring:
            return None
        path = str(self.folders.segments / "client.ring")
        return make_ring_file(path, self.settings.ring_capacity)

    def _configure(self, token: str) -> None:
        folders = self.folders
        entries = {
            "run": folders.run,
            "socket": folders.segments / "client.sock",
            "workers_socket": folders.segments / "workers.sock",
            "segments": folders.segments,
            "spill": folders.spill,
            "token": token,
            **self.settings.keys(),
        }
        path = folders.run / "engine.properties"
        path.touch(mode=0o600)
        path.write_text(properties(entries), encoding="utf-8")

    def _start(self, java: Path, jar: Path) -> subprocess.Popen[bytes]:
        asked = os.environ.get("FONIO_AOT_CACHE")
        cache = Path(asked) if asked else aot_cache(java, jar)
        command = [
            str(java / "bin" / "java"),
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-XX:CompileThresholdScaling=8",  # compilers and first workers want the same cores
            "--enable-native-access=ALL-UNNAMED",
            *([f"-XX:AOTCache={cache}"] if cache.is_file() else []),
            *self.settings.java_options,
            "-jar",
            str(jar),
            str(self.folders.run / "engine.properties"),
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
        deadline = time.monotonic() + self.settings.start_timeout_s
        poll = select.poll()
        poll.register(listener, select.POLLIN)
        while not poll.poll(20):
            if self._process.poll() is not None:
                raise EnvironmentNeeded(self._why("the engine did not start"))
            if time.monotonic() > deadline:
                raise EnvironmentNeeded(
                    self._why(f"the engine did not connect in {self.settings.start_timeout_s:g} s")
                )
        connection, _ = listener.accept()
        connection.settimeout(self.settings.start_timeout_s)
        return connection

    def _greet(self, connection: socket.socket, memory: mmap | None, token: str) -> Session:
        from fonio._first_session import greet

        try:
            session = greet(connection, memory, token, self.folders, self.settings)
        except (OSError, ProtocolError) as problem:
            raise EnvironmentNeeded(
                self._why(f"the engine's greeting failed: {problem}")
            ) from problem
        session.why_lost = self._why
        return session

    def _why(self, reason: str) -> str:
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

    def _kill(self, patience_s: float = 0.0) -> None:
        process = self._process
        if process is None:
            return
        if not _ended(process, patience_s):
            process.kill()
        process.wait()


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
