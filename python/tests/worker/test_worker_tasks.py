"""What a worker answers to tasks."""

from __future__ import annotations

import sys
import time

import pytest
from driver import LOCAL, Driver

from fonio import _wire as w
from fonio._codec import encode


def add(a, b=10):
    return a + b


def pair(a, b):
    return (a, b)


def test_tasks_without_arguments_return_none(worker):
    number = worker.define(lambda: None)
    assert worker.values(worker.call(number, *[()] * 500)) == [None] * 500


def test_arguments_come_as_tuple_keywords_or_pickle(worker):
    number = worker.define(add)
    assert worker.values(worker.call(number, *[(i, i) for i in range(300)])) == [
        2 * i for i in range(300)
    ]
    assert worker.values(worker.call(number, (1,), (2,), kwargs={"b": 5})) == [6, 7]
    assert worker.values(worker.call(number, ([1], [2]))) == [[1, 2]]


def test_tuple_results_stay_exact(worker):
    number = worker.define(pair)
    values = [(1, 2.5), ("a", b"b"), (True, None), (1 << 80, -1), ([1], {2})]
    assert worker.values(worker.call(number, *values)) == values


def test_results_of_one_frame_come_in_one_frame_with_their_time(ring_worker):
    number = ring_worker.define(add)
    ring_worker.values(ring_worker.call(number, (1, 1)))
    before = ring_worker.frames
    ring_worker.elapsed_ns = 0
    ring_worker.results(ring_worker.call(number, *[(i, i) for i in range(5)]))
    assert ring_worker.frames == before + 1
    assert 0 < ring_worker.elapsed_ns < 5_000_000_000


def test_long_task_gets_its_result_out_at_once(worker, tmp_path):
    gate = tmp_path / "gate"

    def wait(turn):
        import os

        while turn and not os.path.exists(gate):
            os.sched_yield()
        end = time.perf_counter() + 0.001
        while not turn and time.perf_counter() < end:
            pass
        return turn

    number = worker.define(wait)
    tasks = worker.call(number, (0,), (1,))
    assert worker.values(tasks[:1]) == [0]
    gate.touch()
    assert worker.values(tasks[1:]) == [1]


def test_running_word_tells_the_task_and_is_zero_at_rest(worker, tmp_path):
    gate = tmp_path / "gate"

    def wait():
        import os

        while not os.path.exists(gate):
            os.sched_yield()

    number = worker.define(wait)
    worker.values(worker.call(worker.define(add), (1, 2), (3, 4)))
    tasks = worker.call(number, (), ())
    worker.await_running(3)
    gate.touch()
    worker.results(tasks)
    worker.await_running(0)


def test_recalled_tasks_are_skipped_in_their_turn(worker, tmp_path):
    gate = tmp_path / "gate"
    ran = tmp_path / "ran"

    def note(turn):
        import os

        while turn == 1 and not os.path.exists(gate):
            os.sched_yield()
        with open(ran, "a") as out:
            out.write(f"{turn} ")
        return turn

    number = worker.define(note)
    tasks = worker.call(number, *[(i,) for i in range(1, 7)])
    worker.await_running(1)
    worker.recall(3, 5)
    gate.touch()
    found = worker.results(tasks)
    assert [r.status for r in found] == [0, 0, w.SKIPPED, w.SKIPPED, 0, 0]
    assert ran.read_text() == "1 2 5 6 "


def test_recalled_parent_skips_its_local_child(ring_worker, tmp_path):
    gate = tmp_path / "gate"

    def follow(value):
        import os

        while value == 1 and not os.path.exists(gate):
            os.sched_yield()
        return value + 1

    number = ring_worker.define(follow)
    tasks = ring_worker.spliced(
        number, ((1,), {}), ((5,), {}), ((None,), {2: LOCAL}), ((None,), {3: LOCAL}), ((8,), {})
    )
    ring_worker.await_running(1)
    ring_worker.recall(2, 3)
    gate.touch()
    found = ring_worker.results(tasks)
    assert [r.status for r in found] == [0, w.SKIPPED, w.SKIPPED, w.SKIPPED, 0]
    assert [r.value for r in found if not r.status] == [2, 9]


def test_chain_runs_within_one_frame(worker):
    number = worker.define(add)
    calls = [((1, 1), {})] + [((None, 1), {task: LOCAL}) for task in range(1, 200)]
    assert worker.values(worker.spliced(number, *calls)) == list(range(2, 202))


