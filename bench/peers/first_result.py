"""A script as a user would write it: one task on the named system, its result, and out."""

from __future__ import annotations

import sys
import time

from peers.systems import open_system
from peers.tasks import inc


def main() -> None:
    system = open_system(sys.argv[1], int(sys.argv[2]))
    value = system.one(system.app(inc)(41))
    first_ns = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
    system.close()
    if value != 42:
        raise SystemExit(f"wrong first result: {value}")
    with open(sys.argv[3], "w") as out:
        out.write(str(first_ns))


if __name__ == "__main__":
    main()
