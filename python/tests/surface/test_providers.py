"""Providers and launchers: their parameters and defaults, what they refuse, their keys."""

from __future__ import annotations

import inspect

import pytest

from fonio import HighThroughputExecutor, errors, launchers, providers

REQUIRED = inspect.Parameter.empty
BLOCKS = {"init_blocks": 1, "min_blocks": 0, "max_blocks": 1, "parallelism": 1, "worker_init": ""}
ALL = {**BLOCKS, "nodes_per_block": 1, "launcher": None}
PROVIDERS = {
    "LocalProvider": ("local", {**ALL, "cmd_timeout": 30}),
    "SSHProvider": (
        "ssh",
        {**ALL, "hosts": REQUIRED, "max_blocks": None, "cmd_timeout": 30, "ssh_options": ()},
    ),
    "SlurmProvider": (
        "slurm",
        {
            **ALL,
            "partition": None,
            "account": None,
            "qos": None,
            "constraint": None,
            "clusters": None,
            "cores_per_node": None,
            "mem_per_node": None,
            "gpus_per_node": None,
            "gres": None,
            "walltime": "00:10:00",
            "scheduler_options": "",
            "regex_job_id": r"Submitted batch job (?P<id>\S*)",
            "cmd_timeout": 10,
            "status_batch_size": 50,
            "exclusive": True,
        },
    ),
    "PBSProProvider": (
        "pbspro",
        {
            **ALL,
            "account": None,
            "queue": None,
            "scheduler_options": "",
            "select_options": "",
            "cpus_per_node": 1,
            "walltime": "00:20:00",
            "cmd_timeout": 120,
        },
    ),
    "TorqueProvider": (
        "torque",
        {
            **ALL,
            "account": None,
            "queue": None,
            "scheduler_options": "",
            "walltime": "00:20:00",
            "cmd_timeout": 120,
        },
    ),
    "LSFProvider": (
        "lsf",
        {
            **ALL,
            "cores_per_block": None,
            "cores_per_node": None,
            "walltime": "00:10:00",
            "scheduler_options": "",
            "project": None,
            "queue": None,
            "cmd_timeout": 120,
            "bsub_redirection": False,
            "request_by_nodes": True,
        },
    ),
    "GridEngineProvider": (
        "grid_engine",
        {
            **ALL,
            "walltime": "00:10:00",
            "scheduler_options": "",
            "cmd_timeout": 60,
            "queue": None,
        },
    ),
    "CondorProvider": (
        "condor",
        {
            **ALL,
            "cores_per_slot": None,
            "mem_per_slot": None,
            "environment": None,
            "project": "",
            "scheduler_options": "",
            "transfer_input_files": (),
            "walltime": "00:10:00",
            "requirements": "",
            "cmd_timeout": 60,
            "cmd_chunk_size": 100,
        },
    ),
    "KubernetesProvider": (
        "kubernetes",
        {
            **BLOCKS,
            "image": REQUIRED,
            "namespace": "default",
            "nodes_per_block": 1,
            "init_blocks": 4,
            "max_blocks": 10,
            "max_cpu": 2,
            "max_mem": "500Mi",
            "init_cpu": 1,
            "init_mem": "250Mi",
            "extra_requests": None,
            "extra_limits": None,
            "pod_name": None,
            "user_id": None,
            "group_id": None,
            "run_as_non_root": False,
            "secret": None,
            "persistent_volumes": (),
            "service_account_name": None,
            "annotations": None,
            "kubeconfig": None,
            "context": None,
            "cmd_timeout": 10,
        },
    ),
}
LAUNCHERS = {
    "SimpleLauncher": ("simple", {}),
    "WrappedLauncher": ("wrapped", {"prepend": REQUIRED}),
    "SingleNodeLauncher": ("single_node", {"fail_on_any": False}),
    "GnuParallelLauncher": ("gnu_parallel", {}),
    "MpiExecLauncher": ("mpiexec", {"bind_cmd": "--bind-to", "overrides": ""}),
    "MpiRunLauncher": ("mpirun", {"bash_location": "/bin/bash", "overrides": ""}),
    "SrunLauncher": ("srun", {"overrides": ""}),
    "SrunMPILauncher": ("srun_mpi", {"overrides": ""}),
    "AprunLauncher": ("aprun", {"overrides": ""}),
    "JsrunLauncher": ("jsrun", {"overrides": ""}),
}
NEEDED = {"image": "fonio:1", "hosts": ["n1", "n2"], "prepend": "nice"}


def made(kind, **given):
    parameters = inspect.signature(kind).parameters
    return kind(**{name: NEEDED[name] for name in NEEDED if name in parameters}, **given)


