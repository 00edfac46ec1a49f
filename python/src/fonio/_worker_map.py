"""Runs a function over a column of arguments: one task of a map."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter_ns
from typing import Any

from fonio._codec import Payload, decode, pickled
from fonio._columns import decode_column, encode_column, encode_each
from fonio._failures import pickled_error
from fonio.errors import SerializationError

_LONGEST_US = 0xFFFF_FFFF
_Pair = tuple[bool, Any]


def run_column(call: Callable[..., Any], name: str, payload: Any, retries: int) -> Payload:
    """The payload of the column of results.

    All goes through one C loop. Only when an element raises does the rest run one by one, each
    with its own retries; what came before it is kept.
    """
    values = decode_column(payload)
    start = perf_counter_ns()
    results: list[Any] = []
    pairs: list[_Pair] | None = None
    try:
        results.extend(map(call, values))
    except BaseException as problem:
        pairs = _one_by_one(call, values, results, problem, retries)
    spent = min((perf_counter_ns() - start) // 1000, _LONGEST_US)
    try:
        return encode_column(results, spent) if pairs is None else encode_each(pairs, spent)
    except Exception:
        pairs = pairs or [(True, value) for value in results]
        return encode_each([_checked(pair, name) for pair in pairs], spent)


def _one_by_one(
    call: Callable[..., Any],
    values: list[Any],
    done: list[Any],
    problem: BaseException,
    retries: int,
) -> list[_Pair]:
    pairs: list[_Pair] = [(True, value) for value in done]
    failed: BaseException | None = problem
    for value in values[len(done) :]:
        left = retries
        while failed is None or left > 0:
            if failed is not None:
                left -= 1
            try:
                pairs.append((True, call(value)))
                failed = None
                break
            except BaseException as error:
                failed = error
        if failed is not None:
            pairs.append((False, _portable(failed)))
            failed = None
    return pairs


def _checked(pair: _Pair, name: str) -> _Pair:
    """The pair, or an error in its place if its value cannot be pickled."""
    if not pair[0]:
        return pair
    try:
        pickled(pair[1])
        return pair
    except Exception as problem:
        kind = type(pair[1]).__name__
        return False, _portable(
            SerializationError(f"a result of {name} is a {kind} and cannot be pickled: {problem}")
        )


def _portable(error: BaseException) -> Any:
    """The exception and its traceback as text, such that both survive pickling with others."""
    trace = error.__traceback__
    if trace is not None and trace.tb_next is not None:
        error.__traceback__ = trace.tb_next
    return decode(pickled_error(error))
