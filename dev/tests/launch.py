"""A copy of the launcher in a tree of its own, with stand-ins for engine, JDK and environments.

They are real files and programs: a `release` file with a version, a jar newer than the sources, a
`java` that prints its arguments. What is under test, the shell, is the tree's own.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULES = (
    *("api", "kernel", "wire", "transport", "pool", "worker", "interchange", "manager"),
    *("executors", "memo", "providers", "blocks", "engine"),
)
RUN_MODULE = """\
import runpy, sys
print("progress", flush=True)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@dataclass
class Tree:
    """A source tree with the launcher in it; `run` starts `./fonio` there."""

    root: Path
    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "fonio", *words],
            cwd=self.home,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            timeout=50,
        )

    def begin(self, *words: str, **variables: str) -> subprocess.Popen[str]:
        """Starts `./fonio` with Ctrl-C as a shell's foreground process has it."""
        return subprocess.Popen(
            [self.root / "fonio", *words],
            cwd=self.home,
            env={**self.environment, **variables},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )

    def script(self, name: str, text: str) -> str:
        (self.home / name).write_text(text)
        return name

    def program(self, path: Path, text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n" + text)
        path.chmod(0o755)
        return path


def needed_programs() -> list[str]:
    """What the launcher looks for on PATH before it does anything."""
    words = re.search(r"for program in ([\w ]+); do", (ROOT / "fonio").read_text())
    assert words is not None
    return words[1].split()


def path_of(folder: Path, programs: Iterable[str]) -> str:
    """A PATH with these programs and no others."""
    folder.mkdir()
    for name in programs:
        place = shutil.which(name, path="/usr/bin:/bin")
        assert place is not None, name
        (folder / name).symlink_to(place)
    return str(folder)


def make_tree(folder: Path) -> Tree:
    """A tree with a built engine, a JDK that prints what it is asked, and this Python."""
    root, home = folder / "tree", folder / "home"
    home.mkdir()
    (root / ".mvn").mkdir(parents=True)
    shutil.copy(ROOT / "fonio", root / "fonio")
    shutil.copy(ROOT / ".mvn" / "jdk.sh", root / ".mvn" / "jdk.sh")
    shutil.copytree(ROOT / "launcher", root / "launcher")
    tree = Tree(root, home)
    package = root / "python" / "src" / "fonio"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "run.py").write_text(RUN_MODULE)
    (package / "_aot.py").write_text("print(__file__)\n")
    (root / "python" / "requirements.txt").write_text("cloudpickle==3.1.3\n")
    (root / "pom.xml").write_text("<revision>0.1.0</revision>\n")
    for module in (*MODULES, "cli"):
        (root / module / "src" / "main").mkdir(parents=True)
        (root / module / "pom.xml").touch()
    jdk = folder / "jdk"
    tree.program(jdk / "bin" / "javac", "exit 0\n")
    tree.program(jdk / "bin" / "java", 'echo "java $*"\n')
    (jdk / "release").write_text('JAVA_VERSION="25.0.1"\n')
    tree.environment = {
        "HOME": str(home),
        "PATH": "/usr/bin:/bin",
        "FONIO_JDK": str(jdk),
        "FONIO_PYTHON": sys.executable,
        "LC_ALL": "C.UTF-8",
    }
    for name in ("engine", "cli"):
        (root / name / "target").mkdir()
        (root / name / "target" / f"fonio-{name}.jar").touch()
    whole_environments(tree)
    return tree


def whole_environments(tree: Tree) -> None:
    """Makes every environment an empty one that needs no package index."""
    with open(tree.root / "launcher" / "environment.sh", "a") as script:
        script.write(EMPTY_ENVIRONMENT)


EMPTY_ENVIRONMENT = """
environment() { environment=$1; mkdir -p "$1"; }
"""


def real_environments(tree: Tree) -> None:
    """Makes environments as the launcher does, with an index that is not there."""
    shutil.copy(ROOT / "launcher" / "environment.sh", tree.root / "launcher" / "environment.sh")
    tree.environment |= {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}


def environments(tree: Tree) -> list[str]:
    folder = tree.root / ".fonio" / "envs"
    return sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []


def interrupt(process: subprocess.Popen[str]) -> None:
    os.killpg(process.pid, signal.SIGINT)
