"""What a task may do to its worker, and what the next one notices of it."""

from __future__ import annotations

import concurrent.futures as cf
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest
from deadlines import until

from fonio import errors


def ask(value=1):
    return value


def ended(future):
    """Waits for the end, however it comes."""
    return future.exception(30)


def lost_workers(engine):
    return int(engine.session.query("account")["workers_lost"])


def leave_folder(path):
    os.chdir(path)


def test_folder_is_put_back_after_a_task_that_leaves_it(engine, tmp_path):
    call = engine.session.app(os.getcwd)
    home = call().result(20)
    engine.session.app(leave_folder)(str(tmp_path)).result(20)
    assert call().result(20) == home


def fork():
    child = os.fork()
    if child == 0:
        return "child"
    os.waitpid(child, 0)
    return "parent"


def test_forked_child_answers_nothing(engine):
    call = engine.session.app(fork)
    assert [f.result(30) for f in [call() for _ in range(5)]] == ["parent"] * 5
    assert lost_workers(engine) == 0


def start_thread():
    threading.Thread(target=time.sleep, args=(600,)).start()


def test_thread_that_a_task_left_does_not_hold_up_the_end(engine):
    engine.session.app(start_thread)().result(20)
    begin = time.monotonic()
    engine.close()
    assert time.monotonic() - begin < 5


def leave(code):
    sys.exit(code)


def test_sys_exit_is_an_error_of_its_task_alone(engine):
    assert isinstance(ended(engine.session.app(leave)(3)), SystemExit)
    assert engine.session.app(ask)(2).result(20) == 2
    assert lost_workers(engine) == 0


def exit_at_once(code):
    print("last words", file=sys.stderr, flush=True)
    os._exit(code)


def test_exit_code_and_last_words_of_a_dead_worker_are_named(engine):
    problem = ended(engine.session.app(exit_at_once, on_worker_lost="fail")(3))
    assert isinstance(problem, errors.WorkerLost)
    assert problem.exit_code == 3
    assert "last words" in problem.stderr
    assert "last words" in str(problem) or "exit code 3" in str(problem)


def test_task_that_kills_every_worker_is_poison(engine):
    problem = ended(engine.session.app(exit_at_once)(3))
    assert isinstance(problem, errors.TaskPoisoned)
    assert lost_workers(engine) == 3


def close_files():
    os.closerange(3, 256)


def test_task_that_closes_all_files_harms_no_other(engine):
    broken = [engine.session.app(close_files)() for _ in range(2)]
    assert [f.result(30) for f in [engine.session.app(ask)(i) for i in range(50)]] == [*range(50)]
    for future in broken:
        ended(future)


def speak(words):
    print(words)
    print(words, file=sys.stderr)


def test_prints_are_kept_with_the_run(engine):
    engine.session.app(speak)("hello").result(20)
    logs = engine.folders.run / "workers"
    kept = {path.suffix: path.read_text() for path in logs.iterdir()}
    assert kept == {".out": "hello\n", ".err": "hello\n"}


def big(size):
    return b"x" * size


def test_result_of_500_mb_arrives_and_is_removed(start):
    engine = start(workers=1)
    size = 500 << 20
    assert len(engine.session.app(big)(size).result(50)) == size
    settle(engine)
    assert segments(engine) == []


def settle(engine):
    """Releases travel with the next requests."""
    for _ in range(3):
        engine.session.app(ask)(1).result(20)
    engine.session.query("account")


def segments(engine):
    return [p.name for p in Path(engine.folders.segments).iterdir() if len(p.name) == 16]


def fail_loudly():
    raise ValueError("x" * 200_000)


def test_segments_of_failed_attempts_go_with_them(engine):
    call = engine.session.app(fail_loudly, retries=3)
    for _ in range(3):
        assert len(str(ended(call()))) == 200_000
    settle(engine)
    assert segments(engine) == []


def test_error_too_large_for_a_chain_is_named_there(engine):
    parent = engine.session.app(fail_loudly)()
    child = engine.session.app(ask)(parent)
    problem = ended(child)
    assert isinstance(problem, errors.DependencyError)
    assert "too large to be passed on" in str(problem.__cause__)
    assert isinstance(ended(parent), ValueError)


def lengths(*values):
    return sum(map(len, values)) if len(values) > 1 else b"x" * 100_000


@pytest.mark.parametrize("uses", [2, 3])
def test_large_parent_is_used_several_times_by_its_follower(engine, uses):
    call = engine.session.app(lengths)
    [f.result(20) for f in [call(b"a", b"b") for _ in range(200)]]
    for _ in range(5):
        parent = call(b"a")
        assert call(*[parent] * uses).result(20) == uses * 100_000


