"""Run folders, the sweep, segments, and what is written for the engine."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from fonio import _folders, _java
from fonio._folders import Folders, sweep
from fonio._segments import Segments
from fonio._settings import ExecutorSettings, Settings, properties, search_path
from fonio.errors import DeserializationError, EnvironmentNeeded, TaskTooLarge


@pytest.fixture
def base(tmp_path, monkeypatch):
    folder = tmp_path / "shm"
    folder.mkdir(mode=0o700)
    monkeypatch.setattr(_folders, "_root", lambda: folder)
    return folder


def test_runs_are_numbered(base, tmp_path):
    runs = [Folders.make(tmp_path / "home") for _ in range(3)]
    assert [r.run.name for r in runs] == ["000", "001", "002"]
    for r in runs:
        r.remove()
    assert not list(base.iterdir())
    assert runs[0].run.is_dir() and not runs[0].spill.exists()


def test_sweep_spares_a_living_run_and_removes_a_dead_one(base, tmp_path):
    living = Folders.make(tmp_path / "home")
    dead = Folders.make(tmp_path / "home")
    (dead.spill / "8000000100000000").write_bytes(b"x")
    os.close(dead.lock)
    sweep(base)
    assert living.segments.is_dir()
    assert not dead.segments.exists() and not dead.spill.exists()
    living.remove()


def test_sweep_removes_the_spill_folder_of_a_killed_java_program(base, tmp_path):
    dead = Folders.make(tmp_path / "home")
    spill = tmp_path / "fonio-spill-1000-abc"
    spill.mkdir()
    (spill / "8000000100000000").write_bytes(b"x")
    (dead.segments / "lock").write_text(str(spill))
    os.close(dead.lock)
    sweep(base)
    assert not dead.segments.exists() and not spill.exists()


def test_sweep_spares_a_run_that_is_just_being_made(base):
    young = base / f"fonio-{os.getuid()}-young"
    young.mkdir()
    sweep(base)
    assert young.is_dir()
    os.utime(young, (0, 0))
    sweep(base)
    assert not young.exists()


def test_sweep_touches_nothing_of_others(base):
    other = base / "other"
    other.mkdir()
    os.utime(other, (0, 0))
    sweep(base)
    assert other.is_dir()


def test_engine_can_share_the_lock(base, tmp_path):
    import fcntl

    run = Folders.make(tmp_path / "home")
    with open(run.segments / "lock") as engine:
        fcntl.flock(engine, fcntl.LOCK_SH | fcntl.LOCK_NB)
        os.close(run.lock)
        run.lock = -1
        sweep(base)
        assert run.segments.is_dir()
    run.remove()


def test_home_that_cannot_be_written_is_named(base, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentNeeded, match="file/runs"):
        Folders.make(tmp_path / "file")


def test_segment_comes_back_and_writing_to_it_stays_private(tmp_path):
    segments = Segments(str(tmp_path), str(tmp_path), 5)
    reference = segments.store(b"x" * 100_000)
    view = segments.map(reference)
    view[0] = 1
    assert segments.map(reference)[0] == ord("x")
    assert [p.name for p in tmp_path.iterdir()] == ["0000000500000000"]
    segments.remove(reference)
    assert bytes(view[:2]) == b"\x01x"
    with pytest.raises(DeserializationError, match="0000000500000000"):
        segments.map(reference)


def test_full_shared_memory_spills_to_disk_and_a_full_disk_is_an_error(tmp_path, monkeypatch):
    import errno

    (tmp_path / "shm").mkdir()
    (tmp_path / "spill").mkdir()
    full = {str(tmp_path / "shm")}

    write = os.writev

    def limited(descriptor, views):
        if os.path.dirname(os.readlink(f"/proc/self/fd/{descriptor}")) in full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(descriptor, views)

    monkeypatch.setattr(os, "writev", limited)
    segments = Segments(str(tmp_path / "shm"), str(tmp_path / "spill"), 1)
    reference = segments.store(b"y" * 70_000)
    assert len(segments.map(reference)) == 70_000
    assert not list((tmp_path / "shm").iterdir())
    full.add(str(tmp_path / "spill"))
    with pytest.raises(TaskTooLarge, match="70,000 bytes"):
        segments.store(b"y" * 70_000)
    assert len(list((tmp_path / "spill").iterdir())) == 1


def test_engine_is_told_all_that_it_needs(tmp_path):
    executors = [ExecutorSettings("a", 3, env={"X": " 1"}, preload=["json", "math"])]
    entries = Settings(executors=executors, home=tmp_path).keys()
    assert entries["executor.0.label"] == "a" and entries["executor.0.workers"] == 3
    assert entries["executor.0.env.X"] == " 1" and entries["executor.0.preload"] == "json,math"
    assert [entries[f"path.{i}"] for i in range(len(search_path()))] == search_path()
    assert re.fullmatch(r"\d+", str(entries["umask"]))


def test_properties_are_escaped_for_java():
    text = properties({"a.b": "x\\y\nz", "k": " lead", "e=f": "é=:#"})
    assert text == "a.b=x\\\\y\\nz\nk=\\ lead\ne\\=f=é=:#\n"


def java(folder: Path, version: str) -> Path:
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "java").write_text("")
    (folder / "bin" / "java").chmod(0o755)
    (folder / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
    return folder


def test_java_is_found_by_its_release_file(tmp_path, monkeypatch):
    monkeypatch.setattr(_java, "_USUAL", (str(tmp_path / "jvm" / "*"),))
    for name in ("FONIO_JDK", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", "")
    java(tmp_path / "jvm" / "old", "17.0.2")
    with pytest.raises(EnvironmentNeeded, match="FONIO_JDK"):
        _java.java_home()
    new = java(tmp_path / "jvm" / "new", "25.0.1")
    assert _java.java_home() == new
    other = java(tmp_path / "other", "26-ea")
    monkeypatch.setenv("JAVA_HOME", str(other))
    assert _java.java_home() == other


def test_asked_java_that_is_too_old_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("FONIO_JDK", str(java(tmp_path / "old", "17")))
    with pytest.raises(EnvironmentNeeded, match="old"):
        _java.java_home()


def test_aot_cache_belongs_to_one_jar_and_one_java(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    home = java(tmp_path / "java", "25")
    jar = tmp_path / "e.jar"
    jar.write_bytes(b"1")
    first = _java.aot_cache(home, jar)
    jar.write_bytes(b"12")
    assert _java.aot_cache(home, jar) != first and first.parent == tmp_path / "fonio"
