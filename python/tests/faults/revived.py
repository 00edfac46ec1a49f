"""Kills engines and clients of durable runs at random moments, and counts what ran."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import textwrap
import time
from collections import Counter
from pathlib import Path

from by_hand import engine_of, managers_of
from campaign import HERE, SRC, kill, nothing_left, pause
from deadlines import PATIENCE_S, await_no_more_than, run_folders

import fonio
from fonio import _revival
from fonio._engine import Engine
from fonio._settings import ExecutorSettings, Settings

TASKS = 240
KILLS = 4
KILLS_OF_MANAGERS = 3
_revival.MOST = 1000


def noted(diary: str, number: int, *_: object) -> int:
    """A task of up to 2 ms that notes that it ran, and says its number."""
    descriptor = os.open(diary, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, b"%d\n" % number)
    os.close(descriptor)
    time.sleep(number % 3 / 1000)
    return number


def runs(diary: Path) -> Counter[int]:
    """How often each task has run."""
    return Counter(map(int, diary.read_text().split())) if diary.exists() else Counter()


def submit(call, diary: Path, futures: list, known: dict[int, int], chance: random.Random) -> None:
    """Submits more tasks, some behind others; after a while notes how often the ended ones ran."""
    for number in range(len(futures), len(futures) + TASKS):
        parents = [chance.choice(futures)] if futures and number % 4 == 0 else []
        futures.append(call(str(diary), number, *parents))
    pause(chance.uniform(0, 0.3), futures)
    counted = runs(diary)
    for number, future in enumerate(futures):
        if future._s:
            known.setdefault(number, counted[number])


def kill_durable_engine(home: Path, chance: random.Random) -> None:
    """Every task ends well, and none whose result is here runs again, however often it dies."""
    engine = Engine(
        Settings(
            executors=[ExecutorSettings(workers=2)],
            home=home,
            durable=True,
            ring=bool(chance.getrandbits(1)),
        )
    )
    diary = home / "diary"
    with nothing_left(engine) as pids:
        call = engine.session.app(noted)
        futures = []
        known: dict[int, int] = {}
        for _ in range(KILLS):
            submit(call, diary, futures, known, chance)
            pids.append(engine.pid)
            kill(engine.pid)
        assert [f.result(PATIENCE_S) for f in futures] == [*range(KILLS * TASKS)]
        counted = runs(diary)
        assert {*counted} == {*range(KILLS * TASKS)}
        assert {number: counted[number] for number in known} == known
        account = engine.session.query("account")
        assert (account["submitted"], account["succeeded"]) == (str(KILLS * TASKS),) * 2


def kill_engine_of_managers(home: Path, chance: random.Random) -> None:
    """Every task ends once; one runs twice only where its manager died with the engine."""
    before = run_folders()
    home.mkdir(exist_ok=True)
    diary = home / "diary"
    engine = engine_of(home)
    deaths = 0
    with managers_of(engine) as start:
        managers = [start(f"m{number}") for number in range(2)]
        call = engine.session.app(noted)
        futures = []
        known: dict[int, int] = {}
        for _ in range(KILLS_OF_MANAGERS):
            submit(call, diary, futures, known, chance)
            kill(engine.pid)
            if chance.random() < 0.25:
                deaths += 1
                managers.pop().kill()
                managers.append(start(f"in-place-{deaths}"))
        total = len(futures)
        assert [f.result(PATIENCE_S) for f in futures] == [*range(total)]
        counted = runs(diary)
        assert {*counted} == {*range(total)}
        assert {number: counted[number] for number in known} == known
        twice = {number: count for number, count in counted.items() if count > 1}
        assert deaths or not twice
        assert all(count <= 1 + deaths for count in twice.values()), twice
        account = engine.session.query("account")
        assert (account["submitted"], account["succeeded"]) == (str(total),) * 2
    await_no_more_than(before)


CLIENT = """
    import os, sys
    sys.path[:0] = [{src!r}, *{here!r}]
    import fonio
    from revived import noted
    config = fonio.Config(
        executors=[fonio.DirectExecutor(workers=2)],
        durable=True, on_client_exit="keep", run_dir={home!r},
    )
    engine = fonio.load(config)
    print(engine._engine.pid, flush=True)
    call = fonio.python_app(noted)
    futures = [call({diary!r}, number) for number in range({tasks})]
    for future in futures:
        future.result()
    engine.session.query("account")
    print("all", flush=True)
    os.read(0, 1)
"""


def kill_kept_client(home: Path, chance: random.Random) -> None:
    """What was accepted of a killed client ends once; the engine may be killed as well."""
    before = run_folders()
    diary = home / "diary"
    code = textwrap.dedent(CLIENT).format(
        src=str(SRC),
        here=[str(HERE), str(HERE.parent)],
        home=str(home),
        diary=str(diary),
        tasks=TASKS,
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as client:
        assert client.stdout is not None
        engine = int(client.stdout.readline())
        with contextlib.suppress(subprocess.TimeoutExpired):
            client.wait(chance.uniform(0, 0.3))
        client.kill()
    if chance.getrandbits(1):
        kill(engine)
    with fonio.attach(home / "runs/000") as run:
        run.wait(PATIENCE_S)
        assert all([f.result() == number - 1 for number, f in run.futures.items()])
        account = run.status()
        assert account.succeeded == account.tasks
        accepted = account.tasks
    assert {*runs(diary)} == {*range(accepted)}
    await_no_more_than(before)


KINDS = {kill_durable_engine: 10, kill_kept_client: 30, kill_engine_of_managers: 10}
"""The kinds of moments, and how many of each the campaign in full has."""
