"""What `./fonio run` starts, and what it gives back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from launch import Tree, interrupt

OUR_PYTHON = "import sys; print(sys.argv[1:]); sys.exit(int(sys.argv[1]))\n"


def test_a_script_runs_with_its_arguments(tree: Tree) -> None:
    tree.script("job.py", OUR_PYTHON)
    done = tree.run("run", "job.py", "0", "--flag", "two words")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "progress\n['0', '--flag', 'two words']\n"


@pytest.mark.parametrize("code", [1, 7, 42])
def test_a_scripts_exit_code_passes_through(tree: Tree, code: int) -> None:
    tree.script("job.py", OUR_PYTHON)
    assert tree.run("run", "job.py", str(code)).returncode == code


def test_a_broken_script_shows_its_traceback_and_fails(tree: Tree) -> None:
    tree.script("job.py", "raise ValueError('no such molecule')\n")
    done = tree.run("run", "job.py")
    assert done.returncode == 1
    assert "ValueError: no such molecule" in done.stderr


def test_an_interrupt_reaches_the_script_once_and_ends_it(tree: Tree) -> None:
    tree.script(
        "job.py",
        "import sys, signal\n"
        "try:\n    print('ready', flush=True)\n    signal.pause()\n"
        "except KeyboardInterrupt:\n    print('cleaned up')\n    sys.exit(130)\n",
    )
    process = tree.begin("run", "job.py")
    assert process.stdout is not None
    assert [process.stdout.readline(), process.stdout.readline()] == ["progress\n", "ready\n"]
    interrupt(process)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, out) == (130, "cleaned up\n"), err


def test_options_in_front_become_settings(tree: Tree) -> None:
    tree.script(
        "job.py", "import os; print(os.environ['FONIO_HOME'], os.environ['FONIO_WORKERS'])\n"
    )
    done = tree.run("--home", "/tmp/h", "run", "--set", "workers=3", "job.py")
    assert done.stdout.splitlines()[-1] == "/tmp/h 3", done.stderr


def test_a_setting_without_a_value_is_refused(tree: Tree) -> None:
    done = tree.run("run", "--set", "workers", "job.py")
    assert done.returncode == 2
    assert "--set workers has no value: write --set KEY=VALUE" in done.stderr


def test_a_folder_runs_its_main(tree: Tree) -> None:
    (tree.home / "study").mkdir()
    # The stand-in for fonio.run takes a script, so the folder itself is what it must be given.
    (tree.home / "study" / "main.py").write_text("")
    (tree.root / "python" / "src" / "fonio" / "run.py").write_text(
        "import sys; print(sys.argv[1:])"
    )
    assert tree.run("run", "study", "--fast").stdout == "['study', '--fast']\n"


@pytest.mark.parametrize("what", ["job.py", "Job.java", "no/such/folder", "nothing", "-x"])
def test_what_is_not_there_is_a_usage_error_that_names_it(tree: Tree, what: str) -> None:
    done = tree.run("run", what)
    assert done.returncode == 2
    assert what in done.stderr and len(done.stderr.splitlines()) == 1


def test_run_without_a_path_says_what_a_path_is(tree: Tree) -> None:
    done = tree.run("run")
    assert done.returncode == 2
    assert "./fonio run PATH" in done.stderr


def test_an_empty_folder_is_a_usage_error(tree: Tree) -> None:
    (tree.home / "study").mkdir()
    done = tree.run("run", "study")
    assert done.returncode == 2
    assert "the folder study has neither a main.py nor a pom.xml" in done.stderr


def test_a_java_source_file_runs_with_the_engine_on_its_class_path(tree: Tree) -> None:
    tree.script("Job.java", "")
    words = tree.run("run", "Job.java", "12").stdout.split()
    assert words[0] == "java" and words[-2:] == ["Job.java", "12"]
    assert words[words.index("-cp") + 1] == str(tree.root / "engine/target/fonio-engine.jar")


def test_a_class_name_runs_from_the_class_path(tree: Tree) -> None:
    words = tree.run("run", "org.example.Job", "12", CLASSPATH="out").stdout.split()
    assert words[words.index("-cp") + 1].endswith("fonio-engine.jar:out")
    assert words[-2:] == ["org.example.Job", "12"]


def test_other_words_go_to_the_command_line_program(tree: Tree) -> None:
    for words in (["--help"], ["doctor", "--json"], ["logs", "7"], ["run", "--help"]):
        out = tree.run(*words).stdout
        assert out.rstrip().endswith(f"fonio-cli.jar {' '.join(words)}")


def test_the_launcher_works_through_a_link(tree: Tree, tmp_path: Path) -> None:
    os.symlink(tree.root / "fonio", tmp_path / "bin")
    tree.script("job.py", "print('here')\n")
    tree_of_link = Tree(tmp_path, tree.home, tree.environment)
    os.rename(tmp_path / "bin", tmp_path / "fonio")
    assert tree_of_link.run("run", "job.py").stdout == "progress\nhere\n"
