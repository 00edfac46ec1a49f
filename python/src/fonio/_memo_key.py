"""A call's key on its way to the engine: the results of tasks that are known here are added.

The engine's key of a task is SHA-256(key, then of each parent: length u32 big-endian, bytes). A
parent whose value was put into the arguments here is added here, in the same way, so that a call
has the same key whether its parents had ended when it was made or not.
"""

from __future__ import annotations

import concurrent.futures as cf
import hashlib
from collections.abc import Iterable
from typing import Any

from fonio._arguments import Bundle
from fonio._codec import Parts, encode
from fonio._future import ENCODED, Future


def keyed(packed: Any, key: bytes, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Bundle:
    """The packed call with its key."""
    if isinstance(packed, Bundle):
        bundle = packed
    else:
        bundle = Bundle.of(packed) if isinstance(packed, Future) else Bundle(packed)
    futures = [f for value in (*args, *kwargs.values()) for f in _futures(value)]
    if len(futures) != len(bundle.parents):
        parents = set(bundle.parents)
        key = folded(key, [f for f in futures if f not in parents and f.done()])
    bundle.key = key
    return bundle


def folded(key: bytes, ended: Iterable[cf.Future[Any]]) -> bytes:
    """The key with the results of these futures."""
    digest = hashlib.sha256(key)
    count = 0
    for future in ended:
        payload = _payload(future)
        digest.update(len(payload).to_bytes(4, "big"))
        digest.update(payload)
        count += 1
    return digest.digest() if count else key


def _payload(future: cf.Future[Any]) -> bytes:
    if isinstance(future, Future) and future._s == ENCODED and isinstance(future._v, bytes):
        return future._v
    payload = encode(future.result())
    return payload.join() if isinstance(payload, Parts) else payload


def _futures(value: Any) -> list[Any]:
    if isinstance(value, cf.Future):
        return [value]
    if type(value) in (list, tuple):
        return [item for item in value if isinstance(item, cf.Future)]
    return []