def defaults_of(kind):
    return {p.name: p.default for p in inspect.signature(kind).parameters.values()}


def test_tables_have_all_that_there_is():
    ours = {n for n in providers.__all__ if issubclass(getattr(providers, n), providers.Provider)}
    assert ours - {"Provider"} == {*PROVIDERS}
    ours = {k.__name__ for k in vars(launchers).values() if isinstance(k, type)}
    assert ours - {"Launcher", "Parameters"} == {*LAUNCHERS}


@pytest.mark.parametrize("name", PROVIDERS)
def test_parameters_and_defaults_of_a_provider_are_those_of_the_table(name):
    assert defaults_of(getattr(providers, name)) == PROVIDERS[name][1]


@pytest.mark.parametrize("name", LAUNCHERS)
def test_parameters_and_defaults_of_a_launcher_are_those_of_the_table(name):
    assert defaults_of(getattr(launchers, name)) == {"debug": True, **LAUNCHERS[name][1]}


@pytest.mark.parametrize("name", PROVIDERS)
def test_engine_is_told_the_provider_and_all_of_its_parameters(name):
    word, parameters = PROVIDERS[name]
    keys = HighThroughputExecutor(provider=made(getattr(providers, name))).settings().keys(3)
    told = {key: value for key, value in keys.items() if key.startswith("executor.3.provider")}
    assert told.pop("executor.3.provider") == word
    if "launcher" in parameters:
        of_launcher = "executor.3.provider.launcher"
        default = "aprun" if word == "torque" else "single_node"
        assert told.pop(of_launcher) == default
        assert told.pop(of_launcher + ".debug") == 1
        assert default == "aprun" or told.pop(of_launcher + ".fail_on_any") == 0
        told.pop(of_launcher + ".overrides", None)
    numbers = {True: 1, False: 0, (): ""}
    given = {"image": "fonio:1", "hosts": "n1\nn2", "max_blocks": 2 if word == "ssh" else None}
    for parameter, default in parameters.items():
        expected = default if default not in (None, REQUIRED) else given.get(parameter)
        if expected is not None:
            value = told.pop(f"executor.3.provider.{parameter}")
            known = isinstance(expected, (bool, tuple))
            assert value == (numbers[expected] if known else expected), parameter
    assert not told


@pytest.mark.parametrize("name", LAUNCHERS)
def test_engine_is_told_the_launcher_and_all_of_its_parameters(name):
    word, parameters = LAUNCHERS[name]
    launcher = made(getattr(launchers, name), debug=False)
    keys = providers.SlurmProvider(launcher=launcher).keys()
    told = {key: value for key, value in keys.items() if key.startswith("launcher")}
    expected = {k: "nice" if v is REQUIRED else v for k, v in parameters.items()}
    assert told == {
        "launcher": word,
        "launcher.debug": 0,
        **{f"launcher.{k}": int(v) if v is False else v for k, v in expected.items()},
    }


def test_options_of_a_submit_description_have_no_word_before_them():
    options = "+ProjectName = 'x'"
    provider = providers.CondorProvider(scheduler_options=options)
    assert provider.keys()["scheduler_options"] == options


def test_lists_and_dicts_are_lines():
    pods = providers.KubernetesProvider(
        "fonio:1",
        annotations={"a/b": "c"},
        extra_limits={"gpu": "1"},
        persistent_volumes=[("claim", "/data"), ("more", "/more")],
    ).keys()
    assert pods["annotations"] == "a/b=c" and pods["extra_limits"] == "gpu=1"
    assert pods["persistent_volumes"] == "claim:/data\nmore:/more"
    condor = providers.CondorProvider(
        environment={"A": "b", "C": "d"}, transfer_input_files=["x", "y"]
    )
    assert condor.keys()["environment"] == "A=b\nC=d"
    assert condor.keys()["transfer_input_files"] == "x\ny"
    ssh = providers.SSHProvider(["me@n1:2222", "n2", "n3"], 2, ssh_options=["-J", "gate"])
    assert (ssh.keys()["ssh_options"], ssh.max_blocks) == ("-J\ngate", 1)


def test_several_nodes_have_a_launcher_that_reaches_them():
    for launcher in (launchers.SrunLauncher(), launchers.SimpleLauncher()):
        assert providers.SlurmProvider(nodes_per_block=2, launcher=launcher).nodes_per_block == 2
    assert providers.CondorProvider(nodes_per_block=2).nodes_per_block == 2
    assert providers.TorqueProvider(nodes_per_block=2).nodes_per_block == 2


