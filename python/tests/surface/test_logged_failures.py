"""What a worker keeps of the tasks that failed, for `fonio logs TASK`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

import fonio
from fonio import Config, DirectExecutor, _worker_journal, python_app
from fonio._java import java_home
from fonio._worker_journal import Journal

CLI = Path(__file__).parents[3] / "cli" / "target" / "fonio-cli.jar"


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


@pytest.mark.skipif(not CLI.is_file(), reason="the command line is not built")
def test_logs_of_the_task_show_its_exception(failed, home):
    _, task = failed
    java = java_home() / "bin" / "java"
    words = [java, "--enable-native-access=ALL-UNNAMED", "-jar", CLI, "logs", str(task)]
    done = subprocess.run([*words, "--home", home], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"task {task}  ")
    assert "ZeroDivisionError: division by zero" in done.stdout and "in divide" in done.stdout


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
