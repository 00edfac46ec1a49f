"""Resource specifications: what each kind of executor takes, and what the engine gets of it."""

from __future__ import annotations

import pytest

from fonio import (
    DirectExecutor,
    HighThroughputExecutor,
    MPIExecutor,
    ThreadPoolExecutor,
    errors,
)
from fonio._resources import options_of, priority_of

HTEX, MPI = HighThroughputExecutor("far"), MPIExecutor("mpi")
HERE = DirectExecutor("here", workers=1)


@pytest.mark.parametrize(
    "given, options",
    [
        (None, {}),
        ({}, {}),
        ({"priority": 3}, {}),
        ({"cores": 2, "memory": 1.5}, {"cores": 2, "memory_mb": 1536}),
        ({"memory": 0.0001}, {"memory_mb": 1}),
        ({"gpus": 2}, {"accelerators": 2}),
        ({"accelerators": 0.25, "priority": -1}, {"accelerators": 0.25}),
        ({"accelerators": 1.0}, {"accelerators": 1}),
        ({"cores": 1, "gpus": 0}, {"cores": 1, "accelerators": 0}),
    ],
)
def test_high_throughput_executor_takes_parts_of_a_node(given, options):
    assert dict(options_of("f", given, HTEX)) == options


@pytest.mark.parametrize(
    "given, nodes, a_node, ranks",
    [
        ({"num_nodes": 2}, 2, 1, 2),
        ({"num_nodes": 2, "ranks_per_node": 4}, 2, 4, 8),
        ({"num_nodes": 2, "num_ranks": 6}, 2, 3, 6),
        ({"ranks_per_node": 4, "num_ranks": 8}, 2, 4, 8),
        ({"num_nodes": 2, "ranks_per_node": 4, "num_ranks": 8}, 2, 4, 8),
    ],
)
def test_mpi_executor_computes_the_number_that_is_missing(given, nodes, a_node, ranks):
    options = dict(options_of("f", given, MPI))
    assert options == {"nodes": nodes, "ranks_per_node": a_node, "ranks": ranks}
    more = options_of("f", {**given, "launcher_options": "--bind x"}, MPI)
    assert dict(more) == {**options, "launcher_options": "--bind x"}


@pytest.mark.parametrize(
    "executor, given, words",
    [
        (HERE, {"cores": 2}, "'cores'.*2.*'here' knows 'priority' only"),
        (ThreadPoolExecutor("t"), {"num_nodes": 2}, "'num_nodes'.*'t' knows 'priority' only"),
        (HTEX, {"num_nodes": 2}, "'num_nodes'.*'far' knows 'priority', 'cores', 'memory'"),
        (HTEX, {"disk": 2}, "'disk'"),
        (HTEX, {"cores": 0}, "cores=0"),
        (HTEX, {"cores": True}, "cores=True"),
        (HTEX, {"memory": -1}, "memory=-1"),
        (HTEX, {"memory": float("nan")}, "memory=nan"),
        (HTEX, {"accelerators": 1.5}, "accelerators=1.5: give a part of one"),
        (HTEX, {"accelerators": 1, "gpus": 1}, "both"),
        (HTEX, {"priority": "high"}, "priority='high'"),
        (HTEX, [2], r"is \[2\]: give a dict"),
        (MPI, None, "app f.*'mpi'.*give one, for example.*num_nodes"),
        (MPI, {}, "give one"),
        (MPI, {"priority": 1}, "'priority'.*'mpi' knows 'num_nodes'"),
        (MPI, {"cores": 1}, "'cores'"),
        (MPI, {"ranks_per_node": 2}, "no num_nodes"),
        (MPI, {"launcher_options": "x"}, "no num_nodes"),
        (MPI, {"num_nodes": "two"}, "num_nodes='two'"),
        (MPI, {"num_nodes": 2, "num_ranks": 5}, "num_ranks=5.*2 times 2"),
        (MPI, {"num_nodes": 2, "ranks_per_node": 2, "num_ranks": 5}, "leave one of the three"),
        (MPI, {"num_nodes": 1, "launcher_options": "a\nb"}, "one line"),
    ],
)
def test_what_an_executor_does_not_know_is_refused(executor, given, words):
    with pytest.raises(errors.InvalidResourceSpecification, match=words):
        options_of("f", given, executor)


def test_priority_of_the_call_is_stronger_than_that_of_the_app():
    assert priority_of("f", {"priority": 3}, 7) == 3
    assert priority_of("f", {"cores": 3}, 7, HTEX) == 7
    assert priority_of("f", None, 7) == 7
    with pytest.raises(errors.InvalidResourceSpecification, match=r"'cores'.*this executor"):
        priority_of("f", {"cores": 3}, 7)
