"""Calls with a resource specification: the options of their classes, and what is refused."""

from __future__ import annotations

import pytest

from fonio import DirectExecutor, HighThroughputExecutor, MPIExecutor, errors, python_app

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
        future._a = path.task_class(path.lanes[0])
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


def test_specification_in_the_signature_counts(engine):
    @python_app
    def needy(parsl_resource_specification={"cores": 2}):  # noqa: B006
        return 1

    with pytest.raises(errors.InvalidResourceSpecification, match="'cores'"):
        needy().result(20)
