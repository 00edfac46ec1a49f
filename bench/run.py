"""The benchmark program: `python bench/run.py [NAME...] [--peers] [--quick] [--json]`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from peers.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
