"""What tasks find around them, and that they leave it so for the next."""

from __future__ import annotations

import os
import signal
import sys

from driver import LOCAL

from fonio import _wire as w


def test_tasks_find_the_clients_folder_umask_and_path(worker):
    def look():
        mask = os.umask(0)
        return os.getcwd(), mask, sys.path, sys.argv, sys.stdin.read(), __name__

    folder, mask, path, argv, stdin, _ = worker.run(look)
    assert folder == str(worker.cwd) and mask == 0o027
    assert path[: len(sys.path)] == sys.path
    assert argv == [""] and stdin == ""


def test_main_module_is_empty(worker):
    def look():
        main = sys.modules["__main__"]
        return main.__name__, [name for name in vars(main) if not name.startswith("_")]

    assert worker.run(look) == ("__main__", [])


def test_user_site_packages_are_found(worker):
    def look():
        import site

        return site.ENABLE_USER_SITE, "cloudpickle" in [m.split(".")[0] for m in sys.modules]

    enabled, _ = worker.run(look)
    assert enabled == __import__("site").ENABLE_USER_SITE


def test_environment_comes_through(start):
    worker = start(environment={"FONIO_TEST_WORD": "grain"})
    assert worker.run(os.getenv, "FONIO_TEST_WORD") == "grain"


def test_interpreter_follows_the_clients_python_variables(start):
    worker = start(environment={"PYTHONHASHSEED": "5", "PYTHONSAFEPATH": "1"})
    again = start(environment={"PYTHONHASHSEED": "5"})
    assert worker.run(hash, "grain") == again.run(hash, "grain")


def test_folder_and_umask_are_put_back_after_each_task(worker, tmp_path):
    def wander(to):
        before = os.getcwd(), os.umask(0o077)
        os.chdir(to)
        return before

    number = worker.define(wander)
    found = worker.values(worker.call(number, *[(str(tmp_path),)] * 3))
    assert found == [(str(worker.cwd), 0o027)] * 3


def test_folder_is_put_back_after_a_task_that_fails(worker, tmp_path):
    def wander(to):
        here = os.getcwd()
        os.chdir(to)
        raise ValueError(here)

    number = worker.define(wander)
    for result in worker.results(worker.call(number, (str(tmp_path),), (str(tmp_path),))):
        assert result.error.args == (str(worker.cwd),)


def test_folder_is_put_back_between_tasks_of_a_chain(worker, tmp_path):
    def wander(to):
        here = os.getcwd()
        os.chdir(os.path.dirname(here))
        return here

    number = worker.define(wander)
    tasks = worker.spliced(number, ((1,), {}), ((None,), {1: LOCAL}), ((None,), {2: LOCAL}))
    assert worker.values(tasks) == [str(worker.cwd)] * 3


def test_folder_changed_behind_python_is_put_back_with_the_results(worker, tmp_path):
    def wander(to):
        import ctypes

        ctypes.CDLL(None).chdir(to.encode())

    worker.run(wander, str(tmp_path))
    assert worker.run(os.getcwd) == str(worker.cwd)


def test_prints_are_written_before_their_results_come(worker):
    def speak(text, end):
        print(text, end=end)
        print(text.upper(), end=end, file=sys.stderr)

    worker.run(speak, "whole", "\n")
    worker.run(speak, "part", "")
    assert worker.printed() == "whole\npart"
    assert worker.stderr.read_text() == "WHOLE\nPART"


def test_streams_that_a_task_replaced_are_put_back(worker):
    def redirect():
        import io

        sys.stdout = io.StringIO()
        print("nobody reads this")

    worker.run(redirect)
    worker.run(print, "heard")
    assert worker.printed() == "heard\n"


def test_output_of_started_programs_comes_along(worker):
    worker.run(os.system, "echo program")
    assert worker.printed() == "program\n"


def test_forked_child_that_returns_from_its_task_ends_there(worker, tmp_path):
    def fork(note):
        child = os.fork()
        if child == 0:
            with open(note, "a") as out:
                out.write("child ")
            return "from the child"
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    number = worker.define(fork)
    note = str(tmp_path / "note")
    assert worker.values(worker.call(number, *[(note,)] * 3)) == [0, 0, 0]
    assert (tmp_path / "note").read_text() == "child " * 3


def test_forked_child_exits_as_a_plain_process_would(worker):
    def fork(problem):
        child = os.fork()
        if child == 0:
            raise problem
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

    number = worker.define(fork)
    problems = [(SystemExit(3),), (SystemExit(),), (SystemExit("words"),), (ValueError("oops"),)]
    assert worker.values(worker.call(number, *problems)) == [3, 0, 1, 1]
    told = worker.stderr.read_text()
    assert "words" in told and "ValueError: oops" in told


def test_forked_child_does_not_hold_the_link(worker):
    def fork():
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            names = []
            for name in os.listdir("/proc/self/fd"):
                try:
                    names.append(os.readlink(f"/proc/self/fd/{name}"))
                except OSError:
                    pass
            os.write(writer, "\n".join(names).encode())
            os._exit(0)
        os.waitpid(child, 0)
        return os.read(reader, 65536).decode()

    assert "socket:" not in worker.run(fork)
    assert worker.run(lambda: 2) == 2


def test_multiprocessing_works_in_a_task(worker):
    def parallel():
        import multiprocessing

        with multiprocessing.get_context("fork").Pool(2) as pool:
            return pool.map(abs, [-1, -2, -3])

    assert worker.run(parallel) == [1, 2, 3]


def test_interrupts_from_the_terminal_are_ignored_and_not_inherited(worker):
    def interrupted():
        import subprocess

        os.kill(os.getpid(), signal.SIGINT)
        code = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
        return subprocess.run([sys.executable, "-c", code], capture_output=True).stdout

    assert worker.run(interrupted) == b"True\n"


def test_threads_left_behind_do_not_hold_up_the_end(worker):
    def leave_a_thread():
        import threading

        threading.Thread(target=threading.Event().wait).start()

    worker.run(leave_a_thread)
    worker.send(w.frame(w.CLOSE))
    assert worker.await_end() == 0


def test_what_tasks_registered_for_the_exit_runs_at_close(worker, tmp_path):
    def register(path):
        import atexit

        atexit.register(os.mkdir, path)

    worker.run(register, str(tmp_path / "made"))
    worker.send(w.frame(w.CLOSE))
    assert worker.await_end() == 0
    assert (tmp_path / "made").is_dir()


def test_random_numbers_are_not_seeded(start):
    def draw():
        import random

        return random.random()

    assert start().run(draw) != start().run(draw)


def test_shared_object_is_unpickled_once_and_the_same_for_all(worker):
    from fonio._shared import fetch

    def look(_):
        model = fetch(5)
        model["seen"] += 1
        return model["seen"]

    worker.share(5, {"seen": 0})
    number = worker.define(look)
    assert worker.values(worker.call(number, (0,), (0,))) == [1, 2]
    worker.send(w.frame(w.UNSHARE, first=5))
    (gone,) = worker.results(worker.call(number, (0,)))
    assert "shared object 5" in str(gone.error)


def test_class_of_the_clients_script_keeps_its_identity(worker):
    source = "class Grain:\n    pass\n\ndef make():\n    return Grain()\n"
    main = type(sys)("__main__")
    exec(source, main.__dict__)
    known = sys.modules["__main__"]
    sys.modules["__main__"] = main
    try:
        number = worker.define(main.make)
        assert type(worker.values(worker.call(number, ()))[0]) is main.Grain
    finally:
        sys.modules["__main__"] = known
