"""Calls with a resource specification: the options of their classes, and what is refused."""

from __future__ import annotations

import pytest

from fonio import DirectExecutor, HighThroughputExecutor, MPIExecutor, errors, python_app
from fonio.providers import CondorProvider, KubernetesProvider, SlurmProvider

HTEX, MPI = HighThroughputExecutor("far"), MPIExecutor("mpi")
HERE = DirectExecutor("here", workers=1)


class Kernel:
    """An engine's session beside executors that it does not have."""

    def __init__(self, engine, executors):
        self.engine = engine
        self.executors = {executor.label: executor for executor in executors}

    def __getattr__(self, name):
        return getattr(self.engine, name)


@pytest.fixture
def calls(engine):
    """Prepares a call of a python app on executors; the answer is the options of its class."""
    from fonio._app_future import AppFuture
    from fonio._app_spec import PYTHON, AppSpec
    from fonio._attach import _Path

    def call(*executors, **kwargs):
        path = _Path(Kernel(engine, executors), AppSpec(PYTHON, abs))
        future = AppFuture()
        future._a = path.classes.of(path.lanes[0])
        assert path.prepare(future, (-1,), kwargs) is not None
        return dict(future._a.options)

    return call


def test_call_names_what_it_needs_in_the_options_of_its_class(calls):
    plain = calls(HTEX)
    assert not {*plain} & {"cores", "memory_mb", "priority"}
    given = calls(HTEX, parsl_resource_specification={"cores": 2, "gpus": 0.5, "priority": 4})
    assert given["cores"] == 2 and given["accelerators"] == 0.5 and given["priority"] == 4
    ranks = calls(MPI, parsl_resource_specification={"num_nodes": 2, "ranks_per_node": 3})
    assert (ranks["nodes"], ranks["ranks_per_node"], ranks["ranks"]) == (2, 3, 6)


def test_call_that_any_of_its_executors_would_refuse_is_refused(calls):
    with pytest.raises(errors.InvalidResourceSpecification, match=r"'cores'.*'here'"):
        calls(HTEX, HERE, parsl_resource_specification={"cores": 2})
    with pytest.raises(errors.InvalidResourceSpecification, match=r"'mpi'.*give one"):
        calls(MPI, HERE)


@pytest.mark.parametrize(
    "provider, what, sentence",
    [
        (SlurmProvider(cores_per_node=8), {"cores": 9}, r"cores=9;.*8 cores.*cores_per_node"),
        (CondorProvider(cores_per_slot=1), {"cores": 2}, r"cores=2;.*1 cores.*cores_per_slot"),
        (KubernetesProvider("i", max_cpu=1.5), {"cores": 3}, r"cores=3;.*1.5 cores.*max_cpu"),
        (SlurmProvider(mem_per_node=4), {"memory": 4.5}, r"memory=4.5;.*4 GB.*mem_per_node"),
        (CondorProvider(mem_per_slot=1), {"memory": 2}, r"memory=2;.*1 GB.*mem_per_slot"),
        (SlurmProvider(), {"gpus": 3}, r"accelerators=3;.*2 accelerators.*available_accelerators"),
    ],
)
def test_what_no_node_can_have_is_refused_before_there_is_one(calls, provider, what, sentence):
    far = HighThroughputExecutor("far", provider=provider, available_accelerators=2)
    with pytest.raises(errors.InvalidResourceSpecification, match=sentence) as raised:
        calls(far, parsl_resource_specification=what)
    assert "a node of the executor 'far'" in str(raised.value)
    assert "ask for less, or use an executor whose nodes have more" in str(raised.value)


def test_what_a_node_may_have_waits_for_one(calls):
    whole = {"cores": 8, "memory": 4, "accelerators": 2}
    slurm = SlurmProvider(cores_per_node=8, mem_per_node=4)
    known = HighThroughputExecutor("far", provider=slurm, available_accelerators=["a", "b"])
    assert calls(known, parsl_resource_specification=whole)["cores"] == 8
    unknown = HighThroughputExecutor("far", provider=SlurmProvider())
    much = {"cores": 1000, "memory": 1000, "accelerators": 1000}
    assert calls(unknown, parsl_resource_specification=much)["cores"] == 1000


def test_specification_in_the_signature_counts(engine):
    @python_app
    def needy(parsl_resource_specification={"cores": 2}):  # noqa: B006
        return 1

    with pytest.raises(errors.InvalidResourceSpecification, match="'cores'"):
        needy().result(20)
