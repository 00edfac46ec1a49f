"""Configurations that only the engine can refuse: the start raises what is wrong with them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from deadlines import await_no_more_than, run_folders

import fonio
from fonio import Config, DirectExecutor
from fonio.errors import ConfigurationError
from fonio.executors import HighThroughputExecutor
from fonio.executors.bridge import BridgeExecutor
from fonio.launchers import SimpleLauncher
from fonio.providers import LocalProvider, SlurmProvider


class OwnLauncher(SimpleLauncher):
    """One that the engine does not know."""

    word = "teleport"


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Afterwards nothing is loaded, and no folder in shared memory is left."""
    before = run_folders()
    yield
    fonio.clear()
    await_no_more_than(before)


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program has."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def refused(home: Path, *executors: object) -> str:
    """What loading the executors is refused with."""
    with pytest.raises(ConfigurationError) as told:
        fonio.load(Config(executors=list(executors), run_dir=str(home)))
    assert fonio.errors.EngineLostError not in type(told.value).__mro__
    assert "engine.log" not in str(told.value) and "\n" not in str(told.value)
    return str(told.value)


def test_policy_for_cores_that_there_is_not_is_named_with_those_that_there_are(tmp_path):
    text = refused(tmp_path, DirectExecutor(workers=1, cpu_affinity="scatter"))
    assert text.startswith("executor direct: cpu_affinity=scatter is unknown; use none, block")


def test_port_that_is_taken_is_named_with_what_to_do(tmp_path, taken):
    text = refused(tmp_path, HighThroughputExecutor(label="h", worker_port=taken))
    assert text.startswith("executor h: ") and f":{taken}: Address already in use" in text
    assert text.endswith("name another port, or end the program that has it")


def test_range_of_ports_that_are_all_taken_is_named(tmp_path, taken):
    text = refused(tmp_path, HighThroughputExecutor(label="h", worker_port_range=(taken, taken)))
    assert f"no port of worker_port_range={taken}-{taken} can be used" in text
    assert text.endswith("name other ports, or another address")


def test_address_of_another_machine_is_named(tmp_path):
    text = refused(tmp_path, HighThroughputExecutor(label="h", loopback_address="203.0.113.1"))
    assert "203.0.113.1" in text and "another address" in text


def test_host_that_nobody_knows_is_named(tmp_path):
    text = refused(tmp_path, HighThroughputExecutor(label="h", loopback_address="nosuch.invalid"))
    assert "there is no host nosuch.invalid to listen on; name an address" in text


def test_launcher_that_there_is_not_is_named_with_those_that_there_are(tmp_path):
    provider = LocalProvider(launcher=OwnLauncher())
    text = refused(tmp_path, HighThroughputExecutor(label="h", provider=provider))
    assert 'launcher of provider local is "teleport"' in text and "single_node" in text


def test_provider_whose_program_is_missing_names_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    text = refused(tmp_path, HighThroughputExecutor(label="h", provider=SlurmProvider()))
    assert f"provider slurm needs the program sbatch, which is not on PATH={tmp_path};" in text
    assert "or use another provider" in text


@pytest.mark.parametrize(
    ("option", "program"),
    [({"python": "/no/such/python"}, "/no/such/python"), ({"launch": "nompi {python}"}, "nompi")],
)
def test_bridge_whose_program_is_missing_names_it(tmp_path, option, program):
    text = refused(tmp_path, BridgeExecutor("pool", **option))
    assert f"executor pool: its bridge is started by {program}, which is not there" in text
    assert "set python or launch" in text


def test_second_executor_that_is_refused_leaves_no_worker_of_the_first(tmp_path):
    nodes = HighThroughputExecutor(label="h", loopback_address="203.0.113.1")
    refused(tmp_path, DirectExecutor(workers=2), nodes)


def test_refused_run_leaves_no_secret(tmp_path, taken):
    refused(tmp_path, HighThroughputExecutor(label="h", worker_port=taken))
    assert not list(tmp_path.rglob("*.token"))


def test_engine_made_by_hand_is_refused_alike(tmp_path):
    config = Config(executors=[DirectExecutor(cpu_affinity="scatter")], run_dir=str(tmp_path))
    with pytest.raises(ConfigurationError, match="cpu_affinity=scatter"):
        fonio.DataFlowKernel(config)


def test_executor_of_its_own_is_refused_alike(tmp_path, monkeypatch):
    monkeypatch.setenv("FONIO_CPU_AFFINITY", "scatter")
    with pytest.raises(ConfigurationError, match="cpu_affinity=scatter"):
        fonio.Executor(max_workers=1, run_dir=tmp_path)


def test_another_engine_can_be_loaded_after_one_that_was_refused(tmp_path):
    refused(tmp_path, DirectExecutor(workers=1, cpu_affinity="scatter"))
    with fonio.load(Config(executors=[DirectExecutor(workers=1)], run_dir=str(tmp_path))):
        assert fonio.python_app(abs)(-3).result(20) == 3
