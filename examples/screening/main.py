"""Virtual screening on real molecules: start here. `--help` lists the options, README.md says what the figures mean."""

from __future__ import annotations

import os
import sys
import time

STARTED = time.perf_counter()


def tell(words: str) -> None:
    """One line of progress, with the seconds since the start."""
    print(f"[{time.perf_counter() - STARTED:6.1f} s] {words}", file=sys.stderr, flush=True)


def main() -> int:
    """Run the screening that the command line asks for."""
    import options as command_line

    options = command_line.parse(sys.argv[1:])
    tell(
        f"screening {options.target} with {options.workers} workers ({options.engine}); Ctrl-C stops, the same command goes on"
    )
    for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
    import session

    try:
        return session.run(options, tell)
    except KeyboardInterrupt:
        tell(f"interrupted; what is docked is kept in {options.out}, the same command goes on from there")
        return 130


if __name__ == "__main__":
    sys.exit(main())
