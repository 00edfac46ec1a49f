"""One clear sentence for whatever is missing, and code 3."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import sys
from pathlib import Path

import pytest
from launch import (
    ROOT,
    Tree,
    environments,
    interrupt,
    needed_programs,
    path_of,
    real_environments,
)


def refused(tree: Tree, *words: str, **variables: str) -> str:
    done = tree.run(*(words or ("run", tree.script("job.py", ""))), **variables)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_without_the_programs_of_a_usual_system_they_are_all_named(tree: Tree) -> None:
    for words in (["run", "job.py"], ["doctor"], ["--help"], []):
        done = tree.run(*words, PATH="/nonexistent")
        assert done.returncode == 3
        (sentence,) = done.stderr.splitlines()
        assert "PATH (/nonexistent) has no bash " in sentence and " uname:" in sentence
        assert "apt install" in sentence


def test_each_missing_program_is_named_alone(tree: Tree) -> None:
    programs = needed_programs()
    path = Path(path_of(tree.home / "bin", programs))
    for name in programs:
        place = (path / name).readlink()
        (path / name).unlink()
        (sentence,) = refused(tree, PATH=str(path)).splitlines()
        assert f"has no {name}: " in sentence
        (path / name).symlink_to(place)


def test_the_named_programs_are_enough_to_build_to_make_an_environment_and_to_run(
    tree: Tree,
) -> None:
    real_environments(tree)
    (tree.root / "python" / "requirements.txt").write_text("# nothing\n")
    engine = tree.root / "engine/target/fonio-engine.jar"
    engine.unlink()
    tree.program(tree.root / "mvnw", f": >{engine}\n")
    path = path_of(tree.home / "bin", needed_programs())
    done = tree.run("run", tree.script("job.py", "print('ran')\n"), PATH=path)
    assert done.returncode == 0 and done.stdout.endswith("ran\n"), done.stderr
    assert "not found" not in done.stderr
    assert "building the engine" in done.stderr and "making a Python environment" in done.stderr
    assert tree.run("doctor", PATH=path).stdout.startswith("java ")


def test_without_a_home_in_the_environment_it_is_the_users(tree: Tree) -> None:
    del tree.environment["HOME"]
    done = tree.run("run", tree.script("job.py", "import os; print(os.environ['HOME'])\n"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == pwd.getpwuid(os.getuid()).pw_dir


def test_without_a_jdk_it_says_how_to_get_one(tree: Tree) -> None:
    del tree.environment["FONIO_JDK"]
    path = path_of(tree.home / "bin", needed_programs())
    said = refused(tree, PATH=path, FONIO_JDK_FOLDERS="")
    assert "No JDK of version 25 or later was found: install one" in said
    assert len(said.splitlines()) == 1


def test_a_jdk_that_is_too_old_is_named(tree: Tree) -> None:
    release = Path(tree.environment["FONIO_JDK"]) / "release"
    release.write_text('JAVA_VERSION="21.0.4"\n')
    assert f"FONIO_JDK={release.parent} is not a JDK of version 25" in refused(tree)


def test_a_python_that_is_too_old_is_named(tree: Tree) -> None:
    old = tree.program(tree.home / "python", "echo 308 3.8 /old/python\n")
    said = refused(tree, FONIO_PYTHON=str(old))
    assert f"FONIO_PYTHON={old} is not a Python of version 3.10 to 3.13" in said


def test_without_a_python_it_says_how_to_get_one(tree: Tree) -> None:
    del tree.environment["FONIO_PYTHON"]
    text = (tree.root / "launcher" / "python.sh").read_text()
    assert "/usr/bin/python3" in text
    (tree.root / "launcher" / "python.sh").write_text(text.replace("/usr/bin/python3", "/none"))
    said = refused(tree, PATH=path_of(tree.home / "bin", needed_programs()))
    assert "no Python of version 3.10 to 3.13 was found: install one" in said


def test_a_python_without_venv_is_named(tree: Tree) -> None:
    real_environments(tree)
    bare = tree.program(
        tree.home / "python",
        'case "$*" in *ensurepip*) exit 1 ;; esac\n'
        f'case "$*" in *"print("*) echo 311 3.11 {tree.home}/python ;; esac\n',
    )
    said = refused(tree, FONIO_PYTHON=str(bare))
    assert "cannot make virtual environments" in said and "python3.11-venv" in said


def test_a_full_disk_is_noticed_before_anything_is_written(tree: Tree) -> None:
    real_environments(tree)
    tree.program(tree.home / "bin" / "df", "printf 'h\\n/dev/x 9 9 12 99%% /\\n'\n")
    said = refused(tree, PATH=f"{tree.home}/bin:/usr/bin:/bin")
    assert "only 12 MB are free" in said and "FONIO_ENVS" in said
    assert environments(tree) == []


def test_an_index_that_is_not_there_leaves_no_half_environment(tree: Tree) -> None:
    real_environments(tree)
    said = refused(tree)
    assert "the package index was not reached" in said and "PIP_INDEX_URL" in said
    assert environments(tree) == []


def test_a_network_without_a_package_index_is_one_sentence(tree: Tree) -> None:
    real_environments(tree)
    del tree.environment["PIP_INDEX_URL"]
    nowhere = "http://127.0.0.1:9"
    making, sentence = refused(tree, https_proxy=nowhere, HTTPS_PROXY=nowhere).splitlines()
    assert "making a Python environment" in making
    assert "the package index was not reached" in sentence and "https_proxy" in sentence
    log = sentence.partition("see ")[2].partition(": ")[0]
    assert Path(log).is_file()


def test_an_interrupt_leaves_no_half_environment(tree: Tree) -> None:
    real_environments(tree)
    ready = tree.home / "ready"
    os.mkfifo(ready)
    slow = tree.program(
        tree.home / "python",
        f'case "$*" in *ensurepip*) ;; *"print("*) echo 311 3.11 {tree.home}/python ;;\n'
        f'*"-m venv"*) mkdir -p "$3/bin"; echo > {ready}; exec sleep 60 ;; esac\n',
    )
    process = tree.begin("run", tree.script("job.py", ""), FONIO_PYTHON=str(slow))
    ready.read_text()
    assert [name for name in environments(tree) if name.startswith(".new-")]
    interrupt(process)
    process.communicate(timeout=20)
    assert process.returncode == 130
    assert environments(tree) == []


def test_half_environments_of_dead_launchers_are_removed(tree: Tree) -> None:
    real_environments(tree)
    half = tree.root / ".fonio" / "envs" / ".new-999999999"
    half.mkdir(parents=True)
    refused(tree)
    assert not half.exists()


def test_a_whole_environment_is_made_once_and_runs_what_is_locked(tree: Tree) -> None:
    real_environments(tree)
    study = tree.home / "study"
    study.mkdir()
    (study / "requirements.lock").write_text("# nothing at all\n")
    (tree.root / "python" / "requirements.txt").write_text("# nothing\n")
    (study / "main.py").write_text("import sys, fonio; print(sys.prefix, fonio.__file__)\n")
    script = str(study / "main.py")
    first, second = tree.run("run", script), tree.run("run", script)
    assert first.returncode == second.returncode == 0, first.stderr
    assert "making a Python environment" in first.stderr
    assert "making" not in second.stderr
    (made,) = environments(tree)
    prefix, module = second.stdout.splitlines()[-1].split()
    assert prefix == str(tree.root / ".fonio" / "envs" / made)
    assert module == str(tree.root / "python" / "src" / "fonio" / "__init__.py")
    assert ".new-" not in (Path(prefix) / "bin" / "pip").read_text()


@pytest.mark.parametrize("stale", ["kernel/src/main/A.java", "pom.xml", "engine/pom.xml"])
def test_a_source_newer_than_the_jar_builds_again(tree: Tree, stale: str) -> None:
    wrapper = tree.program(tree.root / "mvnw", 'echo "[ERROR] A.java is wrong"; exit 1\n')
    assert wrapper.exists()
    path = tree.root / stale
    path.write_text(path.read_text() if path.exists() else "class A {}")
    later = (tree.root / "engine/target/fonio-engine.jar").stat().st_mtime + 5
    os.utime(path, (later, later))
    said = refused(tree)
    assert "building the engine (first use" in said
    assert f"see {tree.root}/target/build.log: [ERROR] A.java is wrong" in said


def test_maven_central_that_is_not_reached_is_told_from_an_error_in_the_source(tree: Tree) -> None:
    tree.program(tree.root / "mvnw", 'echo "[ERROR] Could not transfer artifact x:y"; exit 1\n')
    (tree.root / "engine/target/fonio-engine.jar").unlink()
    assert "Maven Central was not reached; check the network" in refused(tree)


@pytest.mark.parametrize("reader", ["wget", "curl"])
def test_a_network_without_maven_central_is_one_sentence(tree: Tree, reader: str) -> None:
    if shutil.which(reader, path="/usr/bin:/bin") is None:
        pytest.fail(f"{reader} is not on this machine: install it, the launcher uses either")
    shutil.copy(ROOT / "mvnw", tree.root / "mvnw")
    shutil.copytree(ROOT / ".mvn" / "wrapper", tree.root / ".mvn" / "wrapper")
    (tree.root / "engine/target/fonio-engine.jar").unlink()
    nowhere = "http://127.0.0.1:9"
    path = path_of(tree.home / "bin", [*needed_programs(), reader])
    said = refused(tree, PATH=path, https_proxy=nowhere, HTTPS_PROXY=nowhere)
    building, sentence = said.splitlines()
    assert "building the engine (first use" in building
    assert f"see {tree.root}/target/build.log: Maven Central was not reached" in sentence
    assert "https_proxy" in sentence and "settings.xml" in sentence and "MVNW_REPOURL" in sentence


def test_an_engine_without_an_aot_cache_still_starts(tree: Tree) -> None:
    (tree.root / "python" / "src" / "fonio" / "_aot.py").write_text("import sys; sys.exit(3)\n")
    done = tree.run("run", tree.script("job.py", "print('ran')\n"))
    assert done.returncode == 0 and done.stdout.endswith("ran\n")
    assert "the engine starts without it" in done.stderr


def test_the_aot_cache_is_made_once_for_a_jar_and_a_jdk(tree: Tree) -> None:
    job = tree.script("job.py", "")
    assert "making the engine's AOT cache" in tree.run("run", job).stderr
    assert tree.run("run", job).stderr == ""
    assert sys.executable == tree.environment["FONIO_PYTHON"]


def test_an_interrupt_while_building_is_no_broken_build(tree: Tree) -> None:
    ready = tree.home / "ready"
    os.mkfifo(ready)
    tree.program(tree.root / "mvnw", f"echo > {ready}; exec sleep 60\n")
    (tree.root / "engine/target/fonio-engine.jar").unlink()
    process = tree.begin("run", tree.script("job.py", ""))
    ready.read_text()
    interrupt(process)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "could not be built" not in said


def test_a_build_that_was_killed_is_made_again_although_its_jars_are_new(tree: Tree) -> None:
    ready = tree.home / "ready"
    os.mkfifo(ready)
    jars = [tree.root / "engine/target/fonio-engine.jar", tree.root / "cli/target/fonio-cli.jar"]
    jars[0].unlink()
    tree.program(
        tree.root / "mvnw",
        f"touch {jars[0]} {jars[1]}; echo > {ready}; exec sleep 60\n",
    )
    job = tree.script("job.py", "print('ran')\n")
    process = tree.begin("run", job)
    ready.read_text()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=20)

    tree.program(tree.root / "mvnw", "exit 0\n")
    again = tree.run("run", job)
    assert "building the engine" in again.stderr and again.stdout.endswith("ran\n"), again.stderr
    assert "building the engine" not in tree.run("run", job).stderr


def test_a_folder_with_a_pom_is_built_once_and_its_code_passes_through(tree: Tree) -> None:
    folder = tree.home / "study"
    (folder / "src" / "main").mkdir(parents=True)
    (folder / "pom.xml").write_text("<exec.mainClass>org.example.Main</exec.mainClass>")
    tree.program(
        tree.root / "mvnw",
        'for word; do case $word in -Dmdep.outputFile=*) echo a.jar >"${word#*=}" ;; esac; done\n',
    )
    jdk = Path(tree.environment["FONIO_JDK"])
    tree.program(jdk / "bin" / "java", 'echo "java $*"; exit 5\n')
    first, second = tree.run("run", "study", "x"), tree.run("run", "study", "x")
    assert first.returncode == second.returncode == 5
    assert "building" in first.stderr and second.stderr == ""
    assert second.stdout.endswith(f"-cp {folder}/target/classes:a.jar org.example.Main x\n")
    (folder / "pom.xml").write_text("<project/>")
    assert "names no main class" in tree.run("run", "study").stderr
