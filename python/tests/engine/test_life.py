"""How an engine begins and ends, and what is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from deadlines import await_swept, ends, until

from fonio import errors

SRC = Path(__file__).parents[2] / "src"


def sleep(mark, seconds):
    open(mark, "w").close()
    time.sleep(seconds)


def script(body: str, tmp_path: Path) -> subprocess.Popen[str]:
    prelude = f"""
        import os, sys, time
        from pathlib import Path
        from fonio._engine import Engine
        from fonio._settings import ExecutorSettings, Settings
        engine = Engine(Settings(executors=[ExecutorSettings(workers=2)],
                                 home=Path({str(tmp_path / "home")!r})))
        call = engine.session.app(lambda x: x + 1)
        print(engine.pid, engine.folders.segments, flush=True)
    """
    path = tmp_path / "script.py"
    path.write_text(textwrap.dedent(prelude) + textwrap.dedent(body))
    return subprocess.Popen(
        [sys.executable, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SRC)},
    )


def test_program_ends_cleanly_without_close(tmp_path):
    process = script("print(call(41).result(20))", tmp_path)
    out, _ = process.communicate(timeout=30)
    first, answer = out.splitlines()
    pid, segments = first.split()
    assert answer == "42" and process.returncode == 0
    assert ends(int(pid), 5) and not Path(segments).exists()


def test_killed_engine_ends_every_future_within_a_second(start, tmp_path):
    engine = start()
    begun = tmp_path / "begun"
    futures = [engine.session.app(sleep)(str(begun), 30) for _ in range(10)]
    engine.session.outbox.flush()
    until(begun.exists, "no task has begun")
    os.kill(engine.pid, signal.SIGKILL)
    begin = time.monotonic()
    for future in futures:
        with pytest.raises(errors.EngineLostError, match="signal 9"):
            future.result(5)
    assert time.monotonic() - begin < 1


def test_engine_ends_with_its_killed_client_and_the_next_start_sweeps(tmp_path):
    process = script("futures = [call(i) for i in range(1000)]\ntime.sleep(60)", tmp_path)
    pid, segments = process.stdout.readline().split()
    process.kill()
    process.wait()
    assert ends(int(pid))
    await_swept(segments)


def test_client_and_engine_killed_together_are_swept(tmp_path):
    process = script("time.sleep(60)", tmp_path)
    pid, segments = process.stdout.readline().split()
    os.kill(int(pid), signal.SIGKILL)
    process.kill()
    process.wait()
    assert ends(int(pid))
    await_swept(segments)


def test_initializer_runs_in_each_worker_before_its_first_task(start):
    def prepare():
        import os

        os.environ["PREPARED"] = "yes"

    engine = start(initializer=prepare)
    look = engine.session.app(os.getenv)
    assert {f.result(20) for f in [look("PREPARED") for _ in range(50)]} == {"yes"}


def test_two_engines_live_side_by_side(start):
    one, two = start(), start()
    assert one.session.app(abs)(-1).result(20) == two.session.app(abs)(1).result(20)


def test_result_of_one_engine_is_an_argument_in_another(start):
    one, two = start(), start()
    future = one.session.app(abs)(-1)
    assert two.session.app(abs)(future).result(20) == 1
