"""How a worker begins, and how it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from driver import TOKEN

from fonio import _handshake, _worker
from fonio import _wire as w
from fonio._link import PAGE


def arguments(folder: Path, parent: int | None = None) -> list[str]:
    sock = str(folder / "workers.sock")
    return [sock, str(folder), "3", "1", "0", TOKEN, str(parent or os.getpid())]


def spawn(folder: Path, given: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-S", _worker.__file__, *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
    )


@pytest.fixture
def listener(tmp_path: Path):
    (tmp_path / "worker-3-1.ring").write_bytes(bytes(2 * PAGE))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(str(tmp_path / "workers.sock"))
        listening.listen()
        listening.settimeout(20)
        yield listening


def test_hello_tells_what_the_engine_must_know(ring_worker):
    hello = ring_worker.hello
    assert hello["role"] == "worker" and hello["worker"] == "0" and hello["generation"] == "0"
    assert int(hello["pid"]) == ring_worker.process.pid
    assert hello["codec"] == f"python-{hello['python']}" == _handshake.CODEC
    assert hello["byteorder"] == sys.byteorder and hello["ring"] == "1"
    assert hello["membarrier"] in ("0", "1")


def test_close_ends_it_in_order(worker):
    worker.run(abs, -1)
    worker.send(w.frame(w.CLOSE))
    assert worker.await_end() == 0


def test_end_of_the_link_ends_it_at_once(worker):
    worker.run(abs, -1)
    worker.connection.shutdown(socket.SHUT_RDWR)
    assert worker.await_end() == 0


def test_it_stops_in_the_middle_of_a_frame_when_the_engine_goes(worker):
    worker.run(abs, -1)
    worker.send(w.frame(w.FUNCTION, body=b"x" * 200_000)[:60_000])
    worker.connection.shutdown(socket.SHUT_RDWR)
    assert worker.await_end() == 0


def test_it_ends_while_it_waits_for_room_when_the_engine_goes(worker):
    number = worker.define(lambda: "r" * 60_000)
    worker.call(number, *[()] * 200)
    worker.await_running(3)
    worker.connection.shutdown(socket.SHUT_RDWR)
    assert worker.await_end() == 0


def test_more_results_than_the_link_holds_all_come(worker):
    number = worker.define(lambda i: b"r" * 60_000)
    tasks = worker.call(number, *[(i,) for i in range(60)])
    assert worker.values(tasks) == [b"r" * 60_000] * 60


def test_it_dies_with_its_parent_even_in_a_task(tmp_path, listener):
    go_between = (
        "import os, subprocess, sys;"
        "p = subprocess.Popen([sys.executable, '-S', *sys.argv[1:-1], str(os.getpid())]);"
        "p.wait()"
    )
    given = [_worker.__file__, *arguments(tmp_path)]
    parent = subprocess.Popen([sys.executable, "-c", go_between, *given])
    connection, _ = listener.accept()
    with connection:
        folders = {"segments": tmp_path, "spill": tmp_path, "cwd": tmp_path}
        hello = _handshake.accept(connection, TOKEN, {"maker": 1, "umask": 0, **folders})
        worker = os.pidfd_open(int(hello["pid"]))
        code = b"\x80\x05ctime\nsleep\n."
        body = b"\0\x05\0sleep" + code
        connection.sendall(w.frame(w.FUNCTION, first=1, body=body))
        connection.sendall(w.frame(w.CLASS, 0, 1, 0, 1, w.lines({"name": "sleep"})))
        payload = b"(\x01\0\0\0i\x3c\0\0\0"
        connection.sendall(w.frame(w.TASKS, w.LENGTHS, 1, 1, 1, w.words([len(payload)]) + payload))
        parent.kill()
        parent.wait()
        signalled = threading.Event()
        watcher = threading.Thread(target=lambda: (_await(worker), signalled.set()), daemon=True)
        watcher.start()
        ended = signalled.wait(20)
        if not ended:
            signal.pidfd_send_signal(worker, signal.SIGKILL)
        os.close(worker)
        assert ended


def _await(descriptor: int) -> None:
    import select

    select.select([descriptor], [], [], 20)


def test_refusal_is_told_in_one_line(tmp_path, listener):
    process = spawn(tmp_path, arguments(tmp_path))
    connection, _ = listener.accept()
    with connection:
        _handshake.receive_frame(connection)
        _handshake.refuse(connection, "this engine speaks 2, the worker 1")
        _, told = process.communicate(timeout=20)
    assert process.returncode == 70
    assert told.count("\n") == 1 and "this engine speaks 2, the worker 1" in told


def test_missing_key_of_the_welcome_is_named(tmp_path, listener):
    process = spawn(tmp_path, arguments(tmp_path))
    connection, _ = listener.accept()
    with connection:
        _handshake.accept(connection, TOKEN, {"segments": "/tmp", "spill": "/tmp"})
        _, told = process.communicate(timeout=20)
    assert process.returncode == 70 and "lacks maker=" in told


def test_engine_that_is_not_there_is_named(tmp_path):
    process = spawn(tmp_path, arguments(tmp_path))
    _, told = process.communicate(timeout=20)
    assert process.returncode == 70 and "workers.sock" in told and "Traceback" not in told


def test_wrong_arguments_are_answered_with_the_right_ones(tmp_path):
    process = spawn(tmp_path, ["one", "two"])
    _, told = process.communicate(timeout=20)
    assert process.returncode == 2 and "SOCKET SEGMENTS INDEX" in told


def test_preload_imports_early_and_names_what_is_missing(start):
    assert start(welcome={"preload": "wave, sched"}).run(
        lambda: {"wave", "sched"} <= {*sys.modules}
    )
    worker = start(welcome={"preload": "wave, no_such_module"})
    assert worker.await_end() == 69
    assert "cannot preload no_such_module: ModuleNotFoundError" in worker.stderr.read_text()


def test_crash_leaves_its_stack_on_stderr(worker):
    def crash():
        import ctypes

        ctypes.string_at(0)

    worker.call(worker.define(crash), ())
    assert worker.await_end() == -signal.SIGSEGV
    assert "Segmentation fault" in worker.stderr.read_text()
    assert worker.running() == 1
