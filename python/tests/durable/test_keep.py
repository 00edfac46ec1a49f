"""A run that is kept goes on without its client, and another client takes it up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from command_line import fonio as fonio_command
from command_line import needed
from deadlines import PATIENCE_S, await_no_more_than, ends, run_folders, until
from diary import runs

import fonio
from fonio import errors
from fonio._durable import has_engine
from fonio._settings import read_properties

PRELUDE = """
import os, sys, time
import fonio
from diary import noted
home, diary, mode = sys.argv[1:4]
config = fonio.Config(
    executors=[fonio.DirectExecutor(label="w", workers=2), fonio.ThreadPoolExecutor(label="t")],
    durable=True, on_client_exit=mode, run_dir=home,
)
app = fonio.python_app(noted, executors=["w"])
"""


@pytest.fixture(autouse=True)
def place(tmp_path, monkeypatch):
    """The place of the runs; nothing of them is left in shared memory."""
    before = run_folders()
    monkeypatch.setenv("FONIO_HOME", str(tmp_path / "home"))
    yield tmp_path / "home"
    await_no_more_than(before)


def first_client(place: Path, body: str, mode: str = "keep") -> subprocess.Popen[str]:
    """A process that begins a run."""
    path = os.pathsep.join([str(Path(fonio.__file__).parents[1]), str(Path(__file__).parent)])
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + textwrap.dedent(body), str(place), diary(place), mode],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        text=True,
    )


def diary(place: Path) -> str:
    return str(place.parent / "diary")


def said(process: subprocess.Popen[str]) -> str:
    """What the process has printed by its end."""
    out, _ = process.communicate(timeout=PATIENCE_S)
    return out


def engine_pid(run) -> int:
    return int(subprocess.check_output(["pgrep", "-f", f"{run}/engine.properties"], text=True))


LEAVES = """
with fonio.load(config) as engine:
    futures = [app(diary, n, 0.01) for n in range(100)]
    print(sum(f.result() for f in futures[:10]))
