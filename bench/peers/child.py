"""The process in which one system is measured: `python -m peers.child SPEC`, answers as JSON lines in a file.

A measurement that fails is an answer too (its error); the others go on.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from typing import Any

from .measure import measurements
from .measure.measurement import Setting
from .systems import open_system
from .systems.system import CannotDo


def main() -> None:
    spec: dict[str, Any] = json.loads(sys.argv[1])
    setting = Setting(spec["seconds"], spec["token"], spec["quick"], spec["scratch"])
    known = measurements()
    system = open_system(spec["system"], spec["workers"])
    with open(spec["answers"], "a", buffering=1) as out:
        for name in spec["measurements"]:
            run = known[name].run
            if run is None:
                raise ValueError(f"measurement {name!r} runs outside of a child")
            try:
                line: dict[str, Any] = {"name": name, "metrics": dict(run(system, setting))}
            except CannotDo as cannot:
                line = {"name": name, "cannot": str(cannot)}
            except Exception as error:
                line = {"name": name, "error": f"{type(error).__name__}: {error}"}
                traceback.print_exc()
            out.write(json.dumps(line) + "\n")
        closed: dict[str, Any] = {"name": "close"}
        try:
            system.close()
        except Exception as error:
            closed["error"] = f"{type(error).__name__}: {error}"
        out.write(json.dumps(closed) + "\n")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
