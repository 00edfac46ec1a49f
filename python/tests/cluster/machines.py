"""Labs of hosts, and what is started on them: the scripts of `testkit/hosts` from Python."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KIT = Path(__file__).resolve().parents[3] / "testkit" / "hosts"
SURROUNDINGS = 3
"""The exit code by which a script says that this machine lacks something."""


class Missing(Exception):
    """This machine cannot make what was asked for; the message says what it lacks."""


def script(name: str, *words: object, lab: str = "", apart: bool = False) -> str:
    """What a script of the kit prints; with `apart` a Ctrl-C at the terminal does not reach it."""
    done = subprocess.run(
        [KIT / name, *map(str, words)],
        env={**os.environ, "FONIO_OWNER": str(os.getpid()), **({"FONIO_LAB": lab} if lab else {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=50,
        start_new_session=apart,
    )
    if done.returncode == SURROUNDINGS:
        raise Missing(done.stderr.strip())
    assert done.returncode == 0, f"{name} {' '.join(map(str, words))}: {done.stderr}"
    return done.stdout.strip()


@dataclass(frozen=True)
class Lab:
    """Hosts 0 (the head) to `count`; `shared` is a folder that they and this machine see."""

    name: str
    count: int
    shared: Path

    def command(self, host: int, *words: object) -> list[str]:
        """The command that runs `words` on a host, for any way to start a process."""
        return [
            "env",
            f"FONIO_LAB={self.name}",
            str(KIT / "hosts"),
            "x",
            str(host),
            *map(str, words),
        ]

    def run(self, host: int, *words: object, **options: Any) -> subprocess.CompletedProcess[str]:
        """Runs a command on a host to its end; the options are those of `subprocess.run`."""
        options = {"capture_output": True, "text": True, "timeout": 30, **options}
        return subprocess.run(self.command(host, *words), **options)

    def start(self, host: int, *words: object, **options: Any) -> subprocess.Popen[str]:
        """Starts a command on a host; when the process given back ends, the command is killed."""
        options = {"stdout": subprocess.PIPE, "text": True, **options}
        return subprocess.Popen(self.command(host, *words), **options)

    def address(self, host: int | None = None) -> str:
        """A host's address, or this machine's as the hosts see it (with an uplink)."""
        return self._do("address", *([] if host is None else [host]))

    def crash(self, host: int) -> None:
        """Cuts a host's power: its processes end and its peers hear nothing of it."""
        self._do("crash", host)

    def kill(self, host: int) -> None:
        """Ends all processes of a host, which goes on and closes their connections."""
        self._do("kill", host)

    def boot(self, host: int) -> None:
        """Starts a host again after a crash."""
        self._do("boot", host)

    def isolate(self, host: int) -> None:
        """Takes a host off the network, silently."""
        self._do("isolate", host)

    def heal(self, host: int) -> None:
        """Puts an isolated host back."""
        self._do("heal", host)

    def cut(self, one: int, other: int) -> None:
        """Loses whatever goes between two hosts, silently, and nothing else."""
        self._do("cut", one, other)

    def uncut(self, one: int, other: int) -> None:
        """Ends a cut."""
        self._do("uncut", one, other)

    def rate(self, host: int, rate: str) -> None:
        """Limits a host each way, in tc's words ("100mbit"); "none" ends it."""
        self._do("rate", host, rate)

    def loss(self, host: int, fraction: float) -> None:
        """Loses this fraction of the packets that reach a host; 0 ends it."""
        self._do("loss", host, fraction)

    def _do(self, *words: object) -> str:
        return script("hosts", *words, lab=self.name)


@dataclass(frozen=True)
class Slurm:
    """A running Slurm; its commands run on the lab's head, or on this machine without a lab."""

    conf: Path
    lab: Lab | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs in its environment to use this Slurm."""
        return {**os.environ, "SLURM_CONF": str(self.conf)}

    def run(self, *words: object, **options: Any) -> subprocess.CompletedProcess[str]:
        """Runs a command with this Slurm to its end."""
        options = {"capture_output": True, "text": True, "timeout": 30, **options}
        command = self.lab.command(0, *words) if self.lab else [*map(str, words)]
        return subprocess.run(command, env=self.environment, **options)

    def boot(self, host: int) -> None:
        """Starts Slurm again on a host that was booted."""
        script("slurm", "boot", self.conf.parents[1], host)