def test_parents_values_come_before_the_arguments(worker):
    number = worker.define(pair)
    tasks = worker.spliced(
        number,
        ((None, "own"), {100: encode([1, 2])}),
        ((None, None), {100: b"", 101: encode(7)}),
        ((1, 2), {}),
        ((None, None), {100: encode("far"), 3: LOCAL}),
    )
    assert worker.values(tasks) == [([1, 2], "own"), (None, 7), (1, 2), ("far", (1, 2))]


def test_no_two_tasks_share_a_local_parents_value(worker):
    def grow(values):
        values.append(len(values))
        return values

    number = worker.define(grow)
    tasks = worker.spliced(
        number, (([],), {}), ((None,), {1: LOCAL}), ((None,), {1: LOCAL}), ((None,), {1: LOCAL})
    )
    assert worker.values(tasks) == [[0], [0, 1], [0, 1], [0, 1]]


def test_large_local_parent_is_read_from_its_segment_again(worker):
    def double(values):
        return values + values

    start = "x" * 50_000
    number = worker.define(double)
    tasks = worker.spliced(number, ((start,), {}), ((None,), {1: LOCAL}), ((None,), {1: LOCAL}))
    assert [len(v) for v in worker.values(tasks)] == [100_000, 200_000, 200_000]


def test_failed_parent_skips_its_local_children_only(worker):
    def check(value):
        return 10 // value

    number = worker.define(check)
    tasks = worker.spliced(
        number, ((0,), {}), ((None,), {1: LOCAL}), ((None,), {2: LOCAL}), ((5,), {})
    )
    found = worker.results(tasks)
    assert [r.status for r in found] == [w.ERROR, w.SKIPPED, w.SKIPPED, w.OK]
    assert isinstance(found[0].error, ZeroDivisionError)


def test_retry_of_a_frame_with_attempts_is_read(worker):
    number = worker.define(add)
    payloads = [encode((1, 2)), encode((3, 4)), encode((5, 6))]
    body = w.words(map(len, payloads)) + w.halves([1, 0, 2]) + b"".join(payloads)
    worker.send(w.frame(w.TASKS, w.LENGTHS | w.ATTEMPTS, number, 3, 1, body))
    assert worker.values(range(1, 4)) == [3, 7, 11]


def test_ids_in_a_column_come_back(worker):
    number = worker.define(add)
    payloads = [encode((1, 2)), encode((3, 4))]
    body = w.words([90, 17]) + w.words(map(len, payloads)) + b"".join(payloads)
    worker.send(w.frame(w.TASKS, w.IDS | w.LENGTHS, number, 2, 0, body))
    found = [worker.results(range(90, 91))[0], worker.results(range(17, 18))[0]]
    assert [r.value for r in found] == [3, 7]


def test_large_function_comes_in_pieces(worker):
    ballast = "b" * 3_000_000
    assert worker.run(lambda: len(ballast)) == 3_000_000
    assert worker.run(add, 1, 2) == 3


@pytest.mark.parametrize(
    ("flags", "body", "complaint"),
    [
        (w.LENGTHS, w.words([5]) + b"abc", "3"),
        (w.LENGTHS, b"\0", "do not fit"),
        (0x80, b"", "flags 0x80"),
        (w.DEPENDENCIES, w.words([1 << 20]), "do not fit"),
    ],
)
def test_malformed_tasks_end_the_worker_with_a_named_error(ring_worker, flags, body, complaint):
    number = ring_worker.define(add)
    ring_worker.send(w.frame(w.TASKS, flags, number, 1, 1, body))
    assert ring_worker.await_end() == 70
    told = ring_worker.stderr.read_text()
    assert "MalformedFrame" in told and complaint in told


def test_unknown_kind_and_unknown_class_end_the_worker_with_a_named_error(start):
    one = start()
    one.send(w.frame(99))
    assert one.await_end() == 70 and "kind 99" in one.stderr.read_text()
    two = start()
    two.send(w.frame(w.TASKS, 0, 55, 1, 1))
    assert two.await_end() == 70 and "55" in two.stderr.read_text()


def test_worker_loads_no_more_than_it_needs(ring_worker):
    loaded = ring_worker.run(lambda: sorted(sys.modules))
    assert not {"asyncio", "ctypes", "numpy"} & set(loaded)
    assert not [m for m in loaded if m in ("fonio._session", "fonio._engine", "fonio._future")]


def test_driver_sees_a_worker_that_dies(ring_worker: Driver):
    def die():
        import os

        os._exit(3)

    ring_worker.call(ring_worker.define(die), ())
    assert ring_worker.await_end() == 3
    assert ring_worker.running() == 1
