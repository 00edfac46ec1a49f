"""The docking program as a process of its own: what it says, and that it never outlives who started it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import docking
import engine_pool
import targets
import vina_binary
from docking import Docked, Search
from engines import Failure, open_engine

SEARCH = Search("ABL1", 1, 20.0)
MOLECULE = "CC(=O)Oc1ccccc1C(=O)O"
Vina = Callable[..., Path]


def endless(note: Path) -> str:
    """A search without an end that notes its process first."""
    return f"echo $$ >{note}.new && mv {note}.new {note} && exec sleep 300\n"


def process_of(note: Path) -> int:
    deadline = time.monotonic() + 30
    while not note.exists():
        assert time.monotonic() < deadline, "the program was not started"
        time.sleep(0.01)
    return int(note.read_text())


def ends(process: int) -> bool:
    """Whether the process is gone, or a zombie that nobody has waited for, within some seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.01)
    os.kill(process, signal.SIGKILL)
    return False


def test_score_and_pose_are_what_the_program_wrote(vina: Vina, tmp_path: Path) -> None:
    program = docking.program(vina(), tmp_path)
    answer = docking.dock(MOLECULE, SEARCH, program)
    assert program.name == f"Stand-in 1.0 ({program.file})"
    assert answer.score is not None and -12 < answer.score <= -4
    assert answer.pose.startswith("MODEL 1") and f"{answer.score:.3f}" in answer.pose


def test_what_the_program_refuses_is_a_problem_of_that_molecule(vina: Vina, tmp_path: Path) -> None:
    program = docking.program(vina("echo no such atom >&2; exit 1"), tmp_path)
    answer = docking.dock(MOLECULE, SEARCH, program)
    assert (answer.score, answer.problem) == (None, "refused by Vina")


def test_a_program_that_does_not_run_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "vina"
    broken.write_bytes(b"\x7fELF, but nothing else")
    broken.chmod(0o755)
    with pytest.raises(SystemExit, match=f"{broken} does not run here: Exec format error"):
        vina_binary.version(str(broken))


@pytest.mark.parametrize("name", ["pool", "fonio", "parsl"])
def test_a_docking_over_its_limit_takes_its_program_along(
    name: str, vina: Vina, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(engine_pool, "GRACE_SECONDS", 1.0)
    note = tmp_path / "process"
    program = docking.program(vina(endless(note)), tmp_path)
    with open_engine(name, 1) as engine:
        engine.call("slow", docking.dock, MOLECULE, SEARCH, program, limit_seconds=5)
        process = process_of(note)
        [(key, answer)] = engine.finished()
        assert key == "slow" and isinstance(answer, Failure) and answer.reason == "time-out", answer
        assert ends(process), "the program outlived its docking"


def test_a_worker_that_is_killed_takes_its_program_along(vina: Vina, tmp_path: Path) -> None:
    note = tmp_path / "process"
    program = docking.program(vina(endless(note)), tmp_path)
    words = f"import docking; docking.dock({MOLECULE!r}, docking.{SEARCH!r}, docking.{program!r})"
    worker = subprocess.Popen([sys.executable, "-c", words], cwd=Path(docking.__file__).parent)
    process = process_of(note)
    worker.kill()
    worker.wait()
    assert ends(process), "the program outlived its worker"


def test_a_program_whose_worker_died_before_it_could_be_told_is_not_started(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        vina_binary._end_with(os.getppid() + 1)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1


def test_the_vina_of_this_environment_gives_the_same_score_twice(tmp_path: Path) -> None:
    program = docking.program(None, tmp_path)
    first, again = (docking.dock("c1ccccc1O", SEARCH, program) for _ in range(2))
    assert isinstance(first, Docked) and first.score == again.score
    assert first.score is not None and -9 < first.score < -2
    assert targets.find("ABL1").receptor.is_file()
