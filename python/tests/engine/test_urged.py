"""A finished result does not wait for a long task that its worker runs next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fonio._engine import Engine


def awaits(file, value):
    import os
    import time

    while file and not os.path.exists(file):
        time.sleep(0.001)
    return value


def test_what_ended_before_a_long_task_comes_while_it_runs(
    start: Callable[..., Engine], tmp_path: Path
) -> None:
    call = start(workers=1).session.app(awaits)
    for _ in range(50):
        assert call("", 1).result(20) == 1
    go = tmp_path / "go"
    before = [call("", n) for n in range(20)]
    long = call(str(go), "long")
    after = call("", "after")
    assert [f.result(20) for f in before] == list(range(20))
    assert not long.done() and not after.done()
    go.touch()
    assert (long.result(20), after.result(20)) == ("long", "after")