print("left")
"""
KILLED = """
engine = fonio.load(config)
futures = [app(diary, n, 0.01) for n in range(100)]
print(sum(f.result() for f in futures[:10]))
os.kill(os.getpid(), 9)
"""


def test_leaving_a_run_that_is_kept_lets_all_of_its_tasks_run_once(place):
    assert said(first_client(place, LEAVES)) == "45\nleft\n"
    with fonio.attach() as run:
        run.wait(PATIENCE_S)
        assert all([future.result() == number - 1 for number, future in run.futures.items()])
        assert {*range(51, 101)} <= {*run.futures}
        assert run.status().succeeded == 100
    assert runs(diary(place)) == dict.fromkeys(range(100), 1)


def test_a_run_whose_client_was_killed_goes_on_and_ends_by_itself(place):
    said(first_client(place, KILLED))
    until(lambda: len(runs(diary(place))) == 100, "all tasks")
    written = place / "runs/000/run.properties"
    until(written.exists, "the account")
    until(lambda: not has_engine(written.parent), "the end of the engine")
    before = read_properties(written.read_text())
    with fonio.attach(0) as run:
        assert all([f.result(PATIENCE_S) == n - 1 for n, f in run.futures.items()])
        assert run.status().succeeded == 100
    until(lambda: not has_engine(written.parent), "the end of the next engine")
    after = read_properties(written.read_text())
    assert int(after["work_ns"]) >= int(before["work_ns"]) > 0
    assert int(after["wall_ns"]) > int(before["wall_ns"])
    assert (after["started"], after["submitted"]) == (before["started"], "100")
    assert runs(diary(place)) == dict.fromkeys(range(100), 1)


def test_a_run_that_ended_with_its_killed_client_is_started_again_by_attach(place):
    said(first_client(place, KILLED, "end"))
    with fonio.attach(str(place / "runs/000")) as run:
        run.wait(PATIENCE_S)
        assert all([f.result() == n - 1 for n, f in run.futures.items()])
        assert len(run.futures) >= 80
    assert {*runs(diary(place))} == {*range(100)}


def test_what_one_client_has_read_the_next_does_not_get(place):
    said(first_client(place, LEAVES))
    with fonio.attach() as run:
        run.wait(PATIENCE_S)
    with fonio.attach() as run:
        assert run.futures == {}


def test_a_second_client_is_refused_by_name_while_the_first_lives(place):
    process = first_client(place, "engine = fonio.load(config)\nprint('up', flush=True)\ninput()")
    process.stdin = None
    assert process.stdout is not None and process.stdout.readline() == "up\n"
    with pytest.raises(errors.RunInUseError, match=f"process {process.pid}"):
        fonio.attach(0)
    process.kill()
    process.wait()
    with fonio.attach(0) as run:
        with pytest.raises(errors.RunInUseError):
            fonio.attach(0)
        run.stop()


def test_errors_are_those_that_the_tasks_raised(place):
    body = """
    @fonio.python_app(executors=["w"])
    def fail(n):
        time.sleep(0.3)
        raise KeyError(n)
    with fonio.load(config) as engine:
        futures = [fail(n) for n in range(4)]
    """
    said(first_client(place, body))
    with fonio.attach() as run:
        assert [run.futures[n].exception(PATIENCE_S).args for n in (1, 2, 3, 4)] == [
            (0,),
            (1,),
            (2,),
            (3,),
        ]


@pytest.mark.parametrize("killed", [False, True])
def test_tasks_that_need_the_first_client_end_in_client_gone(place, killed):
    body = """
    @fonio.python_app(executors=["t"])
    def here(n):
        time.sleep(60)
    engine = fonio.load(config)
    fine, mine = app(diary, 7, 0.1), here(1)
    after = app(diary, mine)
    engine.session.outbox.flush()
    engine.session.query("account")
    os.kill(os.getpid(), 9)
    """
    said(first_client(place, body, "end" if killed else "keep"))
    with fonio.attach() as run:
        fine, mine, after = [run.futures[n] for n in (1, 2, 3)]
        assert fine.result(PATIENCE_S) == 7
        assert isinstance(mine.exception(PATIENCE_S), errors.ClientGone)
        problem = after.exception(PATIENCE_S)
        assert isinstance(problem, errors.DependencyError)
        assert isinstance(problem.__cause__, errors.ClientGone)


def test_an_engine_that_is_killed_under_an_attached_client_is_started_again(place):
    said(first_client(place, KILLED))
    with fonio.attach() as run:
        os.kill(engine_pid(run.run_dir), signal.SIGKILL)
        run.wait(PATIENCE_S)
        assert all([f.result() == n - 1 for n, f in run.futures.items()])
    assert {*runs(diary(place))} == {*range(100)}


def test_a_run_that_is_stopped_drops_what_is_not_done_and_stays_so(place):
    body = """
    engine = fonio.load(config)
    futures = [app(diary, n, 0.2) for n in range(50)]
    engine.session.outbox.flush()
    print(futures[0].result())
    os.kill(os.getpid(), 9)
    """
    said(first_client(place, body))
    with fonio.attach() as run:
        pid = engine_pid(run.run_dir)
        run.stop()
    assert ends(pid)
    ran = runs(diary(place))
    with fonio.attach() as run:
        states = [future.cancelled() for future in run.wait(PATIENCE_S).futures.values()]
        assert sum(states) > 30
    assert runs(diary(place)) == ran


def test_tasks_can_be_cancelled_by_the_client_that_attached(place):
    body = """
    engine = fonio.load(config)
    futures = [app(diary, n, 0.3) for n in range(12)]
    print(futures[0].result())
    os.kill(os.getpid(), 9)
    """
    said(first_client(place, body))
    with fonio.attach() as run:
        begun = time.monotonic()
        assert run.cancel() >= 4
        run.wait(PATIENCE_S)
        assert time.monotonic() - begun < PATIENCE_S


def test_runs_that_are_none_are_refused_by_name(place, tmp_path):
    with pytest.raises(errors.RunNotFoundError, match="no durable run"):
        fonio.attach()
    with pytest.raises(errors.RunNotFoundError, match=r"there is no run .*017: ./fonio runs"):
        fonio.attach(17)
    with pytest.raises(errors.RunNotFoundError, match="has no journal"):
        fonio.attach(tmp_path)


def test_keep_without_durable_is_refused():
    with pytest.raises(errors.ConfigurationError, match="durable=True"):
        fonio.Config(on_client_exit="keep")
    with pytest.raises(TypeError, match="durable"):
        fonio.Config(durable="yes")
    with pytest.raises(errors.ConfigurationError, match="on_client_exit"):
        fonio.Config(durable=True, on_client_exit="stay")


def test_large_results_are_read_by_the_client_that_attached(place):
    body = """
    @fonio.python_app(executors=["w"])
    def grow(n):
        time.sleep(0.05)
        return bytes([n]) * 150_000
    with fonio.load(config) as engine:
        futures = [grow(n) for n in range(8)]
    """
    said(first_client(place, body))
    with fonio.attach() as run:
        results = [run.futures[n].result(PATIENCE_S) for n in range(1, 9)]
    assert results == [bytes([n]) * 150_000 for n in range(8)]
    until((place / "runs/000/run.properties").exists, "the end of the run")
    until(lambda: not [*(place / "runs/000/spill").iterdir()], "its payloads are removed")


@needed
def test_the_command_line_shows_a_kept_run_and_ends_it(place):
    body = """
    engine = fonio.load(config)
    futures = [app(diary, n, 0.1) for n in range(400)]
    print(futures[0].result())
    os.kill(os.getpid(), 9)
    """
    said(first_client(place, body))
    home = ("--home", str(place))
    until(lambda: "kept" in fonio_command("runs", *home), "the run goes on")
    assert "durable and kept" in fonio_command("status", "0", *home)
    assert "Run 000 has ended" in fonio_command("stop", "0", *home)
    assert "ended" in fonio_command("runs", *home)
    with fonio.attach() as run:
        assert any([f.cancelled() for f in run.wait(PATIENCE_S).futures.values()])
    assert len(runs(diary(place))) < 400
