"""Blocks on hosts that are reached by ssh."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fonio._rules import texts
from fonio.errors import ConfigurationError
from fonio.launchers import Launcher, SingleNodeLauncher
from fonio.providers._provider import Provider

_HOST = re.compile(r"([\w.-]+@)?(\w[\w.-]*|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?")


class SSHProvider(Provider):
    """Blocks on hosts of a list, reached by ssh without a password: for machines of your own.

    Each of `hosts` is `[user@]host[:port]`; a block takes `nodes_per_block` that are free.
    `max_blocks` is by default as many as the hosts are enough for. `ssh_options` are more words of
    ssh's command line, each an entry: `["-J", "gateway"]`.
    """

    word = "ssh"
    on_each_node = True

    def __init__(
        self,
        hosts: Sequence[str],
        nodes_per_block: int = 1,
        init_blocks: int = 1,
        min_blocks: int = 0,
        max_blocks: int | None = None,
        parallelism: float = 1,
        worker_init: str = "",
        launcher: Launcher | None = None,
        cmd_timeout: float = 30,
        ssh_options: Sequence[str] = (),
    ) -> None:
        launcher = SingleNodeLauncher() if launcher is None else launcher
        if max_blocks is None and isinstance(nodes_per_block, int) and nodes_per_block > 0:
            names = texts("SSHProvider", "hosts", hosts)
            max_blocks = max(1, len(names) // nodes_per_block)
        self._take(locals())
        self._check_hosts(tuple(hosts))

    def _check_hosts(self, hosts: tuple[str, ...]) -> None:
        for host in hosts:
            if not _HOST.fullmatch(host):
                raise ConfigurationError(
                    f"SSHProvider: hosts has {host!r}: write [user@]host[:port]"
                )
            if hosts.count(host) > 1:
                raise ConfigurationError(
                    f"SSHProvider: hosts has {host!r} {hosts.count(host)} times: name it once"
                )
        if len(hosts) < self.nodes_per_block:
            raise ConfigurationError(
                f"SSHProvider: hosts has {len(hosts)} entries: a block takes nodes_per_block, "
                f"which is {self.nodes_per_block}"
            )