@pytest.mark.parametrize(
    "name, given, kind, text",
    [
        ("LocalProvider", {"nodes_per_block": 2}, errors.ConfigurationError, "2: this machine"),
        ("LocalProvider", {"min_blocks": 2}, errors.ConfigurationError, "min_blocks is 2.*is 1"),
        ("LocalProvider", {"init_blocks": 3}, errors.ConfigurationError, "init_blocks is 3.*is 1"),
        ("LocalProvider", {"max_blocks": 0}, errors.ConfigurationError, "max_blocks is 0"),
        ("LocalProvider", {"parallelism": 2}, errors.ConfigurationError, "parallelism is 2.*0 and"),
        ("LocalProvider", {"launcher": "srun"}, TypeError, r"a Launcher.*SingleNodeLauncher\(\)"),
        ("LocalProvider", {"worker_init": 5}, TypeError, "worker_init must be a str, not 5"),
        ("LocalProvider", {"worker_init": "\0"}, errors.ConfigurationError, "zero character"),
        ("LocalProvider", {"cmd_timeout": 0}, errors.ConfigurationError, "cmd_timeout is 0"),
        ("SlurmProvider", {"walltime": "1h"}, errors.ConfigurationError, "'1h'.*HH:MM:SS"),
        ("SlurmProvider", {"wall_time": "1"}, TypeError, "'wall_time' .*'1'.*mean 'walltime'"),
        (
            "SlurmProvider",
            {"scheduler_options": "#SBATCH --gres=gpu:1\n--mem=4G"},
            errors.ConfigurationError,
            "line '--mem=4G'.*#SBATCH",
        ),
        ("SlurmProvider", {"xyz": 1}, TypeError, r"parameter 'xyz' .*help\(SlurmProvider\)"),
        ("SlurmProvider", {"channel": None}, TypeError, "channel=None is no more: leave it out"),
        ("SlurmProvider", {"walltime": "00:00:00"}, errors.ConfigurationError, "must be above 0"),
        ("SlurmProvider", {"exclusive": 1}, TypeError, "exclusive must be a bool"),
        ("SlurmProvider", {"cores_per_node": 0}, errors.ConfigurationError, "cores_per_node is 0"),
        ("SlurmProvider", {"mem_per_node": "4G"}, TypeError, "mem_per_node must be an int"),
        ("SlurmProvider", {"regex_job_id": "("}, errors.ConfigurationError, "regex_job_id is '"),
        ("SlurmProvider", {"regex_job_id": "x"}, errors.ConfigurationError, r"\(\?P<id>"),
        ("LSFProvider", {"request_by_nodes": False}, errors.ConfigurationError, "cores_per_block"),
        ("CondorProvider", {"transfer_input_files": "x"}, TypeError, r"write \['x'\]"),
        ("CondorProvider", {"environment": {"A=": ""}}, errors.ConfigurationError, "'A='"),
        ("CondorProvider", {"environment": {"A": "\n"}}, errors.ConfigurationError, "one line"),
        ("KubernetesProvider", {"persistent_volumes": ["x"]}, errors.ConfigurationError, "claim,"),
        ("SSHProvider", {"nodes_per_block": 3}, errors.ConfigurationError, "2 entries.*is 3"),
        (
            "SSHProvider",
            {"launcher": launchers.SrunLauncher()},
            errors.ConfigurationError,
            "SrunLauncher.*use SimpleLauncher",
        ),
        (
            "CondorProvider",
            {"launcher": launchers.SrunLauncher()},
            errors.ConfigurationError,
            "SrunLauncher.*use SimpleLauncher",
        ),
        (
            "SlurmProvider",
            {"nodes_per_block": 2},
            errors.ConfigurationError,
            "SingleNodeLauncher.*first of nodes_per_block=2 nodes only: use SrunLauncher",
        ),
        (
            "PBSProProvider",
            {"nodes_per_block": 2, "launcher": launchers.WrappedLauncher("nice")},
            errors.ConfigurationError,
            "WrappedLauncher.*first of nodes_per_block=2",
        ),
    ],
)
def test_wrong_values_are_named(name, given, kind, text):
    with pytest.raises(kind, match=f"{name}.*{text}"):
        made(getattr(providers, name), **given)


@pytest.mark.parametrize(
    "hosts, kind, text",
    [
        (["n1", "n1"], errors.ConfigurationError, "'n1' 2 times"),
        (["-oProxyCommand=x"], errors.ConfigurationError, r"'-oProxyCommand=x'.*\[user@\]host"),
        (["a b"], errors.ConfigurationError, "'a b'"),
        ([], errors.ConfigurationError, "0 entries"),
        ("n1", TypeError, r"write \['n1'\]"),
        (5, TypeError, "hosts must be a list, not 5"),
    ],
)
def test_hosts_that_ssh_cannot_reach_are_named(hosts, kind, text):
    with pytest.raises(kind, match=text):
        providers.SSHProvider(hosts)
