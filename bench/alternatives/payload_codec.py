"""Turning two ints into bytes and back: marshal behind a test of the types, or pickle for everything."""

from __future__ import annotations

import marshal
import pickle

from compare import compare

_EXACT = frozenset((int, float, str, bytes, bool, type(None)))


def tested_marshal(count: int) -> None:
    fits, dumps, loads = _EXACT.issuperset, marshal.dumps, marshal.loads
    for i in range(count):
        args = (i, i + 1)
        data = dumps(args, 2) if fits(map(type, args)) else pickle.dumps(args, 5)
        loads(data) if data[0] != 0x80 else pickle.loads(data)


def always_pickle(count: int) -> None:
    dumps, loads = pickle.dumps, pickle.loads
    for i in range(count):
        loads(dumps((i, i + 1), 5))


def main() -> None:
    ways = {"marshal behind a test of the types": tested_marshal, "pickle": always_pickle}
    compare("two ints to bytes and back", 300_000, ways)


if __name__ == "__main__":
    main()
