"""The engine's side of a link to one real worker process, for tests: it sends frames and waits for
the results, each wait with a deadline.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cloudpickle
from peer import engine_rings

from fonio import _handshake, _worker
from fonio import _wire as w
from fonio._codec import decode, encode_arguments, encode_places
from fonio._columns import decode_column, encode_column
from fonio._failures import exception_of
from fonio._link import PAGE, RECALL_FROM, RECALL_TO, RUNNING, SocketLink, make_ring_file
from fonio._segments import Segments

DEADLINE_S = 20.0
TOKEN = "0" * 32
LOCAL = object()


@dataclass
class Result:
    task: int
    status: int
    payload: Any
    frame: int

    @property
    def value(self) -> Any:
        assert self.status == w.OK, f"task {self.task}: {self.error!r}"
        return decode(self.payload)

    @property
    def error(self) -> BaseException:
        return exception_of(self.status, self.payload)


@dataclass
class Driver:
    """One worker, started as the engine starts it."""

    folder: Path
    capacity: int = 1 << 16
    welcome: dict[str, object] = field(default_factory=dict)
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.cwd = self.folder / "cwd"
        self.spill = self.folder / "spill"
        self.cwd.mkdir()
        self.spill.mkdir()
        self.stdout = self.folder / "out"
        self.stderr = self.folder / "err"
        self.next_task = 1
        self.next_class = 1
        self.ranges: list[tuple[int, int]] = []
        self.elapsed_ns = 0
        self.frames = 0
        self._bytes = b""
        self._ready: list[Result] = []
        path = self.folder / "workers.sock"
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(path))
        listener.listen()
        listener.settimeout(DEADLINE_S)
        memory = make_ring_file(str(self.folder / "worker-0-0.ring"), self.capacity)
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-S", _worker.__file__),
                *(str(path), str(self.folder), "0", "0", str(self.capacity), TOKEN),
                str(os.getpid()),
            ],
            stdin=subprocess.DEVNULL,
            stdout=self.stdout.open("w"),
            stderr=self.stderr.open("w"),
            env={**os.environ, **self.environment},
            start_new_session=True,
        )
        self.connection, _ = listener.accept()
        listener.close()
        self.connection.settimeout(DEADLINE_S)
        paths = {f"path.{n}": entry for n, entry in enumerate(sys.path)}
        common = {"maker": 7, "segments": self.folder, "spill": self.spill, "cwd": self.cwd}
        given = {"session": 1, "umask": 0o027, **common, **paths, **self.welcome}
        self.hello = _handshake.accept(self.connection, TOKEN, given)
        if self.capacity:
            self.link: Any = engine_rings(self.connection, memory, self.capacity)
        else:
            self.link = SocketLink(self.connection)
        view = memoryview(memory)
        self.up = view[:PAGE].cast("Q")
        self.down = view[PAGE + self.capacity :][:PAGE].cast("Q")
        self.segments = Segments(str(self.folder), str(self.spill), 9)

    # What the engine tells.

    def send(self, data: bytes) -> None:
        """Writes all of it."""
        view = memoryview(data)
        end = time.monotonic() + DEADLINE_S
        while view:
            done = self.link.write(view)
            assert done is not None, "the worker is gone"
            assert time.monotonic() < end, "the worker does not read"
            view = view[done:]
            if view:
                self._collect()
                self.link.wait(10, True)

    def define(self, function: Any, **options: object) -> int:
        """Sends a function and its class; the class's number."""
        number = self.next_class
        self.next_class += 1
        name = str(options.pop("name", getattr(function, "__name__", "?")))
        code = function if isinstance(function, bytes) else cloudpickle.dumps(function)
        self.function(number, name, code)
        self.send(w.frame(w.CLASS, 0, number, 0, number, w.lines({"name": name, **options})))
        return number

    def function(self, number: int, name: str, code: bytes) -> None:
        head = b"\0" + len(name).to_bytes(2, "little") + name.encode()
        self.send(w.frame(w.FUNCTION, first=number, body=head + code))

    def call(self, number: int, *calls: tuple[Any, ...], kwargs: Any = None) -> range:
        """Sends calls without parents in one frame; their tasks."""
        return self.raw(number, [encode_arguments(c, kwargs or {}) for c in calls])

    def map(self, number: int, values: list[Any]) -> range:
        return self.raw(number, [encode_column(values)])

    def spliced(self, number: int, *calls: tuple[tuple[Any, ...], dict[int, Any]]) -> range:
        """Sends calls with parents, each (args, {task: payload or LOCAL}): the first arguments are
        the parents' places."""
        payloads: list[Any] = []
        counts, pairs, blob = [], [], []
        for args, parents in calls:
            places = list(range(len(parents)))
            payloads.append(
                encode_places(args, {}, places) if parents else encode_arguments(args, {})
            )
            counts.append(len(parents))
            for task, payload in parents.items():
                pairs += [task, w.LOCAL_PARENT if payload is LOCAL else len(payload)]
                blob.append(b"" if payload is LOCAL else payload)
            blob.append(payloads[-1])
        dependencies = w.words(counts) + w.words(pairs)
        return self._tasks(number, payloads, w.DEPENDENCIES, dependencies, b"".join(blob))

    def raw(self, number: int, payloads: list[Any]) -> range:
        """Sends tasks with these payloads, large ones in segments."""
        return self._tasks(number, payloads, 0, b"", None)

    def share(self, number: int, value: Any) -> None:
        payload = cloudpickle.dumps(value)
        self.send(w.frame(w.SHARE, w.LENGTHS, 0, 1, number, w.words([len(payload)]) + payload))

    def recall(self, first: int, until: int) -> None:
        self.down[RECALL_FROM] = first
        self.down[RECALL_TO] = until

    # What the worker answers.

    def results(self, tasks: range) -> list[Result]:
        """The results of these tasks, which come next and in order."""
        end = time.monotonic() + DEADLINE_S
        while len(self._ready) < len(tasks):
            assert self._collect(), f"the worker is gone: {self.stderr.read_text()}"
            assert time.monotonic() < end, f"{len(self._ready)} of {len(tasks)} results came"
            if len(self._ready) < len(tasks):
                self.link.wait(20)
        found, self._ready = self._ready[: len(tasks)], self._ready[len(tasks) :]
        assert [r.task for r in found] == list(tasks)
        return found

    def values(self, tasks: range) -> list[Any]:
        return [r.value for r in self.results(tasks)]

    def run(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        """The value of one call."""
        return self.result(function, *args, **kwargs).value

    def result(self, function: Any, *args: Any, **kwargs: Any) -> Result:
        (result,) = self.results(self.call(self.define(function), args, kwargs=kwargs))
        return result

    def column(self, result: Result) -> list[Any]:
        assert result.status == w.OK, result.error
        return decode_column(result.payload)

    def running(self) -> int:
        return int(self.up[RUNNING])

    def await_running(self, number: int) -> None:
        """Waits until the worker says that it runs this task, or a later one; 0: none."""
        end = time.monotonic() + DEADLINE_S
        while not (self.running() >= number > 0 or self.running() == number):
            assert time.monotonic() < end, f"runs {self.running()} instead of {number}"
            os.sched_yield()

    def printed(self) -> str:
        return self.stdout.read_text()

    def await_end(self) -> int:
        """The exit code of the worker, which is about to end."""
        descriptor = os.pidfd_open(self.process.pid)
        try:
            ready, _, _ = select.select([descriptor], [], [], DEADLINE_S)
            assert ready, "the worker does not end"
        finally:
            os.close(descriptor)
        return self.process.wait()

    def stop(self) -> None:
        """Ends the worker's process group, whatever it does."""
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
        self.connection.close()

    def _tasks(
        self, number: int, payloads: list[Any], flags: int, columns: bytes, blob: Any
    ) -> range:
        sizes, parts = [], []
        for payload in payloads:
            if len(payload) > w.INLINE_BYTES:
                parts.append(self.segments.store(payload))
                sizes.append(len(parts[-1]) | w.SEGMENT_BIT)
            else:
                parts.append(payload if isinstance(payload, bytes) else payload.join())
                sizes.append(len(payload))
        if any(sizes):
            flags |= w.LENGTHS
            columns = w.words(sizes) + columns
        body = columns + (b"".join(parts) if blob is None else blob)
        first = self.next_task
        self.next_task += len(payloads)
        self.send(w.frame(w.TASKS, flags, number, len(payloads), first, body))
        return range(first, self.next_task)

    def _collect(self) -> bool:
        """Takes in what has come; False when the worker is gone."""
        data = self.link.fill()
        if data is None:
            return False
        self._bytes += data
        while len(self._bytes) >= w.HEADER_BYTES:
            length, kind, flags, _, count, first = w.HEADER.unpack_from(self._bytes)
            if len(self._bytes) < w.HEADER_BYTES + length:
                break
            body = self._bytes[w.HEADER_BYTES : w.HEADER_BYTES + length]
            self._bytes = self._bytes[w.HEADER_BYTES + length :]
            assert kind == w.RESULTS, f"a frame of kind {kind}"
            self._read(flags, count, first, body)
        return True

    def _read(self, flags: int, count: int, first: int, body: bytes) -> None:
        at = 0

        def words() -> list[int]:
            nonlocal at
            at += 4 * count
            return memoryview(body[at - 4 * count : at]).cast("I").tolist()

        ids = words() if flags & w.IDS else list(range(first, first + count))
        sizes = words() if flags & w.LENGTHS else [0] * count
        statuses = [w.OK] * count
        if flags & w.STATUS:
            statuses = list(body[at : at + count])
            at += count + (-count & 3)
        assert flags & w.EXTENSION and body[at : at + 4] == b"\x08\0\0\0"
        self.elapsed_ns += int.from_bytes(body[at + 4 : at + 12], "little")
        at += 12
        self.frames += 1
        for task, size, status in zip(ids, sizes, statuses):
            length = size & ~w.SEGMENT_BIT
            payload: Any = body[at : at + length]
            at += length
            if size & w.SEGMENT_BIT:
                payload = self.segments.map(payload)
            self._ready.append(Result(task, status, payload, self.frames))
        assert at == len(body), "the lengths do not add up to the blob"
