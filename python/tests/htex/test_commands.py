"""The commands beside a run: a manager by hand, `status`, `explain` and `stop`."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from clusters import Cluster
from patience import PATIENCE_S, eventually, is_alive

import fonio
from fonio import Config, python_app
from fonio.executors import HighThroughputExecutor
from fonio.providers import LocalProvider

COMMAND = Path(__file__).resolve().parents[3] / "fonio"


@python_app
def add(a: int, b: int = 1) -> int:
    return a + b


@python_app
def held(path: str) -> str:
    """Runs until a file is there."""
    import os
    import time

    end = time.monotonic() + 60
    while not os.path.exists(path):
        assert time.monotonic() < end, f"{path} in 60 s"
        time.sleep(0.01)
    return path


@python_app
def where() -> str:
    """The block that it runs in."""
    import os

    return os.environ["FONIO_BLOCK"]


class Commands:
    """`./fonio` in the home of a test's runs."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.started: list[subprocess.Popen[str]] = []

    def call(self, word: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [COMMAND, word, *words, "--home", self.home],
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
        )

    def status(self) -> dict[str, Any]:
        """What `status --json` says of the one run that goes on."""
        done = self.call("status", "--json")
        assert done.returncode == 0, done.stderr
        (run,) = json.loads(done.stdout)
        return run

    def executor(self) -> dict[str, Any]:
        return self.status()["executors"][0]

    def invitation(self) -> str:
        """How a manager is started by hand, once the engine is up."""
        eventually(lambda: self.call("status", "--json").stdout.strip() != "[ ]", "an engine")
        return self.executor()["invitation"]

    def manager(self, invitation: str, *words: str) -> subprocess.Popen[str]:
        """A manager by hand, by the words that `status` shows."""
        process = subprocess.Popen(
            [COMMAND, "manager", *shlex.split(invitation), *words],
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process


@pytest.fixture
def commands(cluster: Cluster) -> Iterator[Commands]:
    made = Commands(cluster.home)
    yield made
    fonio.clear()
    for process in made.started:
        process.communicate(timeout=PATIENCE_S)
        assert process.returncode is not None


@pytest.fixture
def no_blocks(cluster: Cluster) -> Callable[[], fonio.DataFlowKernel]:
    """Loads a run that has no node and asks for none."""

    def load() -> fonio.DataFlowKernel:
        provider = LocalProvider(init_blocks=0, min_blocks=0, max_blocks=1)
        executor = HighThroughputExecutor(label="h", max_workers_per_node=2, provider=provider)
        cluster.kernel = fonio.load(
            Config(executors=[executor], run_dir=str(cluster.home), strategy="none")
        )
        return cluster.kernel

    return load


def test_a_manager_by_hand_joins_a_run_without_blocks(cluster, commands, no_blocks, tmp_path):
    no_blocks()
    invitation = commands.invitation()
    gate = tmp_path / "gate"
    first = held(str(gate))
    second = add(1)
    third = add(second)

    asleep = commands.call("explain", str(second._i or 2))
    assert asleep.returncode == 0, asleep.stderr
    assert "no manager has connected yet" in asleep.stdout
    assert "./fonio manager --connect" in asleep.stdout
    assert "no manager has connected yet" in fonio.explain(second)
    chained = commands.call("explain", "3").stdout
    assert "waits for 1 of the 1 tasks that it depends on: task 2 (add)" in chained

    before = commands.executor()
    assert (before["workers"], before["free"], before["ready"]) == (0, 0, 2)
    manager = commands.manager(invitation, "--name", "by-hand")
    cluster.await_managers(1)
    assert third.result(PATIENCE_S) == 3
    after = eventually(
        lambda: (now := commands.executor())["tasks"] == 1 and now, "one task with the manager"
    )
    assert (after["workers"], after["free"]) == (2, 1)
    (one,) = after["managers"]
    assert one["name"] == "by-hand" and one["block"] == "" and one["draining"] is False
    assert one["host"] == os.uname().nodename and one["pid"] == manager.pid
    text = commands.call("status").stdout
    assert re.search(r"manager by-hand: host \S+, pid \d+, no block, 2 workers, 1 tasks", text)
    assert "manager by-hand on" in commands.call("explain", "1").stdout

    gate.touch()
    assert first.result(PATIENCE_S) == str(gate)
    fonio.clear()
    assert manager.wait(PATIENCE_S) == 0


def test_a_ready_task_is_told_how_full_the_managers_are(cluster, commands, no_blocks, tmp_path):
    no_blocks()
    gate = tmp_path / "gate"
    commands.manager(commands.invitation())
    cluster.await_managers(1)
    futures = [held(str(gate)) for _ in range(64)]
    full = eventually(
        lambda: "are full" in (said := commands.call("explain", "64").stdout) and said,
        "managers that are full",
    )
    assert "its 1 managers are full: 2 workers" in full
    gate.touch()
    assert {f.result(PATIENCE_S) for f in futures} == {str(gate)}


def test_a_ready_task_is_told_that_another_has_the_whole_node(
    cluster, commands, no_blocks, tmp_path
):
    no_blocks()
    gate = tmp_path / "gate"
    commands.manager(commands.invitation())
    cluster.await_managers(1)
    all_cores = {"cores": len(os.sched_getaffinity(0))}
    large = held(str(gate), parsl_resource_specification=all_cores)
    eventually(lambda: commands.executor()["tasks"] == 1, "the large task with the manager")
    small = held(str(gate))
    assert commands.executor()["free"] == 0
    told = commands.call("explain", "2").stdout
    assert "2 workers, which have 1 tasks that name much of a node" in told
    assert "it has no other task for 2 workers" in commands.call("explain", "1").stdout
    gate.touch()
    assert [f.result(PATIENCE_S) for f in (large, small)] == [str(gate)] * 2


def test_stop_ends_a_run_and_its_program_is_told(cluster, commands, no_blocks):
    no_blocks()
    manager = commands.manager(commands.invitation())
    cluster.await_managers(1)
    waits = held("/nowhere/at/all")
    eventually(lambda: commands.executor()["tasks"] == 1, "a task with the manager")

    done = commands.call("stop", "0")
    assert done.returncode == 0, done.stderr
    assert "Run 000 has ended" in done.stdout
    assert manager.wait(PATIENCE_S) == 0
    with pytest.raises(fonio.errors.EngineLostError, match="fonio stop"):
        waits.result(PATIENCE_S)
    fonio.clear()

    again = commands.call("stop", "0")
    assert again.returncode == 3
    assert "does not go on" in again.stderr
    assert "no run goes on" in commands.call("status").stdout
    assert commands.call("status", "--json").stdout.strip() in ("[]", "[ ]")


def test_a_failed_task_is_explained_after_the_client_has_its_error(cluster, commands):
    cluster.load(blocks=1)
    wrong = add("1")
    with pytest.raises(TypeError):
        wrong.result(PATIENCE_S)
    eventually(
        lambda: "TypeError" in commands.call("explain", "1").stdout, "the reason of the failure"
    )
    assert add(1).result(PATIENCE_S) == 2
    well = eventually(
        lambda: "has no failure" in (said := commands.call("explain", "2").stdout) and said,
        "the end of a task",
    )
    assert well.startswith("task 2: ended\n"), well
    missing = commands.call("explain", "99").stdout
    assert "no such task: the last one submitted is 2" in missing


def test_status_shows_blocks_and_their_managers(cluster, commands):
    cluster.load(blocks=2)
    cluster.await_managers(2)
    text = commands.call("status").stdout
    assert re.search(r"block 0 \(job \S+\): running", text), text
    assert len(re.findall(r"manager block[01]-\S+: host", text)) == 2


def test_managers_are_held_and_released(cluster, commands):
    cluster.load(blocks=2)
    cluster.await_managers(2)
    done = commands.call("hold", "h/0")
    assert done.returncode == 0, done.stderr
    assert re.fullmatch(r"manager block0-\S+ on .* is on hold\n", done.stdout)
    assert re.search(r"manager block0-.*, on hold\n", commands.call("status").stdout)
    assert {where().result(PATIENCE_S) for _ in range(20)} == {"1"}
    assert "is on hold" in commands.call("hold", "h").stdout
    waits = add(1)
    eventually(lambda: "is on hold" in commands.call("explain", "21").stdout, "a task that waits")
    assert not waits.done()
    assert commands.call("release", "h").stdout.count("gets tasks again") == 2
    assert waits.result(PATIENCE_S) == 2


def test_the_frames_of_a_manager_are_logged_while_somebody_wants_it(cluster, commands):
    cluster.load(blocks=2)
    cluster.await_managers(2)
    assert "is logged frame by frame" in commands.call("verbose", "h/0").stdout
    assert [add(n).result(PATIENCE_S) for n in range(20)] == [*range(1, 21)]
    assert "is not logged" in commands.call("quiet", "h/0").stdout
    lines = commands.call("logs", "engine").stdout.splitlines()
    ways = {tuple(re.findall(r"(block\d)-\S+ ([<>]) (TASKS|RESULTS) of", line)) for line in lines}
    assert ways >= {(("block0", ">", "TASKS"),), (("block0", "<", "RESULTS"),)}
    assert not any("block1" in str(way) for way in ways)
    assert [add(n).result(PATIENCE_S) for n in range(20)] == [*range(1, 21)]
    assert commands.call("logs", "engine").stdout.splitlines() == lines


def test_a_drained_block_finishes_what_it_has_and_ends(cluster, commands, tmp_path):
    cluster.load(blocks=1)
    cluster.await_managers(1)
    gate = tmp_path / "gate"
    first = held(str(gate))
    eventually(lambda: commands.executor()["tasks"] == 1, "a task with the manager")
    (pid,) = cluster.managers().values()
    assert "finishes what it has and ends" in commands.call("drain", "h/0").stdout
    gate.touch()
    assert first.result(PATIENCE_S) == str(gate)
    eventually(lambda: not is_alive(pid), "the end of the manager")


def test_tasks_of_a_killed_manager_run_elsewhere(cluster, commands, tmp_path):
    cluster.load(blocks=2)
    cluster.await_managers(2)
    gate = tmp_path / "gate"
    tasks = [held(str(gate)) for _ in range(4)]
    eventually(lambda: commands.executor()["free"] == 0, "two tasks that run")
    victim, pid = next(iter(cluster.managers().items()))
    assert "has ended" in commands.call("kill", f"h/{victim}").stdout
    eventually(lambda: not is_alive(pid), "the end of the manager", 5)
    gate.touch()
    assert {task.result(PATIENCE_S) for task in tasks} == {str(gate)}


@pytest.mark.parametrize("word", ["kill", "drain"])
def test_a_block_without_a_manager_has_its_job_cancelled_and_is_no_failure(
    cluster, commands, tmp_path, word
):
    gate = tmp_path / "gate"
    wait = f"echo $$ >> {tmp_path}/pids; until test -e {gate}; do sleep 0.05; done"
    provider = LocalProvider(init_blocks=1, min_blocks=1, max_blocks=1, worker_init=wait)
    cluster.load(provider=provider)
    waits = add(1)
    eventually(lambda: (tmp_path / "pids").exists(), "a job")
    eventually(lambda: "running" in commands.call("status").stdout, "a job that is known to run")
    done = commands.call("hold", "h/0")
    assert re.fullmatch(
        r"block 0 \(job \S+\) has no manager yet; those that come to it are on hold\n", done.stdout
    ), done
    assert "it is not on hold" in commands.call("release", "h/0").stdout
    assert "block 0 (job" in commands.call("verbose", "h/0").stderr
    assert re.search(
        r"no block or manager '7': there is no manager yet, but block 0 \(job \S+\)",
        commands.call(word, "h/7").stderr,
    )
    done = commands.call(word, "h/0" if word == "kill" else "h")
    assert re.fullmatch(
        r"block 0 \(job \S+\) has no manager; its job is cancelled\n", done.stdout
    ), done
    first = int((tmp_path / "pids").read_text().split()[0])
    eventually(lambda: not is_alive(first), "the end of the job", 10)
    asked = f"as ./fonio {word} asked for its end"
    status = eventually(
        lambda: "block 1 " in (said := commands.call("status").stdout) and said, "another block"
    )
    assert re.search(rf"block 0 \(job \S+\): ended .*, {asked}", status), status
    assert asked in commands.call("logs", "engine").stdout
    gate.touch()
    assert waits.result(PATIENCE_S) == 2


def test_a_name_that_is_none_is_told_with_those_that_are(cluster, commands):
    cluster.load(blocks=1)
    cluster.await_managers(1)
    done = commands.call("kill", "h/7")
    assert done.returncode == 3
    assert re.search(r"no block or manager '7': there are the managers block0-\S+ of", done.stderr)
    assert "no executor for 'x': there are h" in commands.call("hold", "x").stderr


def test_wrong_words_of_a_manager_are_a_usage_error(commands):
    done = subprocess.run(
        [COMMAND, "manager", "--conect", "x"], capture_output=True, text=True, timeout=PATIENCE_S
    )
    assert done.returncode == 2
    assert "--conect" in done.stderr
