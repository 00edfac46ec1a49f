"""The bridge's loop: the engine's link, and the answers of an executor, one event after the other.

One thread runs it. Executors call back in threads of their own, which do no more than put the
future into a queue and wake the loop.
"""

from __future__ import annotations

import os
import select
import socket
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from pickle import dumps
from time import monotonic
from typing import Any, NamedTuple

from fonio._bridge_answers import Answer
from fonio._bridge_core import Cancel, Core, Effect, Renew, Say, Stop, Submit
from fonio._bridge_errand import Errand
from fonio._wire import (
    BEAT,
    HEADER,
    HEADER_BYTES,
    MAX_COUNT,
    MAX_FRAME_BYTES,
    MalformedFrame,
    frame,
)

_READ_BYTES = 1 << 20
_ERRAND = Errand()


class Open(NamedTuple):
    """An order: make an executor."""


class Close(NamedTuple):
    """An order: let the executor go, and end; `why` is empty when that is in order."""

    why: str


class Loop:
    """One bridge's conversation with its engine; `order` is heard by who opens executors."""

    def __init__(
        self,
        connection: socket.socket,
        core: Core,
        order: Callable[[Open | Close], object],
        beat_s: float,
        lost_s: float,
    ) -> None:
        connection.setblocking(False)
        self._connection = connection
        self._core = core
        self._order = order
        self._beat_s = beat_s
        self._lost_s = lost_s
        self._executor: Any = None
        self._recalls = False
        self._futures: dict[int, Future[bytes]] = {}
        self._told: deque[Callable[[], list[Effect]]] = deque()
        self._bell, self._ear = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)[::-1]
        self._rung = False
        self._in = bytearray()
        self._out = bytearray()
        self._heard_at = self._said_at = monotonic()
        self._over = False

    def opened(self, executor: Any, recalls: bool, workers: int, outstanding: int) -> None:
        """Any thread: there is an executor; `recalls` if its futures know whether they run."""

        def begin() -> list[Effect]:
            self._executor = executor
            self._recalls = recalls
            return self._core.opened(workers, outstanding)

        self._tell(begin)

    def unusable(self, why: str) -> None:
        """Any thread: there will be none."""
        self._tell(lambda: self._core.unusable(why))

    def run(self) -> None:
        """Serves until one side ends it."""
        try:
            poll = select.poll()
            poll.register(self._ear, select.POLLIN)
            while not self._over:
                events = select.POLLIN | (select.POLLOUT if self._out else 0)
                poll.register(self._connection, events)
                poll.poll(1000 * min(self._beat_s, self._lost_s / 3) / 2)
                self._turn()
        except BaseException as problem:
            traceback.print_exc()
            self._end(f"it cannot go on: {type(problem).__name__}: {problem}")

    def _turn(self) -> None:
        if self._rung:
            self._rung = False
            try:
                os.read(self._ear, 4096)
            except BlockingIOError:
                pass
        while self._told and not self._over:
            self._do(self._told.popleft()())
        self._read()
        now = monotonic()
        if now - self._said_at >= self._beat_s:
            self._out += frame(BEAT)
        if now - self._heard_at > self._lost_s:
            self._end(f"the engine was silent for {now - self._heard_at:.1f} s")
        self._write()

    def _tell(self, event: Callable[[], list[Effect]]) -> None:
        self._told.append(event)
        if not self._rung:
            self._rung = True
            try:
                os.write(self._bell, b"\1")
            except OSError:
                pass  # it is full of bells that were not heard yet, or the loop has ended

    def _read(self) -> None:
        while not self._over:
            try:
                data = self._connection.recv(_READ_BYTES)
            except BlockingIOError:
                return
            except OSError as problem:
                self._end(f"its link broke: {problem}")
                return
            if not data:
                self._end("")
                return
            self._heard_at = monotonic()
            self._in += data
            self._obey()

    def _obey(self) -> None:
        at = 0
        data = self._in
        while not self._over and len(data) - at >= HEADER_BYTES:
            length, kind, flags, class_id, count, first = HEADER.unpack_from(data, at)
            if length > MAX_FRAME_BYTES or count > MAX_COUNT:
                raise MalformedFrame(
                    f"a frame of kind {kind} with {length:,} bytes and {count:,} tasks"
                )
            start = at + HEADER_BYTES
            if len(data) - start < length:
                break
            at = start + length
            body = bytes(data[start:at])
            self._do(self._core.obey(kind, flags, class_id, count, first, body))
        del data[:at]

    def _do(self, effects: list[Effect]) -> None:
        for effect in effects:
            if isinstance(effect, Say):
                self._out += effect.data
            elif isinstance(effect, Submit):
                self._submit(effect)
            elif isinstance(effect, Cancel):
                self._do(self._core.cancelled(effect.number, self._cancel(effect)))
            elif isinstance(effect, Renew):
                self._executor = None
                self._futures.clear()
                self._order(Open())
            else:
                assert isinstance(effect, Stop)
                self._end(effect.why)

    def _cancel(self, effect: Cancel) -> bool:
        future = self._futures.get(effect.number)
        if future is None or not (effect.for_good or self._recalls):
            return False
        return future.cancel()

    def _submit(self, effect: Submit) -> None:
        number = effect.number
        if not self._core.wants(number):
            return
        try:
            future = self._executor.submit(_ERRAND, dumps(tuple(effect.job), 5))
            self._futures[number] = future
            future.add_done_callback(lambda done: self._tell(lambda: self._ended(number, done)))
        except BaseException as problem:
            self._do(self._core.failed(number, problem))

    def _ended(self, number: int, future: Future[bytes]) -> list[Effect]:
        if self._futures.get(number) is not future:
            return []
        del self._futures[number]
        try:
            answer = Answer.decode(future.result(0))
        except BaseException as problem:
            return self._core.failed(number, problem)
        return self._core.ended(number, answer)

    def _write(self) -> None:
        while self._out:
            try:
                done = self._connection.send(self._out)
            except BlockingIOError:
                return
            except OSError as problem:
                self._end(f"its link broke: {problem}")
                return
            self._said_at = monotonic()
            del self._out[:done]

    def _end(self, why: str) -> None:
        if self._over:
            return
        self._over = True
        self._flush()
        self._order(Close(why))

    def _flush(self) -> None:
        """Sends what is left, as far as the engine still takes it."""
        try:
            self._connection.settimeout(1)
            self._connection.sendall(self._out)
        except OSError:
            pass
        self._out.clear()
