"""`map` against the protocol peer, and its pace as a pure core."""

from __future__ import annotations

import concurrent.futures as cf
from itertools import count, islice

import pytest

from fonio import _wire as w
from fonio._map import open_map
from fonio._pace import MAX_CHUNK, MAX_CHUNK_BYTES, Pace


def double(x):
    return 2 * x


def multiply(x, y):
    return x * y


def picky(x):
    if x in (3, 500):
        raise ValueError(x)
    return x


def test_results_are_in_order(pair):
    assert list(open_map(pair.session, double, (range(20_000),), 2)) == list(range(0, 40_000, 2))


def test_unordered_gives_every_result_once(pair):
    results = open_map(pair.session, double, (range(5000),), 2, unordered=True)
    assert sorted(results) == list(range(0, 10_000, 2))


def test_several_iterables_stop_with_the_shortest(pair):
    assert list(open_map(pair.session, multiply, ([1, 2, 3], count(1)), 2)) == [1, 4, 9]


def test_strings_tuples_and_objects_travel(pair):
    for values in (["a", None, 1.5], [(1, "x"), (2, "y")], [{1: [2]}, {3: 4}], [1 << 80, 1]):
        assert list(open_map(pair.session, _same, (values,), 2)) == values


def _same(x):
    return x


def test_infinite_input_is_read_in_windows(pair):
    taken = []

    def numbers():
        for n in count():
            taken.append(n)
            yield n

    results = open_map(pair.session, double, (numbers(),), 2, chunk=10)
    assert list(islice(results, 100)) == list(range(0, 200, 2))
    assert len(taken) < 1000


def test_error_belongs_to_its_element_and_iteration_goes_on(pair):
    results = open_map(pair.session, picky, (range(1000),), 2, chunk=50)
    got, failed = [], []
    while True:
        try:
            got.append(next(results))
        except StopIteration:
            break
        except ValueError as error:
            failed.append(error.args[0])
            assert "in picky" in str(error.__cause__)
    assert failed == [3, 500]
    assert got == [x for x in range(1000) if x not in failed]


def test_lost_chunk_is_split_until_one_element_is_left(pair):
    pair.peer.deadly = 37
    results = open_map(pair.session, double, (range(100),), 2, chunk=40)
    got, lost = [], 0
    while True:
        try:
            got.append(next(results))
        except StopIteration:
            break
        except cf.BrokenExecutor:
            lost += 1
    assert lost == 1
    assert got == [2 * x for x in range(100) if x != 37]


def test_timeout_is_raised(pair):
    pair.peer.hold()
    with pytest.raises(cf.TimeoutError):
        next(open_map(pair.session, double, ([1],), 2, timeout=0.05))


def test_options_travel_with_the_map_class(pair):
    list(open_map(pair.session, double, ([1],), 2, retries=2))
    options = [o for _, o in pair.peer.classes.values()]
    assert {"name": "double", "map": "1", "retries": "2"} in options


def test_no_frame_goes_out_without_input(pair):
    assert list(open_map(pair.session, double, ([],), 2)) == []
    assert not pair.peer.of(w.SUBMIT)


def test_few_elements_are_spread_over_the_workers():
    pace = Pace(workers=2)
    sizes = []
    while pace.room(len(sizes)):
        sizes.append(pace.size())
        pace.sent(sizes[-1], 16)
    assert sizes == [1, 1, 1, 1]


def test_chunks_grow_to_the_largest_for_trivial_elements():
    pace = Pace(workers=2)
    for _ in range(12):
        size = pace.size()
        pace.sent(size, 8 * size)
        pace.measured(size, size // 20, 8 * size)
        pace.left(size, 8 * size)
    assert pace.size() == MAX_CHUNK


def test_slow_elements_stay_alone():
    pace = Pace(workers=2)
    pace.sent(1, 16)
    pace.measured(1, 1_000_000, 16)
    assert pace.size() == 1


def test_large_results_bound_the_window_by_bytes():
    pace = Pace(workers=2)
    pace.sent(1, 16)
    pace.measured(1, 10, 8 << 20)
    pace.left(1, 16)
    assert pace.size() == 1
    chunks = 0
    while pace.room(chunks):
        pace.sent(1, 16)
        chunks += 1
    assert chunks * (8 << 20) <= 2 * (64 << 20)
    assert MAX_CHUNK_BYTES < 8 << 20


def test_chunk_of_no_element_is_refused():
    with pytest.raises(ValueError, match="chunk=0"):
        Pace(2, chunk=0)


def test_element_that_cannot_be_pickled_fails_alone(pair):
    import threading

    from fonio.errors import SerializationError

    results = open_map(pair.session, _same, ([1, threading.Lock(), 3],), 2, chunk=3)
    assert next(results) == 1
    with pytest.raises(SerializationError, match="lock"):
        next(results)
    assert next(results) == 3


def test_engine_is_told_of_elements_instead_of_chunks_and_why_some_failed(pair):
    results = open_map(pair.session, picky, (range(1000),), 2, chunk=100)
    while True:
        try:
            next(results)
        except ValueError:
            continue
        except StopIteration:
            break
    pair.session.query("account")  # its answer comes behind all that was told
    told = [(first, w.parse_lines(body)) for *_, first, body in pair.peer.of(w.ELEMENTS)]
    sums = {k: sum(int(e.get(k, "0")) for _, e in told) for k in ("tasks", "succeeded", "failed")}
    assert sums == {"tasks": 990, "succeeded": 988, "failed": 2}
    errors = {first: entries["error"] for first, entries in told if "error" in entries}
    assert errors == {
        1: "ValueError: 3\nthe first of 1 that failed of the 100 elements of a chunk",
        6: "ValueError: 500\nthe first of 1 that failed of the 100 elements of a chunk",
    }
