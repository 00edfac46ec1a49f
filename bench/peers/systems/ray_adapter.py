"""Ray: remote functions, actors dealt out round robin, and a compiled graph of actors."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import ray
from ray.util.multiprocessing import Pool as RayPool

from .system import Call, CannotDo, Function, System


class Ray(System):
    """`f.remote`, with object references as arguments."""

    name = "ray"
    noops_per_second = 2_000.0
    has_dependencies = True

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        ray.init(
            num_cpus=workers,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.CRITICAL,
        )

    def app(self, function: Function) -> Call:
        return ray.remote(function).remote

    def one(self, handle: Any, timeout_seconds: float | None = None) -> Any:
        return ray.get(handle, timeout=timeout_seconds)

    def all(self, handles: Sequence[Any]) -> list[Any]:
        return list(ray.get(list(handles)))

    def map(self, function: Function, values: Iterable[Any]) -> list[Any]:
        pool = RayPool(self.workers)
        try:
            return list(pool.map(function, values))
        finally:
            pool.terminate()

    def close(self) -> None:
        ray.shutdown()


class RayActors(Ray):
    """One actor for each core, calls dealt out round robin."""

    name = "ray-actors"
    noops_per_second = 5_500.0

    def app(self, function: Function) -> Call:
        actors = [_Runner.options(num_cpus=0).remote(function) for _ in range(self.workers)]
        turn = cycle([actor.call.remote for actor in actors]).__next__
        return lambda *args: turn()(*args)

    def map(self, function: Function, values: Iterable[Any]) -> list[Any]:
        call = self.app(function)
        return self.all([call(value) for value in values])


class RayCompiled(RayActors):
    """A graph over actors that is fixed beforehand, 20 calls of one function in a row; it can only chain."""

    name = "ray-compiled"
    noops_per_second = 20_000.0
    hops_at_once = 20

    def __init__(self, workers: int) -> None:
        self._semaphores_before = _semaphores()
        super().__init__(workers)
        self._graphs: list[Any] = []

    def app(self, function: Function) -> Call:
        actors = [_Runner.options(num_cpus=0).remote(function) for _ in range(self.workers)]
        try:
            from ray.dag import InputNode

            with InputNode() as start:
                node = start
                for turn in range(self.hops_at_once):
                    node = actors[turn % len(actors)].call.bind(node)
            graph = node.experimental_compile()
            self._graphs.append(graph)
        except Exception as refused:
            text = str(refused).strip().split("\n")[0]
            raise CannotDo(
                f"Ray {ray.__version__} compiles no graph here: {type(refused).__name__}: {text}"
            ) from refused
        return lambda value: graph.execute(value)

    def chain(self, call: Call, length: int) -> Any:
        value: Any = 0
        for _ in range(length // self.hops_at_once):
            value = ray.get(call(value))
        return value

    def close(self) -> None:
        for graph in self._graphs:
            graph.teardown()
        super().close()
        for left in _semaphores() - self._semaphores_before:
            left.unlink(missing_ok=True)


def _semaphores() -> set[Path]:
    """The named semaphores of compiled graphs, which Ray leaves behind when it has shut down."""
    return {path for kind in ("hdr", "obj") for path in Path("/dev/shm").glob(f"sem.{kind}*-*")}


@ray.remote
class _Runner:
    def __init__(self, function: Function) -> None:
        self._function = function

    def call(self, *args: Any) -> Any:
        return self._function(*args)
