"""What a worker sends while a long task runs, when it is urged: what has ended before, once."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from driver import LOCAL, Driver

from fonio import _wire as w
from fonio._worker_system import URGENT


def awaits(file, value=None):
    """Returns the value; with a file, once it is there."""
    import os
    import time

    while file and not os.path.exists(file):
        time.sleep(0.001)
    return value


def urge(worker: Driver) -> None:
    os.kill(worker.process.pid, URGENT)


def test_what_ended_before_a_long_task_is_sent_while_it_runs(
    worker: Driver, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    number = worker.define(awaits)
    tasks = worker.call(number, ("", 1), ("", (2, 3)), (str(go), 4), ("", 5))
    worker.await_running(3)
    urge(worker)
    assert worker.values(tasks[:2]) == [1, (2, 3)]
    urge(worker)
    go.touch()
    assert worker.values(tasks[2:]) == [4, 5]


def test_a_failure_keeps_its_status_and_its_task(worker: Driver, tmp_path: Path) -> None:
    go = tmp_path / "go"
    number = worker.define(lambda n, file: awaits(file, 1 // n))
    tasks = worker.call(number, (1, ""), (0, ""), (1, str(go)), (0, ""), (1, ""))
    worker.await_running(3)
    urge(worker)
    early = worker.results(tasks[:2])
    go.touch()
    late = worker.results(tasks[2:])
    assert [r.status for r in early] == [w.OK, w.ERROR]
    assert [r.status for r in late] == [w.OK, w.ERROR, w.OK]


def test_a_result_that_was_sent_is_still_there_for_its_dependants(
    worker: Driver, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    number = worker.define(lambda value, file="": [awaits(file, value)])
    tasks = worker.spliced(
        number,
        ((7,), {}),
        ((None, str(go)), {1: LOCAL}),
        ((None,), {1: LOCAL}),
    )
    worker.await_running(2)
    urge(worker)
    assert worker.values(tasks[:1]) == [[7]]
    go.touch()
    assert worker.values(tasks[1:]) == [[[7]], [[7]]]


def test_a_call_into_c_is_no_obstacle(worker: Driver, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    number = worker.define(os.stat)
    first = worker.call(number, (str(tmp_path),))
    assert worker.results(first)[0].status == w.OK
    opener = worker.define(os.open)
    flags = os.O_RDONLY | os.O_CLOEXEC
    tasks = worker.call(opener, ("/dev/null", flags), (str(pipe), flags))
    worker.await_running(3)
    urge(worker)
    assert worker.results(tasks[:1])[0].status == w.OK
    os.close(os.open(pipe, os.O_WRONLY))
    assert worker.results(tasks[1:])[0].status == w.OK


def test_a_storm_of_signals_neither_loses_nor_doubles_a_result(worker: Driver) -> None:
    number = worker.define(lambda n: n if n % 7 else 1 // 0)
    done = 0
    for _ in range(20):
        tasks = worker.call(number, *[(done + n,) for n in range(500)])
        for _ in range(50):
            urge(worker)
        for n, result in enumerate(worker.results(tasks), done):
            assert result.status == (w.OK if n % 7 else w.ERROR)
            assert not n % 7 or result.value == n
        done += 500


def test_a_forked_child_sends_nothing(worker: Driver) -> None:
    def fork_and_urge():
        child = os.fork()
        if not child:
            os.kill(os.getpid(), signal.SIGURG)
            os._exit(3)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    number = worker.define(fork_and_urge)
    assert worker.values(worker.call(number, (), ())) == [3, 3]
