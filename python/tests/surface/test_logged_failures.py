"""What a worker keeps of the tasks that failed, for `fonio logs TASK`."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import command_line
import pytest

import fonio
from fonio import Config, DirectExecutor, _worker_journal, python_app
from fonio._worker_journal import Journal


@python_app
def divide(x):
    return 1 / x


@pytest.fixture
def failed(home):
    """A run that has ended, and the number of its task that failed."""
    with fonio.load(Config(executors=[DirectExecutor(workers=1)], run_dir=home)) as engine:
        futures = [divide(x) for x in (1, 2, 0, 4)]
        for future in futures:
            future.exception(30)
        return Path(engine.run_dir), futures[2].tid


def test_worker_keeps_the_traceback_of_a_failed_task(failed):
    run, task = failed
    text = (run / "workers" / "direct-w0.errors").read_text()
    assert text.startswith(f"task {task}: ZeroDivisionError: division by zero\n  Traceback")
    assert "in divide\n" in text and text.count("task ") == 1


@command_line.needed
def test_logs_of_the_task_show_its_exception(failed, home):
    _, task = failed
    text = command_line.fonio("logs", task, "--home", home)
    assert text.startswith(f"task {task}  ")
    assert "ZeroDivisionError: division by zero" in text and "in divide" in text


@python_app
def after(value):
    return value


@python_app(walltime=0.2)
def late():
    while True:
        pass


@python_app
def deadly(number):
    os.kill(os.getpid(), number)


@python_app
def wordy():
    raise ValueError("x" * 100_000)


@command_line.needed
def test_logs_say_of_each_failed_task_why_it_has_no_result(home):
    config = Config(executors=[DirectExecutor(workers=1)], run_dir=home)
    with fonio.load(config):
        raised = divide(0)
        futures = {
            "raised": raised,
            "behind": after(raised),
            "far behind": after(after(raised)),
            "late": late(),
            "lost": deadly.with_options(on_worker_lost="fail")(signal.SIGKILL),
            "wordy": wordy(),
        }
        for future in futures.values():
            future.exception(60)
        numbers = {name: future.tid for name, future in futures.items()}
        with pytest.raises(ValueError):
            list(fonio.map(float, ["1", "two"], chunk=2))
    entries = json.loads(command_line.fonio("logs", "--json", "--home", home))
    kept = {entry["task"]: entry for entry in entries}
    reasons = {name: kept[number]["error"] for name, number in numbers.items()}
    assert reasons["raised"].startswith("ZeroDivisionError: division by zero\nTraceback")
    behind = f"divide (task {numbers['raised']}): ZeroDivisionError: division by zero"
    assert reasons["behind"] == f"after <- {behind}"
    assert reasons["far behind"] == f"after <- after <- {behind}"
    assert reasons["late"].startswith("AppTimeout: ")
    assert "WorkerLost: " in reasons["lost"] and "signal 9" in reasons["lost"]
    assert reasons["wordy"].startswith("ValueError: xxxx")
    (elements,) = [entry for entry in entries if entry["function"] == "float"]
    assert elements["error"].startswith("ValueError: could not convert string to float: 'two'\n")


def test_journal_ends_with_a_line_when_it_is_full(tmp_path, monkeypatch):
    monkeypatch.setattr(_worker_journal, "MAX_BYTES", 100)
    path = tmp_path / "w0.errors"
    journal = Journal(str(path))
    for task in range(1, 30):
        journal.failed(0, ValueError("é" * 5), "Traceback\nline")
        journal.write([task])
    lines = path.read_text().splitlines()
    assert lines[0] == "task 1: ValueError: ééééé" and lines[1:3] == ["  Traceback", "  line"]
    assert lines[-1] == "more tasks failed; this file is full"
    assert len("\n".join(lines[:-1]).encode()) <= 100


def test_exception_whose_text_cannot_be_made_is_kept_by_its_name(tmp_path):
    class Odd(Exception):
        def __str__(self):
            raise RuntimeError

    path = tmp_path / "w0.errors"
    journal = Journal(str(path))
    journal.failed(1, Odd(), "")
    journal.write([7, 8])
    assert path.read_text().startswith("task 8: ") and "str() raised" in path.read_text()


def test_folder_that_is_gone_does_not_end_the_worker(tmp_path):
    journal = Journal(str(tmp_path / "gone" / "w0.errors"))
    journal.failed(0, ValueError(), "")
    journal.write([1])
    assert not (tmp_path / "gone").exists()
