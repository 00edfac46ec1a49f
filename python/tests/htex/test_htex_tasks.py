"""Tasks that managers run: what users of the executor rely on."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from deadlines import run_folders
from patience import PATIENCE_S, eventually

import fonio
from fonio import bash_app, python_app
from fonio.errors import AppTimeout


@python_app
def add(a, b=1):
    return a + b


@python_app
def fail(text):
    raise ValueError(text)


@python_app
def where():
    return os.getpid(), os.environ.get("FONIO_BLOCK"), os.environ.get("GREETING")


@python_app
def nap(seconds, value=None):
    time.sleep(seconds)
    return value


@python_app
def die(mark):
    """Ends its worker the first time."""
    if not os.path.exists(mark):
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGSEGV)
    return "survived"


def test_results_errors_and_chains_come_back(cluster):
    cluster.load()
    futures = [add(i) for i in range(2000)]
    assert [f.result(PATIENCE_S) for f in futures] == [*range(1, 2001)]
    chain = add(0)
    for _ in range(50):
        chain = add(chain)
    assert chain.result(PATIENCE_S) == 51
    with pytest.raises(ValueError, match="no map"):
        fail("no map").result(PATIENCE_S)
    with pytest.raises(fonio.errors.DependencyError):
        add(fail("parent")).result(PATIENCE_S)


def test_large_arguments_and_results_travel(cluster):
    cluster.load()
    big = os.urandom(3_000_000)
    first = add(big, b"")
    assert first.result(PATIENCE_S) == big
    assert add(first, b"!").result(PATIENCE_S) == big + b"!"
    middle = [add(bytes([n]) * 100_000, b"") for n in range(40)]
    assert [f.result(PATIENCE_S)[0] for f in middle] == [*range(40)]


def test_shared_objects_and_maps_reach_managers(cluster):
    cluster.load()
    table = fonio.share({n: n * n for n in range(20_000)})

    @python_app
    def look(objects, key):
        return objects[key]

    assert look(table, 77).result(PATIENCE_S) == 77 * 77
    assert [*fonio.map(lambda x: x + 1, range(5000))] == [*range(1, 5001)]


def test_workers_of_every_block_work_and_have_the_environment(cluster):
    cluster.load(env={"GREETING": "hello"})
    cluster.await_managers(2)
    seen = eventually(
        lambda: (
            len(places := {f.result(PATIENCE_S) for f in [where() for _ in range(50)]}) == 2
            and places
        ),
        "tasks in both workers",
    )
    assert {block for _, block, _ in seen} == {"0", "1"}
    assert {greeting for _, _, greeting in seen} == {"hello"}


def test_what_a_manager_keeps_in_shared_memory_is_seen_by_these_tests(cluster):
    before = run_folders()
    cluster.load()
    cluster.await_managers(2)
    assert len(run_folders() - before) == 3


def test_bash_apps_run_in_the_working_directory(cluster, tmp_path):
    cluster.load()

    @bash_app
    def say(word, stdout=None):
        return f"echo {word}; pwd"

    assert say("hi", stdout=str(tmp_path / "out")).result(PATIENCE_S) == 0
    assert (tmp_path / "out").read_text().split() == ["hi", os.getcwd()]


def test_a_task_that_waits_can_be_cancelled_and_one_that_runs_killed(cluster):
    cluster.load(blocks=1)
    running = nap(60)
    eventually(lambda: running.running() or "has 1" in str(cluster.lines()), "a running task")
    waiting = [nap(0, n) for n in range(10)]
    assert waiting[5].cancel()
    assert running.kill() or running.done()
    assert [f.result(PATIENCE_S) for n, f in enumerate(waiting) if n != 5] == [
        n for n in range(10) if n != 5
    ]


def test_a_worker_that_dies_is_named_and_its_task_runs_again(cluster, tmp_path):
    cluster.load()
    assert die(str(tmp_path / "mark")).result(PATIENCE_S) == "survived"


def test_a_task_that_kills_every_worker_fails_with_its_signal(cluster):
    cluster.load(kills=2)

    @python_app
    def poison():
        os.kill(os.getpid(), signal.SIGSEGV)

    with pytest.raises(fonio.errors.FonioError, match="signal 11"):
        poison().result(PATIENCE_S)
    assert add(1).result(PATIENCE_S) == 2


def test_walltime_ends_a_task_on_a_manager(cluster):
    cluster.load()

    @python_app
    def slow(walltime=None):
        time.sleep(60)

    with pytest.raises(AppTimeout):
        slow(walltime=0.3).result(PATIENCE_S)


def test_links_are_encrypted_when_asked(cluster):
    cluster.load(encrypted=True)
    assert [f.result(PATIENCE_S) for f in [add(i) for i in range(500)]] == [*range(1, 501)]
    big = os.urandom(1_000_000)
    assert add(big, b"").result(PATIENCE_S) == big
