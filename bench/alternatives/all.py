"""Runs every comparison of this folder."""

from __future__ import annotations

import call_object
import collector
import columns
import future_completion
import payload_codec
import submit_lock


def main() -> None:
    for module in (future_completion, columns, submit_lock, payload_codec, call_object, collector):
        module.main()


if __name__ == "__main__":
    main()
