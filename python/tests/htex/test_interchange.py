"""`./fonio interchange`: an interchange without a run, and real managers that try it."""

from __future__ import annotations

import re
import shlex
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from patience import PATIENCE_S, eventually

COMMAND = Path(__file__).resolve().parents[3] / "fonio"


class Trial:
    """An interchange by hand, and managers of it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.out = home / "out"
        self.managers: list[subprocess.Popen[str]] = []

    def start(self, *words: str) -> None:
        """Starts it, on this machine only."""
        with self.out.open("w") as out:
            self.process = subprocess.Popen(
                [COMMAND, "interchange", "--home", self.home, "--address", "127.0.0.1", *words],
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        self.see("./fonio manager")

    def text(self) -> str:
        return self.out.read_text()

    def see(self, pattern: str) -> re.Match[str]:
        """Waits until it has said so."""
        return eventually(lambda: re.search(pattern, self.text()), f"{pattern} in {self.text()}")

    def code(self) -> int:
        """How it ends."""
        eventually(lambda: self.process.poll() is not None, "its end", 45)
        return self.process.returncode

    def words(self) -> list[str]:
        """The words that start a manager."""
        return shlex.split(self.see(r"\./fonio (manager .*)\n")[1])

    def join(self, *words: str) -> subprocess.Popen[str]:
        return self.join_by([*self.words(), *words])

    def join_by(self, words: list[str]) -> subprocess.Popen[str]:
        process = subprocess.Popen([COMMAND, *words], stderr=subprocess.PIPE, text=True)
        self.managers.append(process)
        return process


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    made = Trial(tmp_path)
    yield made
    made.process.terminate()
    made.process.wait(PATIENCE_S)
    for manager in made.managers:
        manager.communicate(timeout=PATIENCE_S)
    assert not list(tmp_path.glob("interchange-*"))


def test_managers_that_answer_all_tasks_by_tls_end_it_well(trial):
    trial.start("--tls", "--tasks", "200", "--managers", "2")
    assert "--tls" in trial.words()
    first, second = trial.join("--name", "one"), trial.join("--name", "two")
    assert trial.code() == 0
    for manager in (first, second):
        assert manager.wait(PATIENCE_S) == 0, manager.stderr.read()
    for name in ("one", "two"):
        assert re.search(rf"manager {name} on \S+ .* has come: \d+ workers; \d+ core", trial.text())
        assert re.search(rf"manager {name} .*: 200 tasks, [\d,]+ tasks/s; round trip", trial.text())
    assert trial.text().count("0 lost") == 2


def test_ctrl_c_ends_it_and_its_managers_at_once(trial):
    trial.start("--clear")
    manager = trial.join()
    trial.see("0 lost")
    trial.process.send_signal(signal.SIGINT)
    assert trial.process.wait(5) == 130
    assert manager.wait(5) == 0


def test_a_killed_manager_is_told_with_its_lost_tasks(trial):
    trial.start("--clear", "--tasks", "100000000")
    manager = trial.join("--name", "victim")
    trial.see("has come")
    manager.kill()
    trial.see(r"victim .*not all tasks were answered; .*[1-9]\d* lost")
    trial.see("victim .* is gone")


def test_without_managers_in_time_it_ends_with_1(trial):
    trial.start("--clear", "--managers", "1", "--patience", "0.2")
    assert trial.code() == 1
    assert "0 of 1 managers have answered all tasks within 0.2 s" in trial.text()


def test_who_may_not_join_is_named_with_the_reason(trial, tmp_path):
    trial.start("--tls")
    words = trial.words()
    clear = words[: words.index("--tls")]
    refused = trial.join_by(clear)
    trial.see("was refused: .*(TLS|SSL|record)")
    refused.kill()
    port = int(words[words.index("--connect") + 1].rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port)) as stranger:
        stranger.sendall(b"GET / HTTP/1.1\r\n\r\n" * 4)
        eventually(lambda: trial.text().count("was refused") >= 2, "a refusal of random bytes")


def test_a_wrong_token_is_refused_on_both_sides(trial, tmp_path):
    trial.start("--clear")
    guess = tmp_path / "guess"
    guess.write_text("0" * 32)
    words = trial.words()
    words[words.index("--token-file") + 1] = str(guess)
    manager = trial.join_by(words)
    assert manager.wait(PATIENCE_S) == 3
    assert "its token is not that of this run" in manager.stderr.read()
    assert "was refused: its token is not that of this run" in trial.text()


@pytest.mark.parametrize(
    "words", [["--tasks", "0"], ["--port", "70000"], ["--patience", "3"], ["--tls", "--clear"]]
)
def test_words_that_make_no_sense_are_a_usage_error(words):
    done = subprocess.run([COMMAND, "interchange", *words], capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert words[0] in done.stderr
