"""A peer that speaks the engine's side of the protocol over a socket pair, in a thread.

It runs the tasks itself, one by one, with the codec of the package; `hold()` makes it keep what is
submitted until `let_go()`. It remembers every frame that it got.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from mmap import mmap
from typing import Any

from fonio import _wire as w
from fonio._codec import decode, decode_arguments, encode
from fonio._columns import decode_column, encode_column, encode_each
from fonio._failures import encode_error, traceback_text
from fonio._link import Link, RingLink


@dataclass
class Task:
    id: int
    class_id: int
    payload: bytes
    parents: list[int]
    key: bytes | None = None


@dataclass
class Result:
    status: int
    payload: bytes
    value: Any = None


def engine_rings(connection: socket.socket, memory: mmap, capacity: int) -> RingLink:
    """The engine's end of a pair of rings: up and down change places."""
    link = RingLink(connection, memory, capacity)
    link.up, link.down = link.down, link.up
    link._up_data, link._down_data = link._down_data, link._up_data
    return link


@dataclass
class Peer:
    connection: socket.socket
    link: Link
    functions: dict[int, Any] = field(default_factory=dict)
    classes: dict[int, tuple[int, dict[str, str]]] = field(default_factory=dict)
    results: dict[int, Result] = field(default_factory=dict)
    waiting: list[Task] = field(default_factory=list)
    frames: list[tuple[int, int, int, int, int, bytes]] = field(default_factory=list)
    unacknowledged: list[list[int]] = field(default_factory=list)
    forgotten: set[int] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    acknowledged: int = 0
    sent: int = 0
    deadly: Any = ...  # an element that ends its worker

    def __post_init__(self) -> None:
        self.changed = threading.Condition()
        self.holding = False
        self.sending = threading.Lock()
        self.mute: set[int] = set()
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def hold(self) -> None:
        self.holding = True

    def let_go(self) -> None:
        with self.changed:
            self.holding = False
            self._work()

    def die(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()

    def await_frame(self, kind: int, number: int = 1, timeout: float = 5) -> list[Any]:
        """Waits until so many frames of a kind have come."""
        with self.changed:
            done = self.changed.wait_for(lambda: len(self.of(kind)) >= number, timeout)
            assert done, f"{len(self.of(kind))} frames of kind {kind} instead of {number}"
            return self.of(kind)

    def of(self, kind: int) -> list[Any]:
        return [f for f in self.frames if f[0] == kind]

    def send(self, data: bytes) -> None:
        with self.sending:
            view = memoryview(data)
            while view:
                done = self.link.write(view)
                if done is None:
                    return
                view = view[done:]
                if view and not done:
                    self.link.wait(10, True)

    def _run(self) -> None:
        acc = b""
        while True:
            data = self.link.fill()
            if data is None:
                return
            if not data:
                self.link.wait(100)
                continue
            acc += data
            while len(acc) >= 16:
                length, kind, flags, class_id, count, first = w.HEADER.unpack_from(acc)
                if len(acc) < 16 + length:
                    break
                body, acc = acc[16 : 16 + length], acc[16 + length :]
                with self.changed:
                    self.frames.append((kind, flags, class_id, count, first, body))
                    ended = self._frame(kind, flags, class_id, count, first, body)
                    self.changed.notify_all()
                if ended:
                    self.link.close()
                    return

    def _frame(
        self, kind: int, flags: int, class_id: int, count: int, first: int, body: bytes
    ) -> bool:
        if kind == w.FUNCTION:
            size = int.from_bytes(body[1:3], "little")
            self.functions[first] = decode(body[3 + size :])
        elif kind == w.CLASS:
            self.classes[class_id] = (first, w.parse_lines(body))
        elif kind == w.SUBMIT:
            tasks = _tasks(flags, class_id, count, first, body)
            for task in tasks:
                for parent in self.forgotten.intersection(task.parents):
                    self.complaints.append(f"task {task.id} names {parent}, which is forgotten")
            self.waiting.extend(tasks)
            self._work()
        elif kind == w.RESULTS:
            (number,) = struct.unpack_from("<I", body)
            status = body[8]
            self.results[number] = Result(status, body[12:])
            self._answer({number: self.results[number]})
            self._work()
        elif kind == w.ACK:
            self.acknowledged += count
            if self.acknowledged > self.sent:
                self.complaints.append("an acknowledgement of what was not sent")
            for _ in range(count):
                for task in self.unacknowledged.pop(0):
                    self.forgotten.add(task)
        elif kind in (w.CANCEL, w.KILL) and kind not in self.mute:
            known = [t for t in self.waiting if t.id == first]
            if known:
                self.waiting.remove(known[0])
                self._answer({first: Result(w.CANCELLED, b"")})
            else:
                self.send(w.frame(w.VERDICT, first=first))
        elif kind == w.QUERY:
            text = w.lines({"question": body.decode(), "answer": "a\nb"})
            self.send(w.frame(w.ANSWER, first=first, body=text))
        elif kind == w.RETRY:
            self._work()
        elif kind == w.CLOSE:
            return True
        return False

    def _work(self) -> None:
        progress = True
        while progress and not self.holding:
            progress = False
            done: dict[int, Result] = {}
            for task in list(self.waiting):
                function_id, _options = self.classes[task.class_id]
                if function_id and all(p in self.results for p in task.parents):
                    self.waiting.remove(task)
                    result = self._execute(task, self.functions[function_id])
                    self.results[task.id] = done[task.id] = result
                    progress = True
            if done:
                self._answer(done)

    def _execute(self, task: Task, function: Any) -> Result:
        for parent in task.parents:
            bad = self.results[parent]
            if bad.status:
                chain = f"{function.__name__} <- task {parent}".encode()
                head = len(chain).to_bytes(4, "little") + chain + bytes([bad.status])
                return Result(w.DEPENDENCY, head + bad.payload)
        try:
            if "map" in self.classes[task.class_id][1]:
                if self.deadly in decode_column(task.payload):
                    return Result(w.FAILED, b"WorkerLost\nthe worker was killed\nsignal=9")
                return Result(w.OK, _mapped(function, task.payload))
            args, kwargs, places = decode_arguments(task.payload)
            args = list(args)
            if task.parents and not task.payload:
                args = [None] * len(task.parents)
                places = list(range(len(args)))
            for parent, place in zip(task.parents, places):
                value = decode(self.results[parent].payload)
                if isinstance(place, int):
                    args[place] = value
                elif isinstance(place, str):
                    kwargs[place] = value
                else:
                    outer, index = place
                    (args if isinstance(outer, int) else kwargs)[outer][index] = value
            payload = encode(function(*args, **kwargs))
            return Result(w.OK, payload if isinstance(payload, bytes) else payload.join())
        except Exception as error:
            return Result(w.ERROR, encode_error(error))

    def _answer(self, done: dict[int, Result]) -> None:
        flags = w.IDS
        columns = [w.words(done)]
        if any(r.payload for r in done.values()):
            flags |= w.LENGTHS
            columns.append(w.words([len(r.payload) for r in done.values()]))
        if any(r.status for r in done.values()):
            flags |= w.STATUS
            columns.append(w.octets([r.status for r in done.values()]))
        columns.extend([r.payload for r in done.values()])
        self.sent += 1
        self.unacknowledged.append(list(done))
        self.send(w.frame(w.RESULTS, flags, 0, len(done), 0, b"".join(columns)))


def _mapped(function: Any, payload: bytes) -> bytes:
    start = time.perf_counter()
    pairs: list[tuple[bool, Any]] = []
    for value in decode_column(payload):
        try:
            pairs.append((True, function(value)))
        except Exception as error:
            pairs.append((False, (error, traceback_text(error))))
    took = int((time.perf_counter() - start) * 1e6)
    if all(ok for ok, _ in pairs):
        data = encode_column([v for _, v in pairs], took)
    else:
        data = encode_each(pairs, took)
    return data if isinstance(data, bytes) else data.join()


def _tasks(flags: int, class_id: int, count: int, first: int, body: bytes) -> list[Task]:
    at = 0

    def column(code: str, number: int, pad: int = 1) -> list[int]:
        nonlocal at
        values = list(struct.unpack_from(f"<{number}{code}", body, at))
        at += struct.calcsize(code) * number
        at += -at % pad
        return values

    classes = column("H", count, 4) if flags & w.CLASSES else [class_id] * count
    lengths = column("I", count) if flags & w.LENGTHS else [0] * count
    parents: list[list[int]] = [[] for _ in range(count)]
    if flags & w.DEPENDENCIES:
        numbers = column("I", count)
        parents = [column("I", n) for n in numbers]
    keys = b""
    if flags & w.EXTENSION:
        (size,) = column("I", 1)
        keys, at = body[at : at + size], at + size
        assert size == 32 * count
    tasks = []
    for i in range(count):
        size = lengths[i] & ~w.SEGMENT_BIT
        key = keys[32 * i : 32 * i + 32] or None
        tasks.append(Task(first + i, classes[i], body[at : at + size], parents[i], key))
        at += size
    assert at == len(body), "lengths do not add up to the blob"
    return tasks
