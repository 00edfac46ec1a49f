"""Rules for the parameters of executors of blocks."""

from __future__ import annotations

import math
import re
from typing import Any

from fonio import _rules
from fonio._checks import at_least, of_type, one_of
from fonio._parameters import Rule
from fonio._rules import above_zero, optional, text, whole
from fonio.errors import ConfigurationError, UnsupportedFeatureError
from fonio.executors.high_throughput.manager_selector import ManagerSelector
from fonio.providers import Provider

_CORES = r"\d+(-\d+)?(,\d+(-\d+)?)*"
_AFFINITY = re.compile(rf"none|block|alternating|block-reverse|list:{_CORES}(:{_CORES})*")
_HANDLERS = ("simple", "windowed", "none")
_COMMAND = "{command}"
_PLACEHOLDER = re.compile(r"\{\{block_id\}\}|\{\{|\}\}|\{([A-Za-z_]\w*)\}")
_FILLED = (
    "command",
    "block_id",
    "addresses",
    "worker_port",
    "logdir",
    "prefetch_capacity",
    "cores_per_worker",
    "mem_per_worker",
    "max_workers_per_node",
    "heartbeat_period",
    "heartbeat_threshold",
    "drain_period",
    "cpu_affinity",
)


def _affinity(owner: str, name: str, value: Any) -> str:
    if _AFFINITY.fullmatch(text(owner, name, value)):
        return str(value)
    raise ConfigurationError(
        f"{owner}: {name} is {value!r}: use none, block, alternating, block-reverse or "
        "list:0,1:2,3 (the cores of each worker)"
    )


def _accelerators(owner: str, name: str, value: Any) -> tuple[str, ...]:
    if isinstance(value, int) and not isinstance(value, bool):
        return tuple([str(number) for number in range(at_least(owner, name, value, 0))])
    return _rules.texts(owner, name, value)


def _most_workers(owner: str, name: str, value: Any) -> int | None:
    return None if value == math.inf else at_least(owner, name, value, 1)


def _handler(owner: str, name: str, value: Any) -> str:
    if callable(value):
        raise UnsupportedFeatureError(
            f"{owner}: {name}={value!r} cannot run where blocks are watched, outside of Python: "
            "use True or 'simple' (give up when all blocks fail), 'windowed' (when the last three "
            "do), False or 'none' (never)"
        )
    if isinstance(value, bool):
        return "simple" if value else "none"
    return one_of(owner, name, value, _HANDLERS)


def _template(owner: str, name: str, value: Any) -> str:
    template = _with_command(owner, name, text(owner, name, value))
    for found in _PLACEHOLDER.finditer(template):
        if found[1] is not None and found[1] not in _FILLED:
            raise UnsupportedFeatureError(
                f"{owner}: {name} has the placeholder {found[0]}, which Fonio does not fill: use "
                f"{', '.join(_FILLED)}, and {{{{ and }}}} for braces"
            )
    return template


def _words(owner: str, name: str, value: Any) -> tuple[str, ...]:
    words = _rules.texts(owner, name, value)
    _with_command(owner, name, " ".join(words))
    return words


def _with_command(owner: str, name: str, words: str) -> str:
    if _COMMAND not in words:
        raise UnsupportedFeatureError(
            f"{owner}: {name} is {words!r}, which would start another program than Fonio's: write "
            f"{_COMMAND} where its command stands, for example 'apptainer exec image {_COMMAND}'"
        )
    return words


def _radio(owner: str, name: str, value: Any) -> None:
    if value is not None:
        raise UnsupportedFeatureError(
            f"{owner}: {name}={value!r} is not in this version of Fonio: leave it out; "
            "engine.account() and ./fonio status show what a run does"
        )


def _modules(owner: str, name: str, value: Any) -> tuple[str, ...]:
    for module in _rules.texts(owner, name, value):
        if not all([part.isidentifier() for part in module.split(".")]):
            raise ConfigurationError(f"{owner}: {name} has {module!r}: give names of modules")
    return tuple(value)


def _interpreter(owner: str, name: str, value: Any) -> str:
    path = of_type(owner, name, value, str, "a path")
    if not path or "\n" in path:
        raise ConfigurationError(f"{owner}: {name} is {value!r}: give the path of an interpreter")
    return text(owner, name, path)


RULES: dict[str, Rule] = {
    "label": _rules.label,
    "provider": _rules.a(Provider, "LocalProvider()"),
    "launch_cmd": optional(_template),
    "interchange_launch_cmd": optional(_words),
    "address": optional(_rules.some_text),
    "loopback_address": _rules.some_text,
    "worker_port": optional(_rules.port),
    "worker_port_range": _rules.ports,
    "interchange_port_range": _rules.ports,
    "worker_debug": _rules.flag,
    "cores_per_worker": above_zero,
    "mem_per_worker": optional(above_zero),
    "max_workers_per_node": optional(_most_workers),
    "cpu_affinity": _affinity,
    "available_accelerators": _accelerators,
    "prefetch_capacity": whole(0),
    "heartbeat_threshold": above_zero,
    "heartbeat_period": above_zero,
    "drain_period": optional(above_zero),
    "poll_period": above_zero,
    "address_probe_timeout": optional(above_zero),
    "worker_logdir_root": optional(text),
    "manager_selector": _rules.a(ManagerSelector, "RandomManagerSelector()"),
    "block_error_handler": _handler,
    "encrypted": optional(_rules.flag),
    "remote_monitoring_radio": _radio,
    "max_tasks_per_child": optional(whole(1)),
    "env": _rules.texts_by_name,
    "preload": _modules,
    "credit_us": whole(1),
    "kills": whole(1),
    "python": _interpreter,
    "max_workers_per_block": whole(1),
    "mpi_launcher": _rules.word_of("mpiexec", "srun", "aprun"),
}
