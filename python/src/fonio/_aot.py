"""Makes the engine's AOT cache: `python -m fonio._aot`.

A cache holds the engine's classes loaded and linked and its methods profiled, which halves its
start. It is made by a short session of its own and belongs to one jar and one Java (`aot_cache`);
an engine that does not find it starts without. Those of former builds go when it is made.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from fonio._java import aot_cache, engine_jar, former_caches, java_home
from fonio.errors import EnvironmentNeeded

if TYPE_CHECKING:
    from fonio._session import Session

_TIMEOUT_S = 120.0
_ROUNDS = 6
_TASKS = 1 << 13


def train(workers: int = 2) -> Path:
    """Makes the cache, if it is not there, and returns its path."""
    java, jar = java_home(), engine_jar()
    target = aot_cache(java, jar)
    if target.is_file():
        return target
    from fonio._engine import Engine
    from fonio._settings import ExecutorSettings, Settings
    from fonio.executors import HighThroughputExecutor
    from fonio.providers import LocalProvider

    nodes = HighThroughputExecutor(
        label="nodes", max_workers_per_node=1, encrypted=True, provider=LocalProvider(max_blocks=1)
    )
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise EnvironmentNeeded(
            f"cannot make {target.parent} for the engine's AOT cache: {problem.strerror}; "
            "set XDG_CACHE_HOME to a folder that you may write"
        ) from problem
    fresh = target.with_suffix(f".{os.getpid()}.new")
    with tempfile.TemporaryDirectory(prefix="fonio-aot-") as home:
        engine = Engine(
            Settings(
                executors=[ExecutorSettings(workers=workers), nodes.settings()],
                home=Path(home),
                java_options=[f"-XX:AOTCacheOutput={fresh}"],
            )
        )
        try:
            _exercise(engine.session, workers, nodes.label)
        finally:
            engine.close(finish=True, patience_s=_TIMEOUT_S)
    if not fresh.is_file():
        raise EnvironmentNeeded(f"the engine of {java} wrote no AOT cache to {fresh}")
    fresh.replace(target)
    for old in target.parent.glob(f"{fresh.stem}*.config"):
        old.unlink(missing_ok=True)
    for former in former_caches(target):
        former.unlink(missing_ok=True)
    return target


def _exercise(session: Session, workers: int, nodes: str) -> None:
    """What an engine does most, often enough that its methods are known to be hot."""
    from fonio._map import open_map

    call, nothing = session.app(max), session.app(dict)
    for _ in range(_ROUNDS):
        futures = [nothing() for _ in range(_TASKS)] + [call(n, 1) for n in range(_TASKS)]
        level = futures[_TASKS:]
        while len(level) > 1:
            level = [call(*pair) for pair in zip(level[::2], level[1::2])]
        last = call(0, 0)
        for _ in range(200):
            last = call(last, 1)
        for future in [*futures, *level, last]:
            future.result(_TIMEOUT_S)
    list(open_map(session, str, (range(20_000),), workers))
    _exercise_links(session, nodes)


def _exercise_links(session: Session, label: str) -> None:
    """What an engine does to reach nodes, by TLS."""
    call = session.app(max, lane=label)
    for _ in range(_ROUNDS):
        for future in [call(n, 1) for n in range(_TASKS)]:
            future.result(_TIMEOUT_S)


def main() -> int:
    """The command: prints the cache's path."""
    try:
        print(train())
    except (EnvironmentNeeded, subprocess.SubprocessError) as problem:
        print(f"fonio: {problem}", file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
