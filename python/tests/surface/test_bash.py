"""Bash apps: command lines, streams, exit codes, outputs, wall time."""

from __future__ import annotations

import os

import pytest
from deadlines import ends

import fonio
from fonio import AUTO_LOGNAME, File, bash_app, errors, python_app


@bash_app
def echo(text, stdout=None, stderr=None):
    return f"echo {text}; echo oops >&2"


@bash_app
def run(command, outputs=()):
    return command


def test_command_runs_and_its_streams_go_to_files(engine, tmp_path):
    out, err = str(tmp_path / "deep" / "o.txt"), tmp_path / "e.txt"
    future = echo("hello", stdout=out, stderr=err)
    assert future.result(20) == 0
    assert future.stdout == out and open(out).read() == "hello\n"
    text = err.read_text()
    assert text.startswith("--> executable follows <--\necho hello") and text.endswith("oops\n")


def test_streams_append_unless_a_mode_is_given(engine, tmp_path):
    out = str(tmp_path / "o.txt")
    for _ in range(2):
        echo("x", stdout=out).result(20)
    assert open(out).read() == "x\nx\n"
    echo("y", stdout=(out, "w")).result(20)
    assert open(out).read() == "y\n"


def test_auto_logname_names_the_file_after_the_task(engine):
    future = echo("hello", stdout=AUTO_LOGNAME, stderr=AUTO_LOGNAME)
    future.result(20)
    assert future.stdout.startswith(os.path.join(engine.run_dir, "task_logs", "0000", "task_"))
    assert future.stdout.endswith("_echo.stdout") and open(future.stdout).read() == "hello\n"


def test_exit_code_is_an_error_that_names_it(engine):
    with pytest.raises(errors.BashExitFailure) as caught:
        run("exit 7").result(20)
    assert caught.value.exitcode == 7 and caught.value.app_name == "run"


@pytest.mark.parametrize("value, kind", [(None, errors.BashAppNoReturn), (5, ValueError)])
def test_body_that_returns_no_command_line_is_refused(engine, value, kind):
    with pytest.raises(kind):
        run(value).result(20)


def test_missing_outputs_are_named(engine, tmp_path):
    with pytest.raises(errors.MissingOutputs, match="nothing"):
        run("true", outputs=[File(str(tmp_path / "nothing"))]).result(20)


def test_outputs_are_futures_that_other_apps_take(engine, tmp_path):
    @python_app
    def read(file):
        with open(file) as stream:
            return stream.read()

    path = tmp_path / "made"
    future = run(f"echo made > {path}", outputs=[File(str(path))])
    (data,) = future.outputs
    assert read(data).result(20) == "made\n"
    assert data.result(20).filepath == str(path) and data.filename == "made"
    assert data.tid == future.tid


def test_stream_that_cannot_be_opened_is_named(engine, tmp_path):
    with pytest.raises(errors.BadStdStreamFile, match="stdout"):
        echo("x", stdout=str(tmp_path)).result(20)


def test_walltime_kills_all_that_the_command_started(engine, tmp_path):
    mark = tmp_path / "pid"
    future = run.with_options(walltime=0.5)(f"sleep 60 & echo $! > {mark}; wait")
    with pytest.raises(errors.AppTimeout):
        future.result(30)
    pid = int(mark.read_text())
    assert ends(pid, 5)


def test_futures_are_arguments_of_commands(engine, tmp_path):
    out = str(tmp_path / "o")
    word = python_app(str.upper)("abc")
    assert echo(word, stdout=out).result(20) == 0
    assert open(out).read() == "ABC\n"


def test_std_autopath_names_the_files(home, tmp_path):
    config = fonio.Config(
        executors=[fonio.DirectExecutor(workers=1)],
        std_autopath=lambda record, kind: str(tmp_path / f"{record['func_name']}.{kind}"),
        run_dir=home,
    )
    with fonio.load(config):
        echo("x", stdout=AUTO_LOGNAME).result(20)
    assert (tmp_path / "echo.stdout").read_text() == "x\n"
