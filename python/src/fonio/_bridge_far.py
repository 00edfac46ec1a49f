"""What runs in the workers of a foreign executor: the tasks of one submission, as Fonio's do.

Whatever process this is, it keeps what it was told by run: a cluster may serve several.
"""

from __future__ import annotations

import sys
import threading
from pickle import dumps, loads
from time import perf_counter_ns
from typing import Any

from fonio import _role, _shared
from fonio._bridge_answers import Need
from fonio._bridge_definitions import Job
from fonio._link import PAGE
from fonio._segments import Segments
from fonio._wire import OK, SKIPPED, parse_lines
from fonio._worker_functions import Functions
from fonio._worker_loop import Words
from fonio._worker_results import Results
from fonio._worker_surroundings import Surroundings
from fonio._worker_tasks import Tasks
from fonio.errors import TaskTooLarge

MOST_RESULT_BYTES = 200 << 20
_INITIALIZER = 0
_MOST_RUNS = 4


class Lacking(BaseException):
    """Something that this process was not told; its task goes back for it."""

    def __init__(self, need: Need) -> None:
        super().__init__(f"{need[0]} {need[1]} is not here yet")
        self.need = need


class Run:
    """What this process knows of one run."""

    def __init__(self) -> None:
        self.functions = Functions()
        self.known: set[int] = set()
        self.classes: set[int] = set()
        self.objects: dict[int, Any] = {}
        self.payloads: dict[int, Any] = {}
        self.absent: set[int] = set()
        self.lock = threading.Lock()

    def learn(self, job: Job) -> None:
        """Takes over what came along; Lacking names what did not and is needed."""
        with self.lock:
            for number, body in job.functions.items():
                if number not in self.known:
                    self.functions.add(number, body)
                    self.known.add(number)
            for number in (_INITIALIZER, job.function) if job.initializer else (job.function,):
                if number not in self.known:
                    raise Lacking(("function", number))
            if job.class_id not in self.classes:
                self.functions.define(job.class_id, job.function, parse_lines(job.options))
                self.classes.add(job.class_id)
            for number, payload in job.objects.items():
                if payload is None:
                    self.absent.add(number)
                elif number not in self.objects:
                    self.payloads[number] = payload
            for number in job.released:
                self.payloads.pop(number, None)
                self.objects.pop(number, None)
                self.absent.add(number)


class _OfRun(dict[int, Any]):
    """The shared objects, or their payloads: those of the run whose tasks this thread runs."""

    def __init__(self, name: str, before: dict[int, Any]) -> None:
        super().__init__(before)
        self._name = name

    def __getitem__(self, number: int) -> Any:
        run = _current()
        return super().__getitem__(number) if run is None else getattr(run, self._name)[number]

    def __setitem__(self, number: int, value: Any) -> None:
        run = _current()
        if run is None:
            super().__setitem__(number, value)
        else:
            getattr(run, self._name)[number] = value

    def pop(self, number: int, *otherwise: Any) -> Any:
        run = _current()
        if run is None:
            return super().pop(number, *otherwise)
        mine = getattr(run, self._name)
        if number not in mine and not otherwise and number not in run.absent:
            raise Lacking(("object", number))
        return mine.pop(number, *otherwise)


class _AsItIs(Surroundings):
    """A process that belongs to others: nothing in it is watched or put back."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def restore(self, problem: BaseException | None = None) -> None:
        pass

    def settle(self) -> None:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except (OSError, ValueError, AttributeError):
                pass


class Gathered(Results):
    """Results that are kept for the answer, whole: there are no segments here."""

    __slots__ = ("nanos", "needs", "statuses", "whole")

    def __init__(self, segments: Segments, surroundings: Surroundings) -> None:
        super().__init__(segments, _to_nobody, surroundings)
        self.statuses: list[int] = []
        self.whole: list[bytes] = []
        self.needs: list[tuple[int, Need]] = []
        self.nanos = 0

    def fail(self, problem: BaseException) -> None:
        for cause in (problem, problem.__cause__):
            if isinstance(cause, Lacking):
                self.needs.append((len(self.whole) + len(self.payloads), cause.need))
                self.skip()
                return
        super().fail(problem)

    def _store(self, payload: Any, status: int) -> None:
        if len(payload) > MOST_RESULT_BYTES:
            raise TaskTooLarge(
                f"a result of {len(payload) >> 20} MiB; over the network at most "
                f"{MOST_RESULT_BYTES >> 20} MiB travel: write a file and return its path"
            )
        self._odd[len(self.payloads)] = (status, 0)
        self.payloads.append(payload if isinstance(payload, bytes) else payload.join())

    def _write(self) -> None:
        self.nanos += perf_counter_ns() - self._since
        self._last = self.last()
        odd = self._odd
        self.statuses += [odd.get(index, (OK, 0))[0] for index in range(len(self.payloads))]
        self.whole += self.payloads
        self._sent += len(self.payloads)
        self.payloads.clear()
        odd.clear()


def run_bridged(data: bytes) -> bytes:
    """Runs the tasks of a submission; the pickle of an Answer's fields."""
    job = Job(*loads(data))
    known = set(sys.path)
    sys.path[:0] = [path for path in job.paths if path not in known]
    _role.inside_worker = True
    run = _run(job.run)
    try:
        run.learn(job)
    except Lacking as lacking:
        needs = [(index, lacking.need) for index in range(job.many)]
        return dumps(([SKIPPED] * job.many, [b""] * job.many, 0, needs), 5)
    before = _current()
    _here.run = run
    try:
        results = _gather(run, job)
    finally:
        _here.run = before
    return dumps((results.statuses, results.whole, results.nanos, results.needs), 5)


def _gather(run: Run, job: Job) -> Gathered:
    words = memoryview(bytearray(PAGE)).cast("Q")
    segments = Segments("", "", 0)
    surroundings = _AsItIs()
    tasks = Tasks(Words(words, words), segments, run.functions, surroundings, _to_nobody)
    tasks.results = results = Gathered(segments, surroundings)
    tasks.run(job.body, 0, len(job.body), job.flags, job.class_id, job.many, 0)
    return results


def _run(name: str) -> Run:
    with _lock:
        if name not in _runs:
            while len(_runs) >= _MOST_RUNS:
                del _runs[next(iter(_runs))]
            _runs[name] = Run()
        return _runs[name]


def _current() -> Run | None:
    return getattr(_here, "run", None)


def _to_nobody(_: bytes) -> None:
    raise AssertionError("results of a bridge are gathered, not sent")


_lock = threading.Lock()
_runs: dict[str, Run] = {}
_here = threading.local()
_shared._objects = _OfRun("objects", _shared._objects)
_shared._payloads = _OfRun("payloads", _shared._payloads)
