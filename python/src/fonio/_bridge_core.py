"""The bridge's core: what an engine says and what an executor answers, and what follows from it.

No thread, socket, clock or executor is in here: each event returns its effects.

A part of a frame is one submission. What an executor lost while it may have been running is told as
lost, and such a task runs alone when it comes back, so that one that ends its workers takes no
others with it. What had not begun goes back.
"""

from __future__ import annotations

from typing import NamedTuple, Union

from fonio import _bridge_answers as answers
from fonio._bridge_answers import Answer
from fonio._bridge_definitions import Definitions, Job
from fonio._bridge_failures import Loss, kind_of
from fonio._bridge_pace import Pace
from fonio._bridge_tasks import Backlog, Frame, Task
from fonio._wire import (
    ACK,
    BEAT,
    CANCELLED,
    CAPACITY,
    CLASS,
    CLOSE,
    DRAIN,
    FAULT,
    FUNCTION,
    KILL,
    RECALL,
    SHARE,
    SKIPPED,
    TASKS,
    UNSHARE,
    VERDICT,
    MalformedFrame,
    frame,
    lines,
    parse_lines,
)


class Say(NamedTuple):
    """A frame for the engine."""

    data: bytes


class Submit(NamedTuple):
    """A submission for the executor; it is told as `ended` or `failed` under its number."""

    number: int
    job: Job


class Cancel(NamedTuple):
    """A submission that shall not begin; it is told as `cancelled` whether that was so.

    `for_good`: nobody wants it any more, even if it has begun.
    """

    number: int
    for_good: bool


class Renew(NamedTuple):
    """The executor is broken: another is wanted, told as `opened`."""


class Stop(NamedTuple):
    """The end; `why` is empty when it is in order."""

    why: str


Effect = Union[Say, Submit, Cancel, Renew, Stop]  # noqa: UP007 - evaluated at run time under 3.10


class _Out(NamedTuple):
    class_id: int
    tasks: list[Task]
    alone: bool


