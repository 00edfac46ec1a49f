"""The documents say what is true: programs in them run, commands and links in them exist."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")]
)
FENCE = re.compile(r"```(\w*)\n(.*?)```", re.S)
WORD = re.compile(r"\./fonio ([a-z]+)")
SCRIPT = re.compile(r"(?<![\w/.])(dev/[\w-]+|\.ci/run|\./mvnw)(?![\w/.-])")
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


def block(language: str) -> str:
    """The README's program in this language."""
    blocks = dict(FENCE.findall((ROOT / "README.md").read_text()))
    return blocks[language]


def fonio(*words: str, cwd: Path, timeout: float = 300) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ROOT / "fonio"), *words], cwd=cwd, capture_output=True, text=True, timeout=timeout
    )


def test_python_of_the_readme_runs(tmp_path: Path) -> None:
    script = tmp_path / "readme.py"
    script.write_text(block("python"))

    done = fonio("run", str(script), cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["56", "1000000"]


def test_java_of_the_readme_runs(tmp_path: Path) -> None:
    source = tmp_path / "Readme.java"
    source.write_text(block("java"))

    done = fonio("run", str(source), cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["25"]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: str(d.relative_to(ROOT)))
def test_commands_and_links_exist(document: Path) -> None:
    text = document.read_text()
    for word in set(WORD.findall(text)):
        done = fonio(word, "--help", cwd=ROOT)
        assert done.returncode == 0, f"./fonio {word}: {done.stderr}"
    for script in set(SCRIPT.findall(text)):
        assert os.access(ROOT / script, os.X_OK), script
    for link in set(LINK.findall(text)):
        assert (document.parent / link).exists(), link


def test_the_table_of_the_readme_is_of_the_last_committed_measurement() -> None:
    done = subprocess.run(
        [str(ROOT / "dev" / "readme-table"), "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
