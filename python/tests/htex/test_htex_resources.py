"""Calls that name what they need of a node: they get it, and nobody else has it meanwhile."""

from __future__ import annotations

import os
import shutil
import socket
import time
from itertools import combinations

import pytest
from patience import PATIENCE_S, eventually

import fonio
from fonio import Config, MPIExecutor, errors, python_app
from fonio.launchers import SimpleLauncher
from fonio.providers import LocalProvider

NAP_S = 0.3


@python_app
def span(seconds=NAP_S, parsl_resource_specification=None):
    """When it ran, and what it had."""
    begin = time.time()
    time.sleep(seconds)
    names = ("CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS", "PARSL_WORKER_RANK")
    seen = {name: os.environ.get(name) for name in names}
    return begin, time.time(), {**seen, "cores": sorted(os.sched_getaffinity(0))}


@python_app
def until(path, parsl_resource_specification=None):
    """Runs until a file is there."""
    open(f"{path}.begun", "w").close()
    for _ in range(6000):
        if os.path.exists(path):
            return True
        time.sleep(0.01)
    return False


def at_once(spans):
    """The pairs that ran at the same time."""
    return [
        (a, b)
        for a, b in combinations(range(len(spans)), 2)
        if spans[a][0] < spans[b][1] and spans[b][0] < spans[a][1]
    ]


def results(futures):
    return [future.result(PATIENCE_S) for future in futures]


@pytest.fixture
def node(cluster, monkeypatch):
    """One node that believes that it has four cores."""
    monkeypatch.setenv("FONIO_CORES", "4")

    def load(workers=4, ready=None, **options):
        cluster.load(blocks=1, workers=workers, **options)
        cluster.await_managers(1)
        all_of_them = ready or workers
        eventually(
            lambda: len(ranks_of([span(0.02) for _ in range(8)])) == all_of_them, "all workers"
        )

    return load


def ranks_of(futures):
    """The workers that ran some tasks."""
    return {one[2]["PARSL_WORKER_RANK"] for one in results(futures)}


def needs(**what):
    return {"parsl_resource_specification": what}


def test_two_tasks_of_two_cores_run_side_by_side_and_one_of_four_alone(node):
    node()
    spans = results([span(**needs(cores=2)) for _ in range(2)] + [span(**needs(cores=4))])
    assert at_once(spans) == [(0, 1)]
    assert [one[2]["OMP_NUM_THREADS"] for one in spans] == ["2", "2", "4"]


def test_a_task_that_names_nothing_runs_beside_one_of_three_cores(node, tmp_path):
    node()
    long = until(str(tmp_path / "end"), **needs(cores=3))
    eventually((tmp_path / "end.begun").exists, "the task runs")
    beside = results([span(0.05) for _ in range(3)])
    assert not long.done()
    (tmp_path / "end").touch()
    assert long.result(PATIENCE_S)
    assert at_once(beside) == []


def test_a_task_is_pinned_while_it_runs_and_not_longer(node):
    node()
    free = span(0).result(PATIENCE_S)[2]
    mine = sorted(os.sched_getaffinity(0))
    assert free["cores"] == mine and free["OMP_NUM_THREADS"] == os.environ.get("OMP_NUM_THREADS")
    pinned = span(0, **needs(cores=1)).result(PATIENCE_S)[2]
    assert pinned["cores"] == mine[:1] and pinned["OMP_NUM_THREADS"] == "1"
    after = results([span(0.05) for _ in range(8)])
    assert {tuple(one[2]["cores"]) for one in after} == {tuple(mine)}
    assert {one[2]["OMP_NUM_THREADS"] for one in after} == {free["OMP_NUM_THREADS"]}


def test_a_task_that_needs_the_node_is_not_starved_by_small_ones(node):
    node()
    small = [span(0.02) for _ in range(200)]
    large = span(0, **needs(cores=4))
    small += [span(0.02) for _ in range(200)]
    end = large.result(PATIENCE_S)
    assert sum(one[0] > end[1] for one in results(small)) > 20


