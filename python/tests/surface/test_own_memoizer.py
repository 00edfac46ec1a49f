"""A program's own memoizer is asked before a cached call runs and told how it has ended."""

from __future__ import annotations

import pytest

import fonio
from fonio import Config, DirectExecutor, ThreadPoolExecutor, join_app, python_app
from fonio.memoization import BasicMemoizer, Memoizer


def work(x, path):
    with open(path, "a") as file:
        file.write("x")
    return 10 // x


cached = python_app(cache=True)(work)
plain = python_app(work)


class Own(Memoizer):
    def __init__(self):
        self.calls = []
        self.known = {}

    def start(self, *, run_dir):
        self.calls.append("start")

    def check_memo(self, task):
        self.calls.append(("check", task["func_name"], task["args"][0], task["memoize"]))
        return self.known.get(task["args"][0])

    def update_memo_result(self, task, r):
        self.calls.append(("result", r))
        self.known[task["args"][0]] = task["app_fu"]

    def update_memo_exception(self, task, e):
        self.calls.append(("exception", type(e).__name__))

    def close(self):
        self.calls.append("close")


class Older(Own):
    def update_memo(self, task, r):
        self.calls.append(("update", r.exception() is None))


def config(home, memoizer, *more):
    executors = [DirectExecutor(workers=1), *more]
    return Config(executors=executors, run_dir=home, memoizer=memoizer)


def test_it_is_asked_with_values_and_told_the_result(home, tmp_path):
    calls = str(tmp_path / "calls")
    memoizer = Own()
    with fonio.load(config(home, memoizer)):
        assert cached(plain(2, calls), calls).result(20) == 2
        assert cached(5, calls).result(20) == 2
        assert cached(5, calls).result(20) == 2
        assert plain(5, calls).result(20) == 2
    check = "check"
    assert memoizer.calls == [
        "start",
        *((check, "work", 5, True), ("result", 2)),
        *((check, "work", 5, True), (check, "work", 5, True)),
        "close",
    ]
    assert open(calls).read() == "xxx"


def test_it_is_told_of_an_exception(home, tmp_path):
    memoizer = Own()
    with fonio.load(config(home, memoizer)), pytest.raises(ZeroDivisionError):
        cached(0, str(tmp_path / "calls")).result(20)
    assert ("exception", "ZeroDivisionError") in memoizer.calls


def test_the_older_form_is_told_by_its_one_method(home, tmp_path):
    memoizer = Older()
    with fonio.load(config(home, memoizer)):
        assert cached(5, str(tmp_path / "calls")).result(20) == 2
    assert memoizer.calls[-2:] == [("update", True), "close"]


def test_joins_and_threads_ask_it_too(home):
    memoizer = Own()

    @join_app(cache=True)
    def joined(x):
        return threaded(-x)

    @python_app(cache=True, executors=["threads"])
    def threaded(x):
        return x

    with fonio.load(config(home, memoizer, ThreadPoolExecutor())):
        assert joined(3).result(20) == -3
    asked = [call[2] for call in memoizer.calls if call[0] == "check"]
    assert asked == [3, -3]


def test_an_own_hash_decides_which_calls_are_equal_and_is_found_by_the_next_run(home, tmp_path):
    class Parity(BasicMemoizer):
        def make_hash(self, task):
            return f"{task['func_name']} {task['args'][0] % 2}"

    calls = str(tmp_path / "calls")
    for _ in range(2):
        with fonio.load(config(home, Parity(checkpoint_mode="task_exit"))):
            assert cached(5, calls).result(20) == 2
            assert cached(1, calls).result(20) == 2
            assert cached(2, calls).result(20) == 5
    assert open(calls).read() == "xx"


def test_an_own_check_may_leave_the_rest_to_the_basic_one(home, tmp_path):
    class Counting(BasicMemoizer):
        asked = 0

        def check_memo(self, task):
            self.asked += 1
            return super().check_memo(task)

    calls = str(tmp_path / "calls")
    memoizer = Counting()
    with fonio.load(config(home, memoizer)):
        assert [cached(5, calls).result(20) for _ in range(3)] == [2, 2, 2]
    assert memoizer.asked == 3 and open(calls).read() == "x"
