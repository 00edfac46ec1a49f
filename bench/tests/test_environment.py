"""What the processes of a measurement can import."""

import subprocess
import sys
from pathlib import Path

from peers.results import Results
from peers.runner import Runner


def test_a_child_of_fonio_needs_nothing_that_the_interpreter_has(tmp_path: Path) -> None:
    env = Runner(None, Results({}, quick=True), quick=True)._environment("fonio", tmp_path, "token")
    bare = [sys.executable, "-S", "-c", "import fonio, cloudpickle"]
    done = subprocess.run(bare, env=env, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
