"""Dask: a `LocalCluster` of single-threaded worker processes."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from distributed import Client, LocalCluster

from .system import Call, Function, System


class Dask(System):
    """`client.submit` with futures as arguments."""

    name = "dask"
    noops_per_second = 600.0
    has_dependencies = True

    def __init__(self, workers: int) -> None:
        super().__init__(workers)
        self._cluster = LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        )
        self._client = Client(self._cluster)

    def app(self, function: Function) -> Call:
        return partial(self._client.submit, function, pure=False)

    def one(self, handle: Any, timeout_seconds: float | None = None) -> Any:
        return handle.result(timeout_seconds)

    def all(self, handles: Sequence[Any]) -> list[Any]:
        return list(self._client.gather(list(handles)))

    def map(self, function: Function, values: Iterable[Any]) -> list[Any]:
        return list(self._client.gather(self._client.map(function, list(values), pure=False)))

    def close(self) -> None:
        self._client.close()
        self._cluster.close()
