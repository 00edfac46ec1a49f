"""A fresh `python script.py`: until its first result, and until it has left cleanly.

The script is `peers/first_result.py`; it is timed from outside, so the interpreter's own start counts.
"""

from __future__ import annotations

from .measurement import Measurement, Metric

MEASUREMENT = Measurement(
    name="start",
    title="start of a fresh script",
    metrics=(
        Metric("first_s", "s", "to the first result"),
        Metric("exit_s", "s", "to the clean exit"),
    ),
    run=None,
    shares_child=False,
    absolute=True,
    rounds=7,
    peer_rounds=2,
)
