"""Memory of a queued task: growth of all processes while tasks wait behind workers that are held.

Fonio and Pool: from 1 M to 2 M no-ops; the others from 5,000 to 20,000.
"""

from __future__ import annotations

import gc
import os
import time
from pathlib import Path

from .. import tasks
from ..procs import members, rss_bytes
from ..systems.system import System
from .measurement import Answer, Measurement, Metric, Setting


def run(system: System, setting: Setting) -> Answer:
    large = system.name == "fonio"
    first, last = (1_000_000, 2_000_000) if large and not setting.quick else (5_000, 20_000)
    if large and setting.quick:
        first, last = 200_000, 400_000
    gate = Path(setting.scratch, f"gate-{os.getpid()}")
    gate.touch()
    hold, call = system.app(tasks.block), system.app(tasks.noop)
    system.all([call() for _ in range(50)])
    blockers = [hold(str(gate)) for _ in range(4 * system.workers)]
    handles = [call() for _ in range(first)]
    low = _settled(setting.token)
    low_own = rss_bytes([os.getpid()])
    handles.extend([call() for _ in range(last - first)])
    high = _settled(setting.token)
    high_own = rss_bytes([os.getpid()])
    gate.unlink()
    system.all(blockers)
    system.all(handles)
    return {
        "bytes": (high - low) / (last - first),
        "client_bytes": (high_own - low_own) / (last - first),
    }


def _settled(token: str) -> int:
    """Resident memory once it has stopped growing."""
    gc.collect()
    pids = members(token)
    last, same = rss_bytes(pids), 0
    deadline = time.monotonic() + 15
    while same < 5 and time.monotonic() < deadline:
        time.sleep(0.1)
        now = rss_bytes(pids)
        same = same + 1 if abs(now - last) < 100_000 else 0
        last = now
    return last


MEASUREMENT = Measurement(
    name="queued",
    title="memory of a queued task",
    metrics=(
        Metric("bytes", "B", "growth of all processes per queued task"),
        Metric("client_bytes", "B", "of it the client process"),
    ),
    run=run,
    shares_child=False,
    absolute=True,
    rounds=2,
    peer_rounds=1,
)