def test_each_accelerator_is_used_by_one_task_at_a_time(node):
    node(available_accelerators=4)
    spans = results([span(0.1, **needs(accelerators=1)) for _ in range(8)])
    spans += results([span(0.1) for _ in range(8)])
    used = [one[2]["CUDA_VISIBLE_DEVICES"] for one in spans]
    assert {*used} == {"0", "1", "2", "3"}
    assert not [(a, b) for a, b in at_once(spans) if used[a] == used[b]]
    two = span(0, **needs(gpus=2)).result(PATIENCE_S)[2]["CUDA_VISIBLE_DEVICES"]
    assert two in ("0,1", "1,2", "2,3")


def test_tasks_share_an_accelerator_of_which_they_need_a_half(node):
    node(available_accelerators=["a", "b", "c", "d"])
    spans = results([span(**needs(accelerators=0.5)) for _ in range(2)])
    assert at_once(spans) == [(0, 1)]
    assert {one[2]["CUDA_VISIBLE_DEVICES"] for one in spans} == {"a"}


def parts_run_on_four_workers():
    return len(ranks_of([span(0.05, **needs(accelerators=0.25)) for _ in range(8)])) == 4


def test_four_tasks_run_at_once_on_the_only_accelerator_of_which_they_need_a_quarter(node):
    node(ready=1, available_accelerators=["gpu"])
    eventually(parts_run_on_four_workers, "further workers")
    spans = results([span(1, **needs(accelerators=0.25)) for _ in range(4)])
    assert len(at_once(spans)) == 6
    assert {one[2]["CUDA_VISIBLE_DEVICES"] for one in spans} == {"gpu"}
    others = results([span(0.1) for _ in range(3)])
    assert at_once(others) == []
    assert {one[2]["CUDA_VISIBLE_DEVICES"] for one in others} == {"gpu"}


def test_parts_of_an_accelerator_are_never_more_than_it(node):
    node(ready=1, available_accelerators=1)
    eventually(parts_run_on_four_workers, "further workers")
    parts = [0.5, 0.25, 0.25, 0.5, 1, 0.25] * 3
    spans = results([span(0.1, **needs(accelerators=part)) for part in parts])
    assert at_once(spans)
    for moment, *_ in spans:
        together = [p for p, (begin, end, _) in zip(parts, spans) if begin <= moment < end]
        assert sum(together) <= 1


def test_tasks_that_need_no_accelerator_see_none_and_run_side_by_side_where_there_is_one(node):
    node(ready=1, available_accelerators=["gpu"])

    def three_at_once():
        spans = results([span(0.1, **needs(cores=1, accelerators=0)) for _ in range(6)])
        assert {one[2]["CUDA_VISIBLE_DEVICES"] for one in spans} == {""}
        return len(at_once(spans)) >= 6

    eventually(three_at_once, "further workers")
    assert span(0).result(PATIENCE_S)[2]["CUDA_VISIBLE_DEVICES"] == "gpu"


def test_memory_is_shared_out_too(node, monkeypatch):
    monkeypatch.setenv("FONIO_MEMORY_GB", "8")
    node()
    spans = results([span(**needs(cores=1, memory=5)) for _ in range(2)])
    assert at_once(spans) == []
    assert len(at_once(results([span(**needs(memory=4)) for _ in range(2)]))) == 1


def test_what_no_node_has_is_refused_by_name(node):
    node()
    with pytest.raises(errors.InvalidResourceSpecification) as raised:
        span(**needs(cores=64)).result(PATIENCE_S)
    assert "(span) needs 64 cores" in str(raised.value)
    assert "has 4 cores" in str(raised.value) and "ask for less" in str(raised.value)
    with pytest.raises(errors.InvalidResourceSpecification, match=r"1 accelerator;.*0 accel"):
        span(**needs(gpus=1)).result(PATIENCE_S)
    assert span(0).result(PATIENCE_S)


def test_a_task_with_needs_can_be_killed_and_its_cores_are_free_again(node, tmp_path):
    node()
    long = until(str(tmp_path / "never"), **needs(cores=4))
    waiting = span(0, **needs(cores=4))
    eventually((tmp_path / "never.begun").exists, "the task runs")
    assert not waiting.done()
    assert long.kill() or long.done()
    assert waiting.result(PATIENCE_S)


