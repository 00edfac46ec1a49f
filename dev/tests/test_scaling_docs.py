"""The pages about clusters: their programs run, and their configurations are accepted."""

from __future__ import annotations

import re
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = re.compile(r"```python\n(.*?)```", re.S)
CLASS = re.compile(r"-cp (\w+)/target/classes ([\w.]+)")
OWN = "class MyExecutor:\n    def __init__(self, site): ...\n    def stop(self): ...\n\n"


def programs(document: str) -> list[str]:
    return PYTHON.findall((ROOT / "docs" / document).read_text())


def fonio(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "fonio"), *words], cwd=cwd, capture_output=True, text=True, timeout=60
    )


def test_a_manager_started_as_status_says_runs_the_program(tmp_path: Path) -> None:
    script = tmp_path / "by_hand.py"
    script.write_text(programs("scaling.md")[0])
    run = [str(ROOT / "fonio"), "run", str(script)]
    with subprocess.Popen(run, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as program:
        try:
            invitation = _invitation(program, tmp_path)
            manager = fonio(*invitation.split()[1:], cwd=tmp_path)
            assert manager.returncode == 0, manager.stderr
            assert program.communicate(timeout=60)[0].split() == ["5"]
        finally:
            program.kill()
    assert program.returncode == 0


def _invitation(program: subprocess.Popen[str], cwd: Path) -> str:
    """The line of `./fonio status` that starts a manager."""
    text = ""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and program.poll() is None:
        status = fonio("status", cwd=cwd)
        text = status.stdout + status.stderr
        for line in text.splitlines():
            found = re.search(r"\./fonio manager --connect .*", line)
            if found:
                return found[0]
    raise AssertionError(f"no invitation in 60 s: {text}")


@pytest.mark.parametrize("document", ["scaling.md", "bridge.md"])
def test_configurations_are_accepted(document: str, tmp_path: Path) -> None:
    blocks = programs(document)
    configurations = [block for block in blocks if "fonio.load" not in block]
    assert configurations
    script = tmp_path / "configurations.py"
    script.write_text(OWN + "\n".join(configurations))

    done = fonio("run", str(script), cwd=tmp_path)

    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("document", sorted((ROOT / "docs").glob("*.md")), ids=lambda d: d.name)
def test_classes_in_commands_exist(document: Path) -> None:
    for module, name in CLASS.findall(document.read_text()):
        source = ROOT / module / "src" / "main" / "java" / (name.replace(".", "/") + ".java")
        assert source.exists(), name