def flaky(path, fails):
    with open(path, "ab") as file:
        file.write(b"x")
    if os.path.getsize(path) <= fails:
        raise OSError("again")
    return 1


def add(*values):
    return sum(values)


def test_chain_goes_on_after_the_retries_of_its_first_task(engine, tmp_path):
    call = engine.session.app(
        lambda path, *more: flaky(path, 2) if not more else sum(more), retries=2
    )
    [f.result(20) for f in [call("", 1, 2) for _ in range(200)]]
    first = call(str(tmp_path / "n"))
    second = call("", first, 1)
    third = call("", second, 1)
    assert third.result(20) == 3


def test_failure_in_a_chain_sent_ahead_fails_all_behind_it(engine):
    call = engine.session.app(lambda x, y=0: 1 // x + y)
    [f.result(20) for f in [call(1) for _ in range(200)]]
    bad = call(0)
    chain = [call(1, bad)]
    for _ in range(5):
        chain.append(call(1, chain[-1]))
    for future in chain:
        assert isinstance(ended(future), errors.DependencyError)
    assert isinstance(ended(bad), ZeroDivisionError)


def test_several_chains_in_one_frame_keep_their_values(engine):
    call = engine.session.app(add)
    [f.result(20) for f in [call(1) for _ in range(300)]]
    for _ in range(20):
        firsts = [call(10 * i) for i in range(6)]
        seconds = [call(x, 1) for x in firsts]
        thirds = [call(x, 1) for x in seconds]
        assert [f.result(20) for f in thirds] == [10 * i + 2 for i in range(6)]
    assert lost_workers(engine) == 0


def sleep(seconds, mark=None):
    if mark:
        open(mark, "w").close()
    time.sleep(seconds)
    return os.getpid()


def test_walltime_ends_a_task_and_the_next_one_runs(engine):
    problem = ended(engine.session.app(sleep, walltime_ms=200)(60))
    assert isinstance(problem, errors.AppTimeout)
    assert engine.session.app(sleep, walltime_ms=2000)(0).result(20)


def test_worker_is_replaced_after_its_last_task(start):
    engine = start(workers=1, max_tasks_per_child=3)
    call = engine.session.app(sleep)
    pids = [f.result(30) for f in [call(0) for _ in range(9)]]
    assert sorted(map(pids.count, set(pids))) == [3, 3, 3]
    assert lost_workers(engine) == 0


def test_killed_worker_is_replaced_and_its_tasks_run_again(start):
    engine = start(workers=2)
    pid = engine.session.app(os.getpid)().result(20)
    futures = [engine.session.app(sleep)(0.01) for _ in range(100)]
    os.kill(pid, signal.SIGKILL)
    assert all(f.result(30) for f in futures)


def test_short_tasks_do_not_wait_behind_a_long_one(start):
    engine = start(workers=2)
    call = engine.session.app(sleep)
    [f.result(20) for f in [call(0) for _ in range(200)]]
    long = call(5)
    begin = time.monotonic()
    short = [call(0) for _ in range(50)]
    for future in short:
        future.result(4)
    assert time.monotonic() - begin < 4
    assert not long.done()
    assert long.kill()


def test_queued_task_behind_a_long_one_can_be_cancelled(start, tmp_path):
    engine = start(workers=1)
    call = engine.session.app(sleep)
    [f.result(20) for f in [call(0) for _ in range(200)]]
    begun = tmp_path / "begun"
    long = call(60, str(begun))
    queued = [call(0) for _ in range(5)]
    engine.session.outbox.flush()
    until(begun.exists, "the task has not begun")
    with pytest.raises(cf.TimeoutError):
        long.result(0.2)  # the pool must find it overlong: then it takes back all behind it
    assert all([f.cancel() for f in queued])
    assert long.kill()
    assert call(0).result(20)


def test_recalls_do_not_slow_a_batch_of_short_tasks(start):
    engine = start(workers=2)
    call = engine.session.app(sleep)
    [f.result(20) for f in [call(0.0025) for _ in range(20)]]
    fastest = min([_batch(call) for _ in range(5)])
    assert fastest < 3 * 40 * 0.0025 / 2


def _batch(call):
    begin = time.perf_counter()
    futures = [call(0.0025) for _ in range(40)]
    for future in futures:
        future.result(20)
    return time.perf_counter() - begin
