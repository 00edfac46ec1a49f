"""Files by http, by a staging of the user's own, and as dependencies."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading

import pytest

import fonio
from fonio import Config, DirectExecutor, File, errors, python_app
from fonio.staging import HTTPInTaskStaging, NoOpFileStaging, Staging


@python_app
def read(file, inputs=()):
    texts = []
    for one in [file, *inputs]:
        with open(one) as stream:
            texts.append(stream.read())
    return "".join(texts)


@python_app
def write(text, outputs=()):
    with open(outputs[0], "w") as stream:
        stream.write(text)


@pytest.fixture
def site(tmp_path):
    """The address of a web server with one file."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "a.txt").write_text("over http")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def config(home, tmp_path, storage=None):
    executor = DirectExecutor(
        workers=1, storage_access=storage, working_dir=str(tmp_path / "stage")
    )
    return Config(executors=[executor], run_dir=home)


@pytest.mark.parametrize("storage", [None, [NoOpFileStaging(), HTTPInTaskStaging()]])
def test_http_files_are_fetched(home, tmp_path, site, storage):
    with fonio.load(config(home, tmp_path, storage)):
        file = File(f"{site}/a.txt")
        assert read(file).result(20) == "over http"
        assert read(file, inputs=[File(f"{site}/a.txt")]).result(20) == "over http" * 2
        assert (tmp_path / "stage" / "a.txt").exists()


def test_file_that_is_not_there_is_an_error_of_that_task(home, tmp_path, site):
    with fonio.load(config(home, tmp_path)):
        bad = read(File(f"{site}/none.txt"))
        assert read(File(f"{site}/a.txt")).result(20) == "over http"
        with pytest.raises(errors.DependencyError):
            bad.result(20)


def test_scheme_without_staging_is_named(home, tmp_path):
    with fonio.load(config(home, tmp_path)):
        future = read(File("globus://there/a"))
        with pytest.raises(errors.ConfigurationError, match="globus"):
            future.result(20)


class Vault(Staging):
    """`vault:/name` in a folder."""

    def __init__(self, folder):
        self.folder = folder

    def can_stage_in(self, file):
        return file.scheme == "vault"

    can_stage_out = can_stage_in

    def stage_in(self, dm, executor, file, parent_fut):
        file.local_path = f"{self.folder}/{file.filename}"

    def replace_task_stage_out(self, dm, executor, file, func):
        file.local_path = f"{self.folder}/{file.filename}.new"

        def with_store(*args, **kwargs):
            result = func(*args, **kwargs)
            shutil.move(file.local_path, file.local_path.removesuffix(".new"))
            return result

        return with_store


def test_users_own_staging_brings_and_takes_files(home, tmp_path):
    with fonio.load(config(home, tmp_path, [NoOpFileStaging(), Vault(str(tmp_path))])):
        made = write("in the vault", outputs=[File("vault:/x")])
        made.result(20)
        assert (tmp_path / "x").read_text() == "in the vault"
        assert read(File("vault:/x")).result(20) == "in the vault"


def test_local_files_are_paths_and_depend_on_who_makes_them(engine, tmp_path):
    made = write("text", outputs=[File(str(tmp_path / "f"))])
    assert read(made.outputs[0]).result(20) == "text"
    assert read(File(str(tmp_path / "f")), inputs=[made.outputs[0]]).result(20) == "texttext"


def test_failed_maker_fails_the_reader(engine, tmp_path):
    made = write(5, outputs=[File(str(tmp_path / "f"))])
    with pytest.raises(errors.DependencyError):
        read(made.outputs[0]).result(20)


def test_wrong_outputs_are_named(engine):
    with pytest.raises(TypeError, match="must be Files"):
        write("x", outputs=["a path"]).result(20)