class Core:
    """The state of one bridge."""

    def __init__(self, label: str, definitions: Definitions, most_renewals: int) -> None:
        self._label = label
        self._definitions = definitions
        self._backlog = Backlog()
        self._out: dict[int, _Out] = {}
        self._wanted: dict[int, tuple[int, bool]] = {}
        self._suspects: set[int] = set()
        self._pace: Pace | None = None
        self._last = 0
        self._renewals = 0
        self._most_renewals = most_renewals
        self._unacknowledged = 0
        self._draining = False

    # The executor.

    def opened(self, workers: int, outstanding: int) -> list[Effect]:
        """The executor is there and has so many workers."""
        self._pace = Pace(workers, outstanding)
        told = {"workers": workers, "window": outstanding}
        return [Say(frame(CAPACITY, body=lines(told))), *self._dispatch()]

    def wants(self, number: int) -> bool:
        """Whether a submission is still wanted: an earlier one may have met a broken executor."""
        return number in self._out

    def ended(self, number: int, answer: Answer) -> list[Effect]:
        """A submission was run."""
        out = self._out.pop(number, None)
        if out is None:
            return []
        self._renewals = 0
        for index, need in answer.needs:
            self._definitions.need(out.tasks[index][0], need)
        if not answer.needs:
            self._suspects.difference_update([task for task, _ in out.tasks])
        effects = self._answer(answers.results(out.tasks, answer))
        if self._pace is not None and not answer.needs:
            self._pace.measured(out.class_id, len(out.tasks), answer.nanos)
            changes = self._pace.changes()
            if changes:
                effects.append(Say(frame(CAPACITY, body=lines(changes))))
        return effects + self._go_on()

    def failed(self, number: int, problem: BaseException) -> list[Effect]:
        """A submission came to nothing: its worker was lost, or the executor itself."""
        out = self._out.pop(number, None)
        if out is None:
            return []
        loss = kind_of(problem)
        if loss is Loss.CANCELLED:
            return self._answer(answers.ended(out.tasks, CANCELLED)) + self._go_on()
        if loss is Loss.NONE:
            return self._answer(answers.failed(out.tasks, problem)) + self._go_on()
        why = f"{type(problem).__name__}: {problem}"
        if loss is Loss.WORKER:
            return self._lose([out], why) + self._go_on()
        self._out[number] = out
        return self._break(why)

    def cancelled(self, number: int, done: bool) -> list[Effect]:
        """Whether a submission was stopped before it began."""
        task, for_good = self._wanted.pop(number)
        out = self._out.get(number)
        if out is None:
            return []
        if not done:
            return [] if for_good else [Say(frame(VERDICT, first=task))]
        del self._out[number]
        mine = [entry for entry in out.tasks if entry[0] == task]
        others = [entry for entry in out.tasks if entry[0] != task]
        frames = answers.ended(mine, CANCELLED if for_good else SKIPPED)
        return self._answer(frames + answers.ended(others, SKIPPED)) + self._go_on()

    def unusable(self, why: str) -> list[Effect]:
        """There is no executor, and there will be none."""
        self._pace = None
        text = f"{self._label}: {why}"
        return [*self._give_back(), Say(frame(FAULT, body=text.encode())), Stop(text)]

    # The engine.

    def obey(
        self, kind: int, flags: int, class_id: int, count: int, first: int, body: bytes
    ) -> list[Effect]:
        """What a frame of the engine asks for."""
        if kind == TASKS:
            self._backlog.add(Frame(flags, class_id, count, first, body))
            return self._give_back() if self._draining else self._dispatch()
        if kind == FUNCTION:
            self._definitions.function(first, body)
        elif kind == CLASS:
            parse_lines(body)
            self._definitions.define(class_id, first, body)
        elif kind == SHARE:
            self._definitions.share(first, body)
        elif kind == UNSHARE:
            self._definitions.unshare(first)
        elif kind in (RECALL, KILL):
            return self._take_back(first, kind == KILL)
        elif kind == ACK:
            self._unacknowledged -= count
            return self._go_on() if self._draining else []
        elif kind == DRAIN:
            self._draining = True
            return [Say(frame(DRAIN)), *self._give_back(), *self._go_on()]
        elif kind == CLOSE:
            return [Stop("")]
        elif kind != BEAT:
            raise MalformedFrame(f"a bridge is not sent frames of kind {kind}")
        return []

    # What follows.

    def _dispatch(self) -> list[Effect]:
        effects: list[Effect] = []
        pace = self._pace
        while pace is not None and self._backlog and len(self._out) < pace.outstanding:
            class_id, task = self._backlog.head
            alone = task in self._suspects
            if self._out and (alone or any([out.alone for out in self._out.values()])):
                break
            part = self._backlog.take(1 if alone else pace.size(class_id, len(self._backlog)))
            self._last += 1
            self._out[self._last] = _Out(class_id, part.tasks, alone)
            effects.append(Submit(self._last, self._definitions.job(part)))
        return effects

    def _go_on(self) -> list[Effect]:
        if not self._draining:
            return self._dispatch()
        done = not self._out and not self._unacknowledged
        return [Stop("")] if done else []

    def _take_back(self, task: int, for_good: bool) -> list[Effect]:
        gone = self._backlog.drop(task)
        if gone:
            frames = answers.ended(gone[:1], CANCELLED if for_good else SKIPPED)
            return self._answer(frames + answers.ended(gone[1:], SKIPPED))
        for number, out in self._out.items():
            if any([entry[0] == task for entry in out.tasks]):
                self._wanted[number] = (task, for_good)
                return [Cancel(number, for_good)]
        return [] if for_good else [Say(frame(VERDICT, first=task))]

    def _give_back(self) -> list[Effect]:
        gone = self._backlog.clear()
        gone.reverse()
        return self._answer(answers.ended(gone, SKIPPED))

    def _break(self, why: str) -> list[Effect]:
        """The oldest submissions, one for each worker, may have been running."""
        assert self._pace is not None
        all_of_them = [self._out[number] for number in sorted(self._out)]
        running = all_of_them[: self._pace.workers]
        rest = [task for out in all_of_them[self._pace.workers :] for task in out.tasks]
        self._out.clear()
        effects = self._answer(answers.ended(rest[::-1], SKIPPED)) + self._lose(running, why)
        self._renewals += 1
        if self._renewals > self._most_renewals:
            many = f"its executor broke {self._renewals} times and ran nothing in between"
            return effects + self.unusable(f"{many}; the last time: {why}")
        self._pace = None
        return [*effects, Renew()]

    def _lose(self, outs: list[_Out], why: str) -> list[Effect]:
        tasks = [task for out in outs for task in out.tasks][::-1]
        self._suspects.update([task for task, _ in tasks])
        return self._answer(answers.lost(tasks, self._label, why))

    def _answer(self, frames: list[bytes]) -> list[Effect]:
        self._unacknowledged += len(frames)
        return [Say(data) for data in frames]
