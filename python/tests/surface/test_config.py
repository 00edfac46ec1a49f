"""Configuration: both forms of the memoizer, old parameters, wrong values, names of Parsl."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import fonio
from fonio import Config, DirectExecutor, ThreadPoolExecutor, errors
from fonio.memoization import BasicMemoizer

SRC = Path(__file__).parents[2] / "src"


def test_memoizer_may_be_given_in_both_forms():
    new = Config(memoizer=BasicMemoizer(checkpoint_mode="task_exit")).memoizer
    old = Config(checkpoint_mode="task_exit", app_cache=True).memoizer
    assert new.mode == old.mode == "task_exit"
    assert Config(app_cache=False).memoizer.memoize is False
    with pytest.raises(errors.ConfigurationError, match="memoizer"):
        Config(memoizer=BasicMemoizer(), app_cache=True)


def test_parameters_without_effect_warn():
    with pytest.warns(UserWarning, match="strategy has no effect"):
        Config(strategy="simple")


@pytest.mark.parametrize(
    "make, kind, text",
    [
        (lambda: Config(executors=DirectExecutor()), TypeError, r"executors=\[\.\.\.\]"),
        (lambda: Config(executors=[5]), TypeError, "not 5"),
        (lambda: Config(retries="two"), TypeError, "retries must be an int, not 'two'"),
        (lambda: Config(retries=-1), errors.ConfigurationError, "retries is -1"),
        (lambda: Config(retires=2), TypeError, "no parameter 'retires'"),
        (lambda: Config(exit_mode="stay"), errors.ConfigurationError, "'stay'.*cleanup"),
        (lambda: Config(monitoring=object()), errors.UnsupportedFeatureError, "monitoring"),
        (lambda: DirectExecutor(workers=0), errors.ConfigurationError, "workers is 0"),
        (lambda: DirectExecutor(queue="any"), errors.ConfigurationError, "'any'"),
        (lambda: DirectExecutor(preload="numpy"), TypeError, "preload"),
        (
            lambda: Config(executors=[ThreadPoolExecutor("a"), DirectExecutor("a")]),
            errors.ConfigurationError,
            "label 'a'",
        ),
        (lambda: fonio.load(5), TypeError, "not 5"),
    ],
)
def test_wrong_values_are_named(make, kind, text):
    with pytest.raises(kind, match=text):
        make()


@pytest.mark.parametrize(
    "name",
    [
        "executors.WorkQueueExecutor",
        "executors.TaskVineExecutor",
        "executors.FluxExecutor",
        "executors.GlobusComputeExecutor",
        "executors.RadicalPilotExecutor",
        "providers.AWSProvider",
        "providers.AzureProvider",
        "providers.GoogleCloudProvider",
        "monitoring.MonitoringHub",
        "data_provider.globus.GlobusStaging",
        "data_provider.rsync.RSyncStaging",
        "data_provider.zip.ZipFileStaging",
    ],
)
def test_what_is_for_later_refuses_when_it_is_configured(name):
    module, _, attribute = name.rpartition(".")
    kind = getattr(importlib.import_module("fonio." + module), attribute)
    with pytest.raises(errors.UnsupportedFeatureError, match=f"{attribute} is not offered.*: "):
        kind(label="x")


def test_every_exported_name_is_there():
    for name in fonio.__all__:
        assert getattr(fonio, name) is not None
    with pytest.raises(AttributeError, match="nonsense"):
        _ = fonio.nonsense


@pytest.mark.parametrize(
    "name",
    [
        "app.errors.BashExitFailure",
        "app.errors.AppTimeout",
        "app.errors.RemoteExceptionWrapper",
        "app.futures.DataFuture",
        "concurrent.ParslPoolExecutor",
        "data_provider.files.File",
        "data_provider.staging.Staging",
        "data_provider.http.HTTPInTaskStaging",
        "data_provider.ftp.FTPSeparateTaskStaging",
        "data_provider.data_manager.default_staging",
        "dataflow.dependency_resolvers.DEEP_DEPENDENCY_RESOLVER",
        "dataflow.dflow.DataFlowKernelLoader",
        "dataflow.errors.DependencyError",
        "dataflow.errors.JoinError",
        "dataflow.futures.AppFuture",
        "dataflow.memoization.id_for_memo",
        "errors.NoDataFlowKernelError",
        "executors.errors.BadStateException",
        "executors.high_throughput.executor.HighThroughputExecutor",
        "executors.high_throughput.manager_selector.BlockIdManagerSelector",
        "executors.high_throughput.manager_selector.LeastLoadedManagerSelector",
        "executors.high_throughput.manager_selector.RandomManagerSelector",
        "executors.high_throughput.mpi_executor.MPIExecutor",
        "utils.get_all_checkpoints",
    ],
)
def test_names_stand_where_parsl_has_them(name):
    module, _, attribute = name.rpartition(".")
    assert hasattr(importlib.import_module("fonio." + module), attribute)


def test_importing_the_package_is_cheap():
    script = "import sys, fonio; print([m for m in sys.modules if m.startswith('fonio.')])"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(SRC)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_pool_executor_of_parsl_runs_on_a_loaded_engine(engine):
    from fonio.concurrent import ParslPoolExecutor

    with ParslPoolExecutor(dfk=engine) as pool:
        first = pool.submit(pow, 2, 3)
        assert pool.submit(pow, first, 2).result(20) == 64
        assert list(pool.map(abs, [-1, -2])) == [1, 2]
    with pytest.raises(RuntimeError, match="shutdown"):
        pool.submit(pow, 1, 1)
    with pytest.raises(ValueError, match="either"):
        ParslPoolExecutor()
