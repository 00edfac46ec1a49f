"""Executors of blocks: their parameters and defaults, what they refuse, what the engine is told."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import pytest

from fonio import Config, DirectExecutor, HighThroughputExecutor, MPIExecutor, errors
from fonio.executors.high_throughput import manager_selector as selectors
from fonio.providers import KubernetesProvider, LocalProvider, SlurmProvider

COMMON = {
    "provider": None,
    "launch_cmd": None,
    "interchange_launch_cmd": None,
    "address": None,
    "loopback_address": "127.0.0.1",
    "worker_port": None,
    "worker_port_range": (54000, 55000),
    "interchange_port_range": (55000, 56000),
    "storage_access": None,
    "working_dir": None,
    "worker_debug": False,
    "prefetch_capacity": 0,
    "heartbeat_threshold": 15,
    "heartbeat_period": 5,
    "drain_period": None,
    "poll_period": 10,
    "address_probe_timeout": None,
    "worker_logdir_root": None,
    "block_error_handler": True,
    "encrypted": None,
    "remote_monitoring_radio": None,
    "max_tasks_per_child": None,
    "env": None,
    "preload": None,
    "credit_us": None,
    "kills": None,
    "python": None,
}
OF_HTEX = {
    "label": "HighThroughputExecutor",
    "cores_per_worker": 1.0,
    "mem_per_worker": None,
    "max_workers_per_node": None,
    "cpu_affinity": None,
    "available_accelerators": (),
    "manager_selector": None,
}
OF_MPI = {"label": "MPIExecutor", "max_workers_per_block": 1, "mpi_launcher": "mpiexec"}


def defaults_of(kind):
    parameters = inspect.signature(kind).parameters.values()
    return {p.name: p.default for p in parameters if p.kind is not p.VAR_KEYWORD}


@pytest.mark.parametrize("kind, own", [(HighThroughputExecutor, OF_HTEX), (MPIExecutor, OF_MPI)])
def test_parameters_and_defaults_are_those_of_the_table(kind, own):
    assert defaults_of(kind) == {**COMMON, **own}


def test_engine_is_told_each_parameter_by_its_name():
    executor = HighThroughputExecutor(
        "far",
        SlurmProvider("debug", account="a1", walltime="01:00:00", exclusive=False),
        address="10.0.0.1",
        worker_port_range=(6000, 6010),
        available_accelerators=2,
        max_workers_per_node=4,
        cores_per_worker=0.5,
        drain_period=90.5,
        encrypted=True,
        block_error_handler=False,
        manager_selector=selectors.BlockIdManagerSelector(),
        launch_cmd="nice {command}",
        env={"A": "b"},
        preload=["json", "re"],
        python="/usr/bin/python3",
    )
    settings = executor.settings()
    assert (settings.label, settings.kind, settings.kills) == ("far", "htex", 3)
    assert settings.keys(7) == {
        f"executor.7.{key}": value
        for key, value in {
            "label": "far",
            "kind": "htex",
            "workers": 0,
            "provider": "slurm",
            "provider.partition": "debug",
            "provider.account": "a1",
            "provider.nodes_per_block": 1,
            "provider.init_blocks": 1,
            "provider.min_blocks": 0,
            "provider.max_blocks": 1,
            "provider.parallelism": 1,
            "provider.walltime": "01:00:00",
            "provider.scheduler_options": "",
            "provider.regex_job_id": r"Submitted batch job (?P<id>\S*)",
            "provider.worker_init": "",
            "provider.cmd_timeout": 10,
            "provider.status_batch_size": 50,
            "provider.exclusive": 0,
            "provider.launcher": "single_node",
            "provider.launcher.debug": 1,
            "provider.launcher.fail_on_any": 0,
            "launch_cmd": "nice {command}",
            "address": "10.0.0.1",
            "loopback_address": "127.0.0.1",
            "worker_port_range": "6000-6010",
            "interchange_port_range": "55000-56000",
            "worker_debug": 0,
            "cores_per_worker": 0.5,
            "max_workers_per_node": 4,
            "cpu_affinity": "none",
            "available_accelerators": "0\n1",
            "prefetch_capacity": 0,
            "heartbeat_threshold": 15,
            "heartbeat_period": 5,
            "drain_period": 90.5,
            "manager_selector": "block",
            "block_error_handler": "none",
            "encrypted": 1,
            "env.A": "b",
            "preload": "json,re",
            "credit_us": 1000,
            "kills": 3,
            "python": "/usr/bin/python3",
        }.items()
    }


def test_placeholders_that_are_allowed_are_those_that_the_engine_fills():
    golden = "engine/src/test/resources/fonio/engine/golden/launch-placeholders.txt"
    names = (Path(__file__).parents[3] / golden).read_text().split()
    for name in names:
        template = f"{{command}} {{{name}}}"
        assert HighThroughputExecutor(launch_cmd=template).launch_cmd == template
    with pytest.raises(errors.UnsupportedFeatureError) as raised:
        HighThroughputExecutor(launch_cmd="{command} {nosuch}")
    told = str(raised.value).partition(": use ")[2].partition(", and ")[0]
    assert sorted(told.split(", ")) == names


def test_braces_and_the_number_of_a_block_are_no_unknown_placeholders():
    template = "echo ${{HOME}} {{block_id}} {block_id} {worker_port}; {command}"
    assert HighThroughputExecutor(launch_cmd=template).launch_cmd == template


def test_command_of_the_interchange_has_no_effect_and_that_is_said():
    with pytest.warns(UserWarning, match="interchange_launch_cmd has no effect: .* inside the eng"):
        HighThroughputExecutor(interchange_launch_cmd=["nice", "{command}"])


def test_pods_have_the_python_of_their_image():
    assert HighThroughputExecutor(provider=KubernetesProvider("fonio:1")).python == "python3"
    named = HighThroughputExecutor(provider=KubernetesProvider("fonio:1"), python="/opt/python")
    assert named.python == "/opt/python"


def test_what_is_left_open_has_a_local_provider_and_this_python():
    executor = HighThroughputExecutor()
    assert type(executor.provider) is LocalProvider and executor.python == sys.executable
    keys = executor.settings().keys(0)
    assert keys["executor.0.provider"] == "local"
    absent = ("encrypted", "address", "worker_port", "max_workers_per_node", "mem_per_worker")
    assert not [name for name in absent if f"executor.0.{name}" in keys]
    assert DirectExecutor().settings().keys(1)["executor.1.kind"] == "direct"
    assert MPIExecutor().settings().keys(0)["executor.0.kind"] == "mpi"


@pytest.mark.parametrize(
    "given, kind, text",
    [
        ({"label": "a/b"}, errors.ConfigurationError, "label is 'a/b'.*letters, digits"),
        ({"label": 5}, TypeError, "label must be a str, not 5"),
        ({"provider": "slurm"}, TypeError, r"provider must be a Provider.*LocalProvider\(\)"),
        ({"worker_port": 70_000}, errors.ConfigurationError, "worker_port is 70000.*65535"),
        ({"worker_port_range": (5, 4)}, errors.ConfigurationError, r"worker_port_range is \(5, 4"),
        ({"worker_port_range": 5}, TypeError, "worker_port_range must be a list"),
        ({"cores_per_worker": 0}, errors.ConfigurationError, "cores_per_worker is 0: .*above 0"),
        ({"mem_per_worker": float("nan")}, errors.ConfigurationError, "mem_per_worker is nan"),
        ({"max_workers_per_node": 0}, errors.ConfigurationError, "max_workers_per_node is 0"),
        ({"max_workers_per_node": 1.5}, TypeError, "max_workers_per_node must be an int"),
        ({"cpu_affinity": "spread"}, errors.ConfigurationError, "cpu_affinity is 'spread': use"),
        ({"available_accelerators": "0"}, TypeError, r"write \['0'\]"),
        ({"available_accelerators": -1}, errors.ConfigurationError, "available_accelerators is -1"),
        ({"prefetch_capacity": -1}, errors.ConfigurationError, "prefetch_capacity is -1"),
        ({"heartbeat_period": 15}, errors.ConfigurationError, "heartbeat_threshold is 15.*period"),
        ({"manager_selector": "random"}, TypeError, "manager_selector must be a ManagerSelector"),
        ({"block_error_handler": "often"}, errors.ConfigurationError, "'often': use one of simple"),
        ({"block_error_handler": print}, errors.UnsupportedFeatureError, "'windowed'"),
        ({"launch_cmd": "process_worker_pool.py"}, errors.UnsupportedFeatureError, r"\{command\}"),
        (
            {"launch_cmd": "{command} {debug}"},
            errors.UnsupportedFeatureError,
            r"\{debug\}.*block_id",
        ),
        ({"interchange_launch_cmd": ["interchange.py"]}, errors.UnsupportedFeatureError, "write"),
        ({"remote_monitoring_radio": 5}, errors.UnsupportedFeatureError, "leave it out"),
        ({"encrypted": 1}, TypeError, "encrypted must be a bool, not 1"),
        ({"env": {"A=": "b"}}, errors.ConfigurationError, "env has the name 'A='"),
        ({"preload": "json"}, TypeError, "preload must be a list"),
        ({"preload": ["a,b"]}, errors.ConfigurationError, "preload has 'a,b'"),
        ({"kills": 0}, errors.ConfigurationError, "kills is 0"),
        ({"python": ""}, errors.ConfigurationError, "python is ''"),
        ({"address": ""}, errors.ConfigurationError, "address is ''"),
        ({"working_dir": 4}, TypeError, "working_dir must be a path, not 4"),
        ({"max_worker_per_node": 1}, TypeError, "per_node' .*do you mean 'max_workers_per_node'"),
        ({"xyz": 1}, TypeError, "no parameter 'xyz' .*help"),
    ],
)
def test_wrong_values_are_named(given, kind, text):
    with pytest.raises(kind, match=f"HighThroughputExecutor.*{text}"):
        HighThroughputExecutor(**given)


@pytest.mark.parametrize(
    "handler, word",
    [(True, "simple"), (False, "none"), ("simple", "simple"), ("windowed", "windowed")],
)
def test_block_error_handler_is_true_false_or_a_word(handler, word):
    keys = HighThroughputExecutor(block_error_handler=handler).settings().keys(0)
    assert keys["executor.0.block_error_handler"] == word


def test_parameters_of_earlier_versions_warn():
    with pytest.warns(UserWarning, match="max_workers is now max_workers_per_node"):
        assert HighThroughputExecutor(max_workers=3).max_workers_per_node == 3
    for old in ({"managed": True}, {"poll_period": 1}):
        with pytest.warns(UserWarning, match=f"{next(iter(old))} has no effect"):
            HighThroughputExecutor(**old)
    assert HighThroughputExecutor(max_workers_per_node=float("inf")).max_workers_per_node is None


def test_mpi_executor_needs_the_simple_launcher():
    with pytest.raises(errors.ConfigurationError, match=r"MPIExecutor.*SingleNode.*SimpleLaunch"):
        MPIExecutor(provider=SlurmProvider())
    with pytest.raises(errors.ConfigurationError, match=r"launcher of provider is None"):
        MPIExecutor(provider=KubernetesProvider("fonio:1"))
    with pytest.raises(errors.ConfigurationError, match=r"mpi_launcher is 'ssh'.*mpiexec"):
        MPIExecutor(mpi_launcher="ssh")
    with pytest.raises(TypeError, match="no parameter 'cores_per_worker'"):
        MPIExecutor(cores_per_worker=2)


def test_strategy_is_told_where_there_are_blocks():
    config = Config(executors=[HighThroughputExecutor()], strategy="capacity", max_idletime=7)
    assert config.scaling() == {"strategy": "capacity", "strategy_period": 5, "max_idletime": 7}
    assert Config(executors=[HighThroughputExecutor()]).scaling()["strategy"] == "simple"
    assert Config().scaling() == {}
    with pytest.raises(errors.ConfigurationError, match="strategy is 'all': use one of simple"):
        Config(executors=[HighThroughputExecutor()], strategy="all")
    with pytest.raises(errors.ConfigurationError, match="strategy_period is 0"):
        Config(executors=[HighThroughputExecutor()], strategy_period=0)
    with pytest.warns(UserWarning, match="max_idletime has no effect"):
        Config(max_idletime=5)


def test_selectors_are_told_by_their_words():
    told = {
        HighThroughputExecutor(manager_selector=selector())
        .settings()
        .keys(0)["executor.0.manager_selector"]
        for selector in selectors.ManagerSelector.__subclasses__()
    }
    assert told == {"random", "block", "least_loaded", "data"}
