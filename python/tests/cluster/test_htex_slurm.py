"""The high-throughput executor on a real Slurm: pilots start, tasks run, its words are told."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from deadlines import until

import fonio
from fonio import Config, python_app
from fonio.executors import HighThroughputExecutor
from fonio.launchers import SrunLauncher
from fonio.providers import SlurmProvider

PATIENCE_S = 60.0


@python_app
def node():
    import os

    return os.environ.get("SLURMD_NODENAME")


@python_app
def square(n):
    return n * n


@pytest.fixture(scope="module")
def local(slurm):
    return slurm(4, cpus=2)


@pytest.fixture
def on_slurm(local, monkeypatch):
    """The commands of the engine's providers meet this Slurm."""
    monkeypatch.setenv("SLURM_CONF", str(local.conf))
    yield local
    fonio.clear()
    until(lambda: not local.run("squeue", "-h").stdout.strip(), "no job is left")


def load(home, **provider):
    executor = HighThroughputExecutor(
        label="sky",
        max_workers_per_node=2,
        address="127.0.0.1",
        provider=SlurmProvider(
            launcher=SrunLauncher(), walltime="00:10:00", exclusive=False, **provider
        ),
    )
    return fonio.load(Config(executors=[executor], run_dir=str(home)))


def test_a_block_of_four_nodes_runs_tasks_on_each(on_slurm, tmp_path):
    begin = time.monotonic()
    load(tmp_path / "run", nodes_per_block=4)
    assert square(7).result(PATIENCE_S) == 49
    first = time.monotonic() - begin
    print(f"first result {first:.2f} s after the start, with sbatch in it")
    seen: set[str] = set()

    def everywhere() -> bool:
        seen.update([f.result(PATIENCE_S) for f in [node() for _ in range(400)]])
        return len(seen) == 4

    until(everywhere, "tasks on four nodes")
    assert [f.result(PATIENCE_S) for f in [square(n) for n in range(5000)]] == [
        n * n for n in range(5000)
    ]
    assert first < 20  # the bar is 5 s on an idle machine


def test_the_readmes_program_runs(on_slurm, tmp_path):
    text = (Path(__file__).parents[3] / "README.md").read_text()
    program = re.findall(r"```py\n(.*?)```", text, re.S)[0]
    (tmp_path / "cluster.py").write_text(program)
    source = str(Path(fonio.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "cluster.py"],
        cwd=tmp_path,
        env={**on_slurm.environment, "PYTHONPATH": source},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
    )
    assert done.stdout.split() == [str(sum([n * n for n in range(10_000)]))], done.stderr


def test_a_partition_that_is_not_there_is_told_in_slurms_words(on_slurm, tmp_path):
    load(tmp_path / "run", partition="nowhere")
    with pytest.raises(fonio.errors.FonioError, match=r"nowhere|invalid partition"):
        square(1).result(PATIENCE_S)


def test_a_cancelled_job_is_replaced_and_loses_no_task(on_slurm, tmp_path):
    load(tmp_path / "run", min_blocks=1, max_blocks=1)
    assert square(3).result(PATIENCE_S) == 9

    @python_app
    def slow(n):
        time.sleep(0.02)
        return n

    futures = [slow(n) for n in range(300)]
    futures[10].result(PATIENCE_S)
    jobs = on_slurm.run("squeue", "-h", "-o", "%i").stdout.split()
    assert len(jobs) == 1
    on_slurm.run("scancel", jobs[0])
    assert [f.result(PATIENCE_S) for f in futures] == [*range(300)]
