"""What a bridge answers: frames RESULTS, and how a foreign worker's answer is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pickle import loads
from typing import NamedTuple

from fonio._bridge_tasks import Task
from fonio._failures import encode_error
from fonio._wire import (
    ATTEMPTS,
    ERROR,
    EXTENSION,
    FAILED,
    IDS,
    LENGTHS,
    LOST,
    RESULTS,
    STATUS,
    frame,
    halves,
    lines,
    octets,
    words,
)

_MOST_BYTES = 4 << 20
_EXTENSION_BYTES = (8).to_bytes(4, "little")

Need = tuple[str, int]
"""What a worker has to be told: `function` or `object`, and its number."""


class Answer(NamedTuple):
    """What a foreign worker says of the tasks of one part, in their order."""

    statuses: list[int]
    payloads: list[bytes]
    nanos: int
    needs: list[tuple[int, Need]] = []  # noqa: RUF012 - nobody changes it
    """What a task, by its index, lacked: it was not run."""

    @classmethod
    def decode(cls, data: bytes) -> Answer:
        """The answer that `run_bridged` returned."""
        return cls(*loads(data))


def results(tasks: Sequence[Task], answer: Answer) -> list[bytes]:
    """The frames of an answer, none of them much larger than 4 MiB unless one result is."""
    frames = []
    start = size = 0
    for index, payload in enumerate(answer.payloads):
        if size and size + len(payload) > _MOST_BYTES:
            frames.append(_frame(tasks, answer, start, index, 0))
            start, size = index, 0
        size += len(payload)
    frames.append(_frame(tasks, answer, start, len(tasks), answer.nanos))
    return frames


def _frame(tasks: Sequence[Task], answer: Answer, start: int, end: int, nanos: int) -> bytes:
    payloads = answer.payloads[start:end]
    ids, attempts = zip(*tasks[start:end])
    flags = IDS | LENGTHS | ATTEMPTS | STATUS
    columns = [
        words(ids),
        words(map(len, payloads)),
        halves(list(attempts)),
        octets(answer.statuses[start:end]),
    ]
    if nanos:
        flags |= EXTENSION
        columns.append(_EXTENSION_BYTES + nanos.to_bytes(8, "little"))
    return frame(RESULTS, flags, 0, end - start, ids[0], b"".join([*columns, *payloads]))


def ended(tasks: Iterable[Task], status: int, payload: bytes = b"") -> list[bytes]:
    """The frame that says how tasks ended that have no result of their own."""
    all_of_them = list(tasks)
    if not all_of_them:
        return []
    many = len(all_of_them)
    return results(all_of_them, Answer([status] * many, [payload] * many, 0))


def failed(tasks: Sequence[Task], problem: BaseException) -> list[bytes]:
    """The frames of tasks that the executor failed to run."""
    return ended(tasks, ERROR, encode_error(problem))


def lost(tasks: Sequence[Task], label: str, why: str) -> list[bytes]:
    """The frames of tasks whose worker was lost while they may have been running."""
    frames: list[bytes] = []
    for task in tasks:
        message = f"{label} lost the worker that may have been running task {task[0]}: {why}"
        frames += ended([task], LOST, fault("WorkerLost", message, task=task[0]))
    return frames


def refused(tasks: Sequence[Task], name: str, message: str) -> list[bytes]:
    """The frames of tasks that end with a fault of this name."""
    return ended(tasks, FAILED, fault(name, message))


def fault(name: str, message: str, **fields: object) -> bytes:
    """The payload of a fault."""
    line = " ".join(message.split())
    return f"{name}\n{line}\n".encode() + lines(fields)
