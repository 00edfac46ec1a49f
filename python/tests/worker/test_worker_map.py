"""Tasks that are a column of a map."""

from __future__ import annotations

import time

from fonio import errors


def test_map_keeps_kinds_of_columns(worker):
    number = worker.define(lambda x: x, map=1)
    columns = [list(range(1000)), [1.5, "a", None], [[1], {2: 3}], [1 << 70, 1], []]
    for values in columns:
        (result,) = worker.results(worker.map(number, values))
        assert worker.column(result) == values


def test_map_tells_its_microseconds(worker):
    def busy(x):
        end = time.perf_counter() + 0.002
        while time.perf_counter() < end:
            pass
        return x

    (result,) = worker.results(worker.map(worker.define(busy, map=1), [1, 2]))
    assert int.from_bytes(result.payload[4:8], "little") >= 4000


def test_error_in_a_map_belongs_to_its_element(worker):
    (result,) = worker.results(worker.map(worker.define(lambda x: 6 // x, map=1), [1, 0, 3, 0, 6]))
    pairs = worker.column(result)
    assert [ok for ok, _ in pairs] == [True, False, True, False, True]
    assert [v for ok, v in pairs if ok] == [6, 2, 1]
    for ok, value in pairs:
        assert ok or (isinstance(value[0], ZeroDivisionError) and "in <lambda>" in value[1]), value


def test_element_is_retried_in_place_as_often_as_its_class_says(worker, tmp_path):
    trace = tmp_path / "trace"

    def flaky(x):
        with open(trace, "a") as out:
            out.write(f"{x} ")
        tries = trace.read_text().split().count(str(x))
        if x < 0 or (x % 2 and tries < 3):
            raise ValueError(x)
        return x

    (result,) = worker.results(worker.map(worker.define(flaky, map=1, retries=2), [0, 1, -1, 2, 3]))
    assert [ok for ok, _ in worker.column(result)] == [True, True, False, True, True]
    assert trace.read_text().split() == [*"0111", *["-1"] * 3, *"2333"]


def test_element_that_cannot_be_pickled_harms_no_other(worker):
    number = worker.define(lambda x: (i for i in x) if x else x, name="gen", map=1)
    (result,) = worker.results(worker.map(number, [[], [1], []]))
    (_, first), (ok, failure), (_, third) = worker.column(result)
    assert first == [] and third == [] and not ok
    assert isinstance(failure[0], errors.SerializationError)
    assert "gen" in str(failure[0]) and "generator" in str(failure[0])
