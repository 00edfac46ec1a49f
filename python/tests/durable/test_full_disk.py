"""A journal whose disk is full loses nothing that it has, and takes nothing new."""

from __future__ import annotations

import concurrent.futures as cf
import contextlib
import logging
import os
import subprocess

import pytest
from deadlines import PATIENCE_S, until

import fonio
from fonio import errors
from fonio._hold import Hold

SIZE = 8 << 20


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of 8 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)],
        capture_output=True,
        text=True,
    )
    if made.returncode:
        pytest.skip(f"a small disk needs root: {made.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@contextlib.contextmanager
def full(folder):
    """While it lasts the disk has no room."""
    ballast = folder / "ballast"
    descriptor = os.open(ballast, os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while True:
            os.write(descriptor, bytes(4096))
    os.close(descriptor)
    yield
    ballast.unlink()


def load(folder, **options):
    return fonio.load(
        fonio.Config(
            executors=[fonio.DirectExecutor(workers=2)], durable=True, run_dir=folder, **options
        )
    )


@fonio.python_app
def size_of(data):
    return len(data)


def test_new_tasks_wait_until_there_is_room_and_the_user_is_told_once(small_disk, caplog):
    caplog.set_level(logging.WARNING, "fonio")
    with load(small_disk) as kernel:
        assert size_of(b"x").result(PATIENCE_S) == 1
        with full(small_disk):
            early = [size_of(bytes(5000)) for _ in range(20)]
            until(lambda: kernel.session.poll() or kernel.session.outbox.is_held(), "the hold")
            late = [size_of(bytes(5000)) for _ in range(20)]
            with pytest.raises(cf.TimeoutError):
                early[0].result(0.3)
            assert not any([future.done() for future in early + late])
        assert [f.result(PATIENCE_S) for f in early + late] == [5000] * 40
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert str(small_disk) in told[0] and "bytes are free" in told[0]
    assert "is written again" in told[1]


def test_what_waited_for_too_long_fails_by_name_and_what_was_accepted_does_not(small_disk):
    with load(small_disk, journal_patience=0.5) as kernel:
        assert size_of(b"x").result(PATIENCE_S) == 1
        with full(small_disk):
            early = [size_of(bytes(5000)) for _ in range(20)]
            until(lambda: kernel.session.poll() or kernel.session.outbox.is_held(), "the hold")
            late = size_of(bytes(5000))
            with pytest.raises(errors.JournalError, match="not accepted"):
                late.result(PATIENCE_S)
            with pytest.raises(errors.JournalError, match=r"(?s)journal.*bytes are free"):
                size_of(bytes(5000)).result(PATIENCE_S)
        assert [f.result(PATIENCE_S) for f in early] == [5000] * 20
        assert size_of(b"xyz").result(PATIENCE_S) == 3


def test_an_engine_that_dies_on_a_full_disk_loses_nothing(small_disk):
    with load(small_disk) as kernel:
        assert size_of(b"x").result(PATIENCE_S) == 1
        with full(small_disk):
            early = [size_of(bytes(5000)) for _ in range(20)]
            until(lambda: kernel.session.poll() or kernel.session.outbox.is_held(), "the hold")
            os.kill(kernel._engine.pid, 9)
        assert [f.result(PATIENCE_S) for f in early] == [5000] * 20


def test_a_hold_counts_from_its_beginning_and_ends_with_its_reason():
    now = [10.0]
    hold = Hold(5.0, lambda: now[0])
    assert not hold.waits
    hold.told("no room")
    now[0] = 14.9
    hold.told("no room yet")
    assert hold.waits and not hold.refusal
    now[0] = 15.0
    assert "no room yet" in hold.refusal
    hold.told("")
    assert not hold.waits and not hold.refusal
