"""Blocks that are jobs of HTCondor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from fonio._parameters import Rule
from fonio._rules import text
from fonio.launchers import Launcher, SingleNodeLauncher
from fonio.providers._provider import Provider


class CondorProvider(Provider):
    """Blocks that are jobs of HTCondor, submitted by condor_submit.

    A slot asks for `cores_per_slot` and `mem_per_slot` (GB), and for what `requirements` say.
    """

    word = "condor"
    rules: ClassVar[dict[str, Rule]] = {**Provider.rules, "scheduler_options": text}
    on_each_node = True

    def __init__(
        self,
        nodes_per_block: int = 1,
        cores_per_slot: int | None = None,
        mem_per_slot: int | None = None,
        init_blocks: int = 1,
        min_blocks: int = 0,
        max_blocks: int = 1,
        parallelism: float = 1,
        environment: Mapping[str, str] | None = None,
        project: str = "",
        scheduler_options: str = "",
        transfer_input_files: Sequence[str] = (),
        walltime: str = "00:10:00",
        worker_init: str = "",
        launcher: Launcher | None = None,
        requirements: str = "",
        cmd_timeout: float = 60,
        cmd_chunk_size: int = 100,
    ) -> None:
        launcher = SingleNodeLauncher() if launcher is None else launcher
        self._take(locals())
