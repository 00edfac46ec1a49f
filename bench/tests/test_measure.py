"""What the measurements make of a system that is right, and of one that is wrong."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from peers.measure import beside, measurements
from peers.measure.measurement import Setting, WrongResult, percentile
from peers.systems.system import Call, CannotDo, Function, System

KNOWN = measurements()


class Inline(System):
    """A system that runs a task at once, in the caller, and may spoil its result."""

    name = "pool"
    noops_per_second = 2_000.0

    def __init__(self, spoil: Callable[[Any], Any] = lambda value: value) -> None:
        super().__init__(2)
        self._spoil = spoil

    def app(self, function: Function) -> Call:
        return lambda *args: self._spoil(function(*args))

    def one(self, handle: Any, timeout_seconds: float | None = None) -> Any:
        return handle

    def all(self, handles: Sequence[Any]) -> list[Any]:
        return list(handles)

    def close(self) -> None:
        pass


def wrong(value: Any) -> Any:
    return value + 1 if isinstance(value, int) else (7, 7)


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    return Setting(0.02, secrets.token_hex(8), True, str(tmp_path))


def answer(name: str, system: System, setting: Setting) -> dict[str, float]:
    run = KNOWN[name].run
    assert run is not None
    return dict(run(system, setting))


@pytest.mark.parametrize(
    "name", ["noop", "tuple", "roundtrip", "sparse", "chain", "tree", "workers"]
)
def test_a_right_system_gets_every_number_that_the_measurement_describes(
    name: str, setting: Setting
) -> None:
    found = answer(name, Inline(), setting)
    assert set(found) == {metric.name for metric in KNOWN[name].metrics}
    assert all(value >= 0 for value in found.values())


@pytest.mark.parametrize(
    "name", ["noop", "tuple", "roundtrip", "sparse", "chain", "tree", "workers"]
)
def test_a_wrong_result_gives_no_number(name: str, setting: Setting) -> None:
    with pytest.raises(WrongResult):
        answer(name, Inline(wrong), setting)


def test_the_tail_of_the_round_trip_comes_from_enough_samples(setting: Setting) -> None:
    fonio, slow = Inline(), Inline()
    fonio.name, slow.name = "fonio", "dask"
    assert answer("roundtrip", fonio, setting)["samples"] >= 20_000
    assert answer("roundtrip", Inline(), setting)["samples"] >= 5_000
    assert answer("roundtrip", slow, setting)["samples"] >= 100


def test_percentiles_are_values_that_were_seen() -> None:
    assert percentile([float(i) for i in range(100)], 0.99) == 99.0
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0


def test_a_chain_of_a_system_that_runs_hops_in_groups_is_cut_to_whole_groups(
    setting: Setting,
) -> None:
    class Grouped(Inline):
        hops_at_once = 20

        def chain(self, call: Call, length: int) -> Any:
            lengths.append(length)
            return super().chain(call, length)

    lengths: list[int] = []
    answer("chain", Grouped(), setting)
    assert lengths and all(length % 20 == 0 for length in lengths)


class Waiting(Inline):
    """A system that runs its tasks one after the other when they are asked for."""

    def app(self, function: Function) -> Call:
        return lambda *args: (function, args)

    def all(self, handles: Sequence[Any]) -> list[Any]:
        return [function(*args) for function, args in handles]


def test_the_share_of_another_thread_is_its_speed_over_that_before_and_after(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = iter([100.0, 300.0] * 3)

    def speed(_: float) -> float:
        return next(alone) if threading.current_thread() is threading.main_thread() else 50.0

    monkeypatch.setattr(beside, "_speed", speed)
    assert answer("beside", Waiting(), setting)["share"] == 0.25


def test_tasks_are_outstanding_until_the_other_thread_has_taken_its_speed(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    rested = threading.Event()

    class Noting(Waiting):
        def all(self, handles: Sequence[Any]) -> list[Any]:
            found = []
            for function, args in handles:
                found.append(function(*args))
                if len(found) == 5 and len(handles) > 1_000:
                    rested.set()
            return found

    def speed(_: float) -> float:
        if threading.current_thread() is not threading.main_thread():
            assert rested.wait(60)
            rested.clear()
        return 1.0

    monkeypatch.setattr(beside, "_speed", speed)
    assert 10_000 < answer("beside", Noting(), setting)["outstanding"] <= 20_000 - 5


def test_what_a_system_cannot_do_is_told_from_an_error() -> None:
    with pytest.raises(CannotDo, match="pool has no map that hands over results"):
        Inline().stream(abs, [1])
