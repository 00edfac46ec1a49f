"""Kills the engine, a worker or the client at random moments, and looks at what is left."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

from deadlines import PATIENCE_S, await_swept, ends

from fonio import errors
from fonio._engine import Engine
from fonio._settings import ExecutorSettings, Settings

HERE = Path(__file__).parent
SRC = HERE.parents[1] / "src"
TASKS = 300


def work(number: int) -> int:
    """A task of up to 2 ms that says its number."""
    time.sleep(number % 3 / 1000)
    return number


def start(home: Path, workers: int = 2) -> Engine:
    """An engine of its own for each moment."""
    return Engine(Settings(executors=[ExecutorSettings(workers=workers)], home=home))


def workers_of(engine: Engine) -> list[int]:
    """The processes of the engine's workers."""
    lines = engine.session.query("workers").values()
    return [int(line.split(",")[0].removeprefix("pid ")) for line in lines]


def kill(pid: int) -> None:
    """Kills one process, if it is still there."""
    if pid > 1:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_gone(pids: list[int]) -> None:
    """Waits until none of the processes runs."""
    left = [pid for pid in pids if pid > 1 and not ends(pid)]
    assert not left, f"processes {left} are left"


@contextlib.contextmanager
def nothing_left(engine: Engine) -> Iterator[list[int]]:
    """Checks that no process and no segment outlives the engine."""
    pids = [engine.pid, *workers_of(engine)]
    try:
        yield pids
    finally:
        engine.close()
    wait_gone(pids)
    await_swept(engine.folders.segments)


def kill_worker(home: Path, chance: random.Random) -> None:
    """Every task ends once and well when a worker dies at a random moment."""
    engine = start(home)
    with nothing_left(engine) as pids:
        call = engine.session.app(work)
        futures = [call(i) for i in range(TASKS)]
        pause(chance.uniform(0, 0.3), futures)
        kill(chance.choice(pids[1:]))
        assert [f.result(PATIENCE_S) for f in futures] == [*range(TASKS)]
        pids.extend(workers_of(engine))


def kill_engine(home: Path, chance: random.Random) -> None:
    """Every task ends, well or in EngineLostError, when the engine dies at a random moment."""
    engine = start(home)
    with nothing_left(engine):
        call = engine.session.app(work)
        futures = [call(i) for i in range(TASKS)]
        pause(chance.uniform(0, 0.3), futures)
        kill(engine.pid)
        begin = time.monotonic()
        for number, future in enumerate(futures):
            problem = future.exception(PATIENCE_S)
            assert problem is None or isinstance(problem, errors.EngineLostError), problem
            assert problem is not None or future.result() == number
        assert time.monotonic() - begin < 5


def pause(seconds: float, futures: list[object]) -> None:
    """Lets tasks run: waits for the last future for so long."""
    with contextlib.suppress(TimeoutError, Exception):
        futures[-1].result(seconds)  # type: ignore[attr-defined]


CLIENT = """
    import sys
    sys.path[:0] = [{src!r}, *{here!r}]
    from pathlib import Path
    from campaign import start, work, workers_of
    engine = start(Path({home!r}))
    print(engine.folders.segments, engine.pid, *workers_of(engine), flush=True)
    call = engine.session.app(work)
    while True:
        [f.result(60) for f in [call(i) for i in range(300)]]
"""


def kill_client(home: Path, chance: random.Random, both: bool = False) -> None:
    """Engine and workers end with their client; the next start sweeps what is left."""
    code = textwrap.dedent(CLIENT).format(
        src=str(SRC), here=[str(HERE), str(HERE.parent)], home=str(home)
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True
    ) as client:
        assert client.stdout is not None
        try:
            segments, *words = client.stdout.readline().split()
            pids = [int(word) for word in words]
            with contextlib.suppress(subprocess.TimeoutExpired):
                client.wait(chance.uniform(0, 0.3))
        finally:
            client.kill()
        if both:
            kill(pids[0])
    wait_gone(pids)
    await_swept(Path(segments))


def kill_both(home: Path, chance: random.Random) -> None:
    """As the client's death, with the engine killed too."""
    kill_client(home, chance, both=True)


KINDS = {kill_worker: 100, kill_engine: 100, kill_client: 25, kill_both: 25}
"""The kinds of moments, and how many of each the campaign in full has."""
