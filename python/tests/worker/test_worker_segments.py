"""Large arguments and results."""

from __future__ import annotations

import numpy

from fonio import errors


def add(a, b):
    return a + b


def test_large_results_and_arguments_go_by_segments(worker):
    number = worker.define(lambda text, times: text * times)
    (value,) = worker.values(worker.call(number, ("y" * 100_000, 3)))
    assert value == "y" * 300_000


def test_arrays_are_writable_and_their_segments_unharmed(worker):
    def change(array):
        array += 1
        return array

    given = numpy.arange(100_000, dtype=float)
    small = numpy.arange(10)
    number = worker.define(change)
    first, second, third = worker.values(worker.call(number, (given,), (given,), (small,)))
    assert (first == given + 1).all() and (second == given + 1).all()
    assert (third == small + 1).all()
    assert not given.flags.owndata or given[0] == 0


def test_result_spills_where_shared_memory_is_full(worker):
    def fill_up():
        import errno
        import os

        write = os.writev

        def full_once(*args):
            os.writev = write
            raise OSError(errno.ENOSPC, "No space left on device")

        os.writev = full_once
        return "z" * 100_000

    assert worker.run(fill_up) == "z" * 100_000
    assert len(list(worker.spill.iterdir())) == 1
    assert worker.run(lambda: "z" * 100_000) == "z" * 100_000
    assert len(list(worker.spill.iterdir())) == 1


def test_result_without_room_anywhere_is_an_error_of_its_task(worker):
    def too_much():
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))
        return "z" * 100_000

    result = worker.result(too_much)
    assert isinstance(result.error, errors.TaskTooLarge) and "100," in str(result.error)
    assert worker.run(add, 1, 1) == 2


def test_missing_segment_folder_is_an_error_of_the_task(start):
    worker = start(welcome={"segments": "/nonexistent", "spill": "/nonexistent"})
    result = worker.result(lambda: "z" * 100_000)
    assert isinstance(result.error, FileNotFoundError)
    assert worker.run(add, 1, 1) == 2
