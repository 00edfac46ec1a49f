"""What all providers have in common: how many blocks, of how many nodes, started how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from fonio import _rules
from fonio._parameters import Parameters, Rule
from fonio._rules import above_zero, flag, optional, text, whole
from fonio.errors import ConfigurationError
from fonio.launchers import Launcher, SingleNodeLauncher, WrappedLauncher


def _volumes(owner: str, name: str, value: Any) -> tuple[str, ...]:
    """Claims and where they are mounted: pairs, kept as CLAIM:PATH."""
    pairs = _rules.texts_or_numbers(owner, name, value)
    for pair in pairs:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise ConfigurationError(f"{owner}: {name} has {pair!r}: give (claim, path) for each")
    return _rules.texts(owner, name, [":".join(_rules.texts(owner, name, p)) for p in pairs])


_RULES: dict[str, Rule] = {
    "nodes_per_block": whole(1),
    "init_blocks": whole(0),
    "min_blocks": whole(0),
    "max_blocks": whole(1),
    "parallelism": _rules.share,
    "worker_init": text,
    "launcher": _rules.a(Launcher, "SingleNodeLauncher()"),
    "cmd_timeout": above_zero,
    "walltime": _rules.walltime,
    "scheduler_options": _rules.directives,
    "account": optional(text),
    "queue": optional(text),
    "partition": optional(text),
    "qos": optional(text),
    "constraint": optional(text),
    "clusters": optional(text),
    "project": optional(text),
    "requirements": text,
    "select_options": text,
    "regex_job_id": _rules.pattern_of_id,
    "exclusive": flag,
    "gres": optional(text),
    "gpus_per_node": optional(whole(1)),
    "cpus_per_node": whole(1),
    "cores_per_node": optional(whole(1)),
    "cores_per_block": optional(whole(1)),
    "cores_per_slot": optional(whole(1)),
    "mem_per_node": optional(whole(1)),
    "mem_per_slot": optional(whole(1)),
    "status_batch_size": whole(1),
    "cmd_chunk_size": whole(1),
    "bsub_redirection": flag,
    "request_by_nodes": flag,
    "environment": optional(_rules.lines_by_name),
    "transfer_input_files": _rules.texts,
    "hosts": _rules.texts,
    "ssh_options": _rules.texts,
    "image": _rules.some_text,
    "namespace": text,
    "max_cpu": above_zero,
    "max_mem": text,
    "init_cpu": above_zero,
    "init_mem": text,
    "extra_requests": optional(_rules.lines_by_name),
    "extra_limits": optional(_rules.lines_by_name),
    "pod_name": optional(text),
    "user_id": optional(text),
    "group_id": optional(text),
    "run_as_non_root": flag,
    "secret": optional(text),
    "persistent_volumes": _volumes,
    "service_account_name": optional(text),
    "annotations": optional(_rules.lines_by_name),
    "kubeconfig": optional(text),
    "context": optional(text),
}


class Provider(Parameters):
    """The base of providers.

    A block is one job of `nodes_per_block` nodes. `init_blocks` are asked for at the start, and
    then never fewer than `min_blocks` nor more than `max_blocks` at a time. `parallelism` is how
    many workers a waiting task is worth: 1 one for each, 0 a block at a time. `worker_init` is
    shell text that runs before the workers start, `launcher` starts them on the nodes, and
    `cmd_timeout` is how many seconds a command of the batch system may take. Where its nodes do
    not share folders with this machine, `shares_folders` is false.
    """

    rules = _RULES
    gone: ClassVar[Mapping[str, str]] = {
        "channel": "leave it out, and start the program on a machine that has the batch system's "
        "commands; for machines that ssh reaches there is SSHProvider",
        "channels": "name the machines by SSHProvider(hosts=[...])",
        "move_files": "leave it out, nodes read the run's folder",
    }
    shares_folders = True
    on_each_node: ClassVar[bool] = False
    """Whether each node of a block runs the launcher, and not the first one for all."""
    nodes_per_block: int
    init_blocks: int
    min_blocks: int
    max_blocks: int
    parallelism: float
    launcher: Launcher

    def prepare(self) -> None:
        """Sees to what the engine needs for it, before that starts: for most, nothing."""

    def _take(self, given: Mapping[str, Any]) -> None:
        super()._take(given)
        for name in ("init_blocks", "min_blocks"):
            if getattr(self, name) > self.max_blocks:
                raise ConfigurationError(
                    f"{type(self).__name__}: {name} is {getattr(self, name)}: "
                    f"it must not be above max_blocks, which is {self.max_blocks}"
                )
        if "launcher" in self._names:
            self._check_launcher(type(self).__name__)

    def _check_launcher(self, me: str) -> None:
        """Refuses a launcher that leaves nodes without a manager, or that finds no batch job."""
        launcher = self.launcher
        if self.on_each_node and not launcher.one_node:
            raise ConfigurationError(
                f"{me}: launcher is {launcher!r}, which is for the nodes of a batch job: "
                "use SimpleLauncher(), SingleNodeLauncher() or WrappedLauncher(prepend)"
            )
        stays = isinstance(launcher, (SingleNodeLauncher, WrappedLauncher))
        if not self.on_each_node and stays and self.nodes_per_block > 1:
            raise ConfigurationError(
                f"{me}: launcher is {launcher!r}, which starts a manager on the first of "
                f"nodes_per_block={self.nodes_per_block} nodes only: use SrunLauncher(), "
                "MpiExecLauncher() or another that reaches all, or SimpleLauncher() if the "
                "command does that itself"
            )