@python_app
def ranks(command="", parsl_resource_specification=None):
    """When it ran, and what it was given to start an MPI program."""
    import subprocess

    begin = time.time()
    time.sleep(0.3)
    said = ""
    if command:
        line = f"$PARSL_MPI_PREFIX {command}"
        said = subprocess.run(["bash", "-c", line], capture_output=True, text=True).stdout
    given = {name: value for name, value in os.environ.items() if name.startswith("PARSL_")}
    return begin, time.time(), given, said


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A folder whose programs come before all others."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:{os.environ['PATH']}")
    return tmp_path / "bin"


@pytest.fixture
def mpich(programs):
    """An mpiexec that says that it is MPICH's."""
    (programs / "mpiexec").write_text("#!/bin/sh\necho HYDRA build details:\n")
    (programs / "mpiexec").chmod(0o755)


@pytest.fixture(params=["mpiexec.openmpi", "mpiexec.hydra"])
def mpiexec(request):
    """Open MPI's and MPICH's, where they are installed."""
    found = shutil.which(request.param)
    if not found:
        pytest.skip(f"{request.param} is not installed; dev/cluster-tests installs Open MPI's")
    return found


@pytest.fixture
def block(cluster, monkeypatch):
    """A block of some nodes that are only names."""

    def load(nodes="a,b,c", launcher="mpiexec", workers=4):
        monkeypatch.setenv("FONIO_NODES", nodes)
        executor = MPIExecutor(
            "mpi",
            provider=LocalProvider(launcher=SimpleLauncher()),
            mpi_launcher=launcher,
            max_workers_per_block=workers,
        )
        cluster.kernel = fonio.load(Config(executors=[executor], run_dir=str(cluster.home)))
        cluster.await_managers(1)

    return load


def test_a_program_of_nodes_finds_its_prefixes(block, mpich):
    block()
    given = ranks(**needs(num_nodes=2, ranks_per_node=3, launcher_options="-v")).result(PATIENCE_S)
    seen = given[2]
    assert seen["PARSL_MPI_PREFIX"] == "mpiexec -n 6 -ppn 3 -hosts a,b -v"
    assert seen["PARSL_MPIEXEC_PREFIX"] == seen["PARSL_MPI_PREFIX"]
    assert seen["PARSL_SRUN_PREFIX"].startswith("srun --ntasks 6 --ntasks-per-node 3")
    assert seen["PARSL_APRUN_PREFIX"].startswith("aprun -n 6 -N 3")
    assert seen["PARSL_NUM_NODES"] == "2" and seen["PARSL_NUM_RANKS"] == "6"
    assert seen["PARSL_RANKS_PER_NODE"] == "3" and seen["PARSL_MPI_NODELIST"] == "a,b"


def test_a_node_is_used_by_one_program_at_a_time(block):
    block()
    calls = [ranks(**needs(num_nodes=n)) for n in (2, 2, 1, 3, 1, 1)]
    spans = results(calls)
    nodes = [{*one[2]["PARSL_MPI_NODELIST"].split(",")} for one in spans]
    assert [len(one) for one in nodes] == [2, 2, 1, 3, 1, 1]
    assert at_once(spans)
    assert not [(a, b) for a, b in at_once(spans) if nodes[a] & nodes[b]]


def test_more_nodes_than_a_block_has_are_refused(block):
    block()
    with pytest.raises(errors.MPINodesUnavailable, match=r"needs 4 nodes, its block has 3 \(a, b"):
        ranks(**needs(num_nodes=4)).result(PATIENCE_S)


def test_mpiexec_starts_the_ranks(block, programs, monkeypatch, mpiexec):
    (programs / "mpiexec").symlink_to(mpiexec)
    for name in ("OMPI_ALLOW_RUN_AS_ROOT", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"):
        monkeypatch.setenv(name, "1")
    block(nodes="localhost")
    said = ranks("hostname", **needs(num_nodes=1, ranks_per_node=2)).result(PATIENCE_S)[3]
    assert said.split() == [socket.gethostname()] * 2
