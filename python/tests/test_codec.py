"""Payloads: exact types, arrays, code."""

from __future__ import annotations

import array
import math

import numpy
import pytest

from fonio import errors
from fonio._codec import Parts, decode, decode_arguments, encode, encode_arguments, encode_places
from fonio._failures import encode_error, exception_of
from fonio._wire import DEPENDENCY, ERROR, FAILED, lines, parse_lines


def _is_error(value):
    return isinstance(value, type) and issubclass(value, Exception)


def whole(payload):
    return payload.join() if isinstance(payload, Parts) else payload


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -1, 1 << 200, 1.5, -math.inf, "", "é\ud800", b"\x80\x01", (), (1, "a", None),
        ((1,), 2), [1, [2]], {"a": {1, 2}}, bytearray(b"x"), array.array("i", [1, 2]),
    ],
)  # fmt: skip
def test_values_come_back_with_their_exact_type(value):
    again = decode(whole(encode(value)))
    assert again == value and type(again) is type(value)


def test_numpy_scalar_stays_a_numpy_scalar():
    again = decode(whole(encode(numpy.float32(1.5))))
    assert type(again) is numpy.float32


def test_subclass_of_int_is_not_flattened():
    again = decode(whole(encode((True, 2))))
    assert again[0] is True
    assert type(decode(whole(encode(Colour(3))))) is Colour


class Colour(int):
    pass


def test_arrays_travel_out_of_band_and_come_back_writable():
    payload = encode({"a": numpy.arange(1000), "b": numpy.ones((3, 3), order="F")})
    assert isinstance(payload, Parts)
    again = decode(payload.join())
    again["a"][0] = 7
    assert again["a"].sum() == 499_507 and again["b"].flags.f_contiguous


def test_every_buffer_starts_at_a_multiple_of_64():
    payload = encode([numpy.arange(5), numpy.arange(7), numpy.arange(9)])
    at = 0
    for chunk in payload.chunks:
        if isinstance(chunk, memoryview):
            assert at % 64 == 0
        at += len(chunk)
    assert at == len(payload)


def test_code_of_main_travels_by_value():
    import __main__

    def method(self):
        return "there"

    kind = type("Here", (), {"__module__": "__main__", "method": method})
    __main__.Here = kind
    try:
        payload = whole(encode(kind()))
    finally:
        del __main__.Here
    assert decode(payload).method() == "there"


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [((), {}), ((1, "a"), {}), ((), {"k": 1}), (([1],), {"k": {2}}), ((None,), {})],
)
def test_arguments_come_back(args, kwargs):
    again = decode_arguments(whole(encode_arguments(args, kwargs)))
    assert (tuple(again[0]), again[1], again[2]) == (args, kwargs, ())


def test_places_of_only_parents_are_empty():
    assert encode_places((None, None), {}, [0, 1]) == b""
    assert encode_places((1, None), {}, [1]) != b""
    args, kwargs, places = decode_arguments(
        encode_places((1, None), {"inputs": [None, 2]}, [1, ("inputs", 0)])
    )
    assert (list(args), kwargs) == ([1, None], {"inputs": [None, 2]})
    assert list(places) == [1, ("inputs", 0)]


def test_unpicklable_value_is_an_error_that_names_its_type():
    with pytest.raises(errors.SerializationError, match="generator"):
        encode(x for x in ())


def test_unpicklable_exception_becomes_a_remote_error():
    class Odd(Exception):
        def __init__(self, a, b):
            super().__init__("text")

    error = exception_of(ERROR, encode_error(Odd(1, 2)))
    assert isinstance(error, errors.RemoteError)
    assert "Odd" in str(error) and "text" in str(error)


@pytest.mark.parametrize(
    "error, line",
    [
        (ValueError("no map\nof 7"), "ValueError: no map"),
        (ValueError(), "ValueError"),
        (KeyError("k"), "KeyError: 'k'"),
        (ValueError("é" * 400), "ValueError: " + "é" * 244),
        (ValueError("\udc80"), "ValueError: ?"),
    ],
)
def test_exception_travels_behind_its_headline(error, line):
    payload = encode_error(error)
    size = int.from_bytes(payload[:2], "little")
    assert payload[2 : 2 + size].decode() == line
    assert repr(exception_of(ERROR, payload)) == repr(error)


def test_dependency_names_the_chain_and_the_root_cause():
    chain = b"score <- dock (task 17)"
    payload = len(chain).to_bytes(4, "little") + chain + bytes([ERROR])
    error = exception_of(DEPENDENCY, payload + encode_error(KeyError("k")))
    assert isinstance(error, errors.DependencyError)
    assert "score <- dock (task 17)" in str(error)
    assert isinstance(error.__cause__, KeyError)


def test_fault_carries_its_fields():
    text = b"WorkerLost\nworker 3 was killed\nby the kernel\nsignal=9\nworker=3\nstderr=a\\nb"
    error = exception_of(FAILED, text)
    assert isinstance(error, errors.WorkerLost)
    assert (error.signal, error.exit_code, error.worker, error.stderr) == (9, None, 3, "a\nb")
    assert "by the kernel" in str(error)


@pytest.mark.parametrize("text", ["", "a\nb", "\\n", "a\\\nb\r", "x=y", "é"])
def test_lines_keep_any_text(text):
    assert parse_lines(lines({"key": text})) == {"key": text}


@pytest.mark.parametrize(
    "name", [*errors._BROKEN, *[n for n, e in vars(errors).items() if _is_error(e)]]
)
def test_every_error_survives_pickling(name):
    import inspect
    import pickle

    kind = getattr(errors, name)
    wanted = {"BashExitFailure": ("app", 3), "MissingOutputs": ("why", [1])}
    args = wanted.get(name, ("a", "b") if name == "RemoteError" else ("a",))
    error = kind(*args)
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is kind and str(again) == str(error)
    assert inspect.getdoc(kind)
