"""The folder of runs, wherever it is set: the run that writes and the commands that read agree."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import command_line
import pytest

SRC = Path(__file__).parents[2] / "src"
SCRIPT = """
import fonio

@fonio.python_app
def bad():
    raise ValueError("bad")

with fonio.load(fonio.Config(executors=[fonio.DirectExecutor(workers=1)])):
    bad().exception(60)
"""

_SOURCES = {
    "the file": ("run_dir = 'mine'\n", [], {}),
    "FONIO_RUN_DIR": ("run_dir = 'other'\n", [], {"FONIO_RUN_DIR": "mine"}),
    "FONIO_HOME": ("run_dir = 'other'\n", [], {"FONIO_HOME": "mine", "FONIO_RUN_DIR": "other"}),
    "--set run_dir": ("run_dir = 'other'\n", ["--set", "run_dir=mine"], {}),
    "--set home": ("run_dir = 'other'\n", ["--set", "home=mine"], {}),
    "nothing": ("", [], {}),
}


@command_line.needed
@pytest.mark.parametrize("source", _SOURCES)
def test_commands_read_where_the_run_has_written(source, tmp_path, monkeypatch):
    for name in [n for n in os.environ if n.startswith("FONIO_") and n != "FONIO_JAR"]:
        monkeypatch.delenv(name)
    toml, words, environment = _SOURCES[source]
    (tmp_path / "fonio.toml").write_text(toml)
    (tmp_path / "script.py").write_text(SCRIPT)
    subprocess.run(
        [sys.executable, "-m", "fonio.run", *words, "script.py"],
        cwd=tmp_path,
        env={**os.environ, **environment, "PYTHONPATH": str(SRC)},
        capture_output=True,
        timeout=60,
    )
    folder = ".fonio" if source == "nothing" else "mine"
    assert [f.name for f in tmp_path.iterdir() if f.is_dir()] == [folder]
    runs = command_line.fonio("runs", "--json", *words, cwd=tmp_path, **environment)
    (run,) = json.loads(runs)
    assert (run["state"], run["account"]["failed"]) == ("ended", 1)
    logs = command_line.fonio("logs", *words, cwd=tmp_path, **environment)
    assert "ValueError: bad" in logs
