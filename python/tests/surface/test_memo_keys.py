"""What makes two calls the same: types, code, files, futures."""

from __future__ import annotations

import dataclasses
import enum
import subprocess
import sys
import textwrap
from pathlib import Path, PurePosixPath

import numpy
import pytest

from fonio import File, errors
from fonio._app_spec import AppSpec
from fonio.memoization import BasicMemoizer, id_for_memo, key_of_calls, make_hash

SRC = Path(__file__).parents[2] / "src"


@dataclasses.dataclass
class Point:
    x: int
    y: object = None


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


VALUES = [
    None,
    0,
    1,
    True,
    False,
    1.0,
    0.0,
    "1",
    b"1",
    1j,
    [1, 2],
    (1, 2),
    {1, 2},
    frozenset((1, 2)),
    {"a": 1},
    {"a": 2},
    [[1], 2],
    [[1, 2]],
    range(3),
    PurePosixPath("/a"),
    "/a",
    Point(1),
    Point(2),
    Point(1, "z"),
    Colour.RED,
    Colour.BLUE,
    numpy.arange(3),
    numpy.arange(3.0),
    numpy.arange(6).reshape(2, 3),
    numpy.arange(6).reshape(3, 2),
    numpy.float64(1.0),
    numpy.float32(1.0),
    numpy.bool_(True),
    bytearray(b"1"),
    int,
    str,
    len,
]


def test_different_values_have_different_identities():
    ids = [id_for_memo(value) for value in VALUES]
    assert len(set(ids)) == len(VALUES)


def test_equal_values_have_equal_identities():
    assert id_for_memo({"a": 1, "b": {2, 3}}) == id_for_memo({"b": {3, 2}, "a": 1})
    assert id_for_memo(Point(1, [2])) == id_for_memo(Point(1, [2]))
    assert id_for_memo(numpy.arange(10)[::2]) == id_for_memo(numpy.array([0, 2, 4, 6, 8]))


def test_unknown_types_are_refused_by_name():
    with pytest.raises(ValueError, match=r"unknown type for memoization: .*object"):
        id_for_memo(object())
    with pytest.raises(ValueError, match="unknown type"):
        id_for_memo([numpy.array([object()])])


def test_types_can_be_registered():
    class Mine:
        pass

    @id_for_memo.register(Mine)
    def _(obj, output_ref=False):
        return b"mine"

    assert id_for_memo(Mine()) == b"mine"


def test_file_is_known_by_its_content_and_an_output_by_its_name(tmp_path):
    path = tmp_path / "f"
    path.write_text("one")
    first = id_for_memo(File(str(path)))
    as_output = id_for_memo(File(str(path)), output_ref=True)
    path.write_text("two")
    assert id_for_memo(File(str(path))) != first
    assert id_for_memo(File(str(path)), output_ref=True) == as_output


def app(source, name="f", **options):
    space = {"__name__": "__main__"}
    exec(textwrap.dedent(source), space)
    return key_of_calls(AppSpec("python", space[name], cache=True, **options))


def test_key_depends_on_the_code_and_on_the_functions_it_calls():
    one = app("def g(x): return x\ndef f(x): return g(x)")((1,), {})
    assert one == app("def g(x): return x\ndef f(x): return g(x)")((1,), {})
    assert one != app("def g(x): return -x\ndef f(x): return g(x)")((1,), {})
    assert one != app("def g(x): return x\ndef f(x): return g(x) + 1")((1,), {})
    assert app("K = 1\ndef f(): return K")((), {}) != app("K = 2\ndef f(): return K")((), {})
    assert app("def f(x=1): return x")((), {}) != app("def f(x=2): return x")((), {})


def test_rule_of_parsl_knows_names_only():
    one = app("def f(x): return x", memo_code=False)((1,), {})
    assert one == app("def f(x): return -x", memo_code=False)((1,), {})


def test_ignored_and_engine_keywords_are_left_out():
    key = app("def f(x, y=0): return x", ignore_for_cache=("y",))
    assert key((1,), {"y": 1}) == key((1,), {"y": 2}) == key((1,), {"walltime": 5})
    assert key((1,), {}) != key((2,), {}) != key((), {"x": 2})


def test_key_is_the_same_in_every_process(tmp_path):
    script = textwrap.dedent(
        """
        from fonio._app_spec import AppSpec
        from fonio.memoization import key_of_calls
        TABLE = {"a", "b", "c"}
        def helper(x): return x in {"p", "q", "r"}
        def f(x): return helper(x), [y for y in TABLE]
        print(key_of_calls(AppSpec("python", f))(({"u", "v", "w"},), {"k": {1: "x"}}).hex())
        """
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONPATH": str(SRC), "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2, 3)
    }
    assert len(seen) == 1 and len(seen.pop().strip()) == 64


def test_make_hash_takes_a_task_record():
    record = {"func": len, "args": ([1],), "kwargs": {"k": 1}, "ignore_for_cache": ["k"]}
    assert make_hash(record) == make_hash({**record, "kwargs": {"k": 2}})
    assert make_hash(record) != make_hash({**record, "args": ([2],)})


def test_memoizer_checks_what_it_is_given():
    with pytest.raises(errors.ConfigurationError, match="checkpoint_period"):
        BasicMemoizer(checkpoint_mode="periodic")
    with pytest.raises(errors.ConfigurationError, match="'always'"):
        BasicMemoizer(checkpoint_mode="always")
    with pytest.raises(errors.ConfigurationError, match="HH:MM:SS"):
        BasicMemoizer(checkpoint_period="5 minutes")
    with pytest.raises(errors.BadCheckpoint, match="nowhere"):
        BasicMemoizer(checkpoint_files=["nowhere"])
    assert (
        BasicMemoizer(checkpoint_mode="periodic", checkpoint_period="00:01:00").period_ms == 60_000
    )
