"""The high-throughput executor on hosts: started by hand and by ssh, cut off, crashed, slowed."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from deadlines import until

import fonio
from fonio import Config, python_app
from fonio._java import engine_jar, java_home
from fonio.executors import HighThroughputExecutor
from fonio.providers import LocalProvider, SSHProvider

PATIENCE_S = 60.0


@python_app
def work(n):
    time.sleep(0.01)
    return n


@python_app
def host():
    import socket

    return socket.gethostname()


@python_app
def dies_on(bad):
    import os
    import signal
    import socket

    if socket.gethostname() == bad:
        os.kill(os.getpid(), signal.SIGKILL)
    return socket.gethostname()


@pytest.fixture(scope="module")
def lab(hosts):
    return hosts(3, uplink=True)


@pytest.fixture
def run_dir(tmp_path):
    yield tmp_path / "run"
    fonio.clear()


def load(lab, home: Path, **options):
    options.setdefault("provider", LocalProvider(init_blocks=0, min_blocks=0, max_blocks=1))
    executor = HighThroughputExecutor(
        label="lab",
        max_workers_per_node=1,
        address=lab.address(),
        heartbeat_period=0.3,
        heartbeat_threshold=1.5,
        **options,
    )
    return fonio.load(Config(executors=[executor], run_dir=str(home), strategy="none", retries=0))


def manager(lab, number: int, home: Path, port: int, encrypted: bool = True):
    run = sorted((home / "runs").iterdir())[-1]
    words = [
        str(java_home() / "bin" / "java"),
        "-XX:+UseSerialGC",
        "--enable-native-access=ALL-UNNAMED",
        "-cp",
        str(engine_jar()),
        "fonio.manager.ManagerMain",
        "--connect",
        f"{lab.address()}:{port}",
        "--token-file",
        str(run / "lab.token"),
    ]
    if encrypted:
        words += ["--tls", str(run / "tls.p12")]
    return lab.start(number, *words)


def names(engine) -> list[str]:
    return [line for line in engine.session.query("workers").values() if line.startswith("host ")]


def joined(engine, count: int) -> None:
    until(lambda: len(names(engine)) == count, f"{count} managers")


def run_on(*hosts: str) -> None:
    """Waits until tasks run on all of these, of which some may still start their workers."""
    seen: set[str] = set()

    def all_seen() -> bool:
        seen.update(f.result(PATIENCE_S) for f in [host() for _ in range(100)])
        return seen == set(hosts)

    until(all_seen, f"tasks on {hosts}")


def test_managers_that_were_started_by_hand_run_tasks_by_tls(lab, run_dir):
    engine = load(lab, run_dir, worker_port=54321)
    started = [manager(lab, n, run_dir, 54321) for n in (1, 2)]
    joined(engine, 2)
    assert [f.result(PATIENCE_S) for f in [work(n) for n in range(100)]] == [*range(100)]
    run_on("h1", "h2")
    fonio.clear()
    for process in started:
        assert process.wait(20) == 0


def test_a_manager_without_the_certificate_is_refused_and_harms_nobody(lab, run_dir):
    engine = load(lab, run_dir, worker_port=54322)
    stranger = manager(lab, 1, run_dir, 54322, encrypted=False)
    manager(lab, 2, run_dir, 54322)
    joined(engine, 1)
    assert work(5).result(PATIENCE_S) == 5
    assert stranger.poll() is None or stranger.returncode != 0
    stranger.kill()


def test_tasks_of_a_host_that_is_cut_off_run_elsewhere_and_nothing_comes_twice(lab, run_dir):
    engine = load(lab, run_dir, worker_port=54323)
    for n in (1, 2):
        manager(lab, n, run_dir, 54323)
    joined(engine, 2)
    futures = [work(n) for n in range(400)]
    futures[20].result(PATIENCE_S)
    lab.isolate(1)
    try:
        assert [f.result(PATIENCE_S) for f in futures] == [*range(400)]
        joined(engine, 1)
    finally:
        lab.heal(1)
    joined(engine, 2)  # it came back, and begins anew
    assert engine.session.query("account")["succeeded"] == "400"
    assert [f.result(PATIENCE_S) for f in [work(n) for n in range(100)]] == [*range(100)]
    assert engine.session.query("account")["succeeded"] == "500"


def test_a_host_on_which_workers_die_is_avoided(lab, run_dir):
    engine = load(lab, run_dir, worker_port=54330)
    for n in (1, 2):
        manager(lab, n, run_dir, 54330)
    joined(engine, 2)
    assert {f.result(PATIENCE_S) for f in [dies_on("h1") for _ in range(400)]} == {"h2"}
    assert any("were lost on h1 and none on others; the last:" in line for line in names(engine))
    assert [f.result(PATIENCE_S) for f in [work(n) for n in range(100)]] == [*range(100)]


def test_a_short_cut_is_bridged_without_loss(lab, run_dir):
    engine = load(lab, run_dir, worker_port=54324)
    manager(lab, 1, run_dir, 54324)
    joined(engine, 1)
    futures = [work(n) for n in range(200)]
    futures[20].result(PATIENCE_S)
    lab.isolate(1)
    time.sleep(0.5)
    lab.heal(1)
    assert [f.result(PATIENCE_S) for f in futures] == [*range(200)]


def test_a_crashed_host_is_known_within_the_deadline(lab, run_dir):
    engine = load(lab, run_dir, worker_port=54325)
    for n in (2, 3):
        manager(lab, n, run_dir, 54325)
    joined(engine, 2)
    futures = [work(n) for n in range(300)]
    futures[20].result(PATIENCE_S)
    lab.crash(3)
    begin = time.monotonic()
    joined(engine, 1)
    assert time.monotonic() - begin < 6  # the deadline is 1.5 s
    assert [f.result(PATIENCE_S) for f in futures] == [*range(300)]
    lab.boot(3)


def test_hosts_by_ssh(lab, sshd, run_dir):
    config = sshd(lab)
    provider = SSHProvider(
        hosts=["h1", "h2"], ssh_options=["-F", str(config)], init_blocks=2, max_blocks=2
    )
    engine = load(lab, run_dir, provider=provider, python=sys.executable)
    joined(engine, 2)
    run_on("h1", "h2")
