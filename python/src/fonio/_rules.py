"""Rules for parameters: each takes the owner, the name and the value, and returns the value."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from fonio._checks import at_least, of_type, one_of
from fonio._parameters import Rule
from fonio.errors import ConfigurationError

_WALLTIME = re.compile(r"\d{1,5}:[0-5]\d:[0-5]\d")
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def optional(rule: Rule) -> Rule:
    """The rule of a value that may be None: not given."""
    return lambda owner, name, value: None if value is None else rule(owner, name, value)


def text(owner: str, name: str, value: Any) -> str:
    """A str without a zero character."""
    words: str = of_type(owner, name, value, str, "a str")
    if "\0" in words:
        raise ConfigurationError(f"{owner}: {name} is {value!r}: take the zero character out")
    return words


def some_text(owner: str, name: str, value: Any) -> str:
    """A str that is not blank."""
    if not text(owner, name, value).strip():
        raise ConfigurationError(f"{owner}: {name} is {value!r}: it must not be blank")
    return str(value)


def label(owner: str, name: str, value: Any) -> str:
    """A name of files and jobs."""
    words = text(owner, name, value)
    if not _NAME.fullmatch(words):
        raise ConfigurationError(
            f"{owner}: {name} is {value!r}, which names files: "
            "use letters, digits, '.', '_' and '-' only"
        )
    return words


def flag(owner: str, name: str, value: Any) -> bool:
    """True or False."""
    return bool(of_type(owner, name, value, bool, "a bool"))


def whole(least: int) -> Rule:
    """The rule of an int that is not smaller than `least`."""
    return lambda owner, name, value: at_least(owner, name, value, least)


def port(owner: str, name: str, value: Any) -> int:
    """A number of a TCP port."""
    number = at_least(owner, name, value, 1)
    if number > 65_535:
        raise ConfigurationError(f"{owner}: {name} is {number}: it must be at most 65535")
    return number


def ports(owner: str, name: str, value: Any) -> tuple[int, int]:
    """The first port of a range and the one behind its last, as in Parsl."""
    pair = texts_or_numbers(owner, name, value)
    if len(pair) != 2:
        raise ConfigurationError(f"{owner}: {name} is {value!r}: give (first, last), two ports")
    first, last = port(owner, name, pair[0]), port(owner, name, pair[1])
    if first > last:
        raise ConfigurationError(f"{owner}: {name} is {value!r}: give the lower port first")
    return first, last


def above_zero(owner: str, name: str, value: Any) -> float:
    """A number above 0."""
    number = _number(owner, name, value)
    if number <= 0:
        raise ConfigurationError(f"{owner}: {name} is {value!r}: it must be above 0")
    return number


def share(owner: str, name: str, value: Any) -> float:
    """A number from 0 to 1."""
    number = _number(owner, name, value)
    if not 0 <= number <= 1:
        raise ConfigurationError(f"{owner}: {name} is {value!r}: it must be between 0 and 1")
    return number


def _number(owner: str, name: str, value: Any) -> float:
    number: float = of_type(owner, name, value, (int, float), "a number")
    if not math.isfinite(number):
        raise ConfigurationError(f"{owner}: {name} is {value!r}: give a finite number")
    return number


def pattern_of_id(owner: str, name: str, value: Any) -> str:
    """A regular expression that has a group of the name `id`."""
    try:
        if "id" in re.compile(text(owner, name, value)).groupindex:
            return str(value)
    except re.error as problem:
        raise ConfigurationError(
            f"{owner}: {name} is {value!r}, which is no regular expression: {problem}"
        ) from problem
    raise ConfigurationError(f"{owner}: {name} is {value!r}: it must have a group (?P<id>...)")


def walltime(owner: str, name: str, value: Any) -> str:
    """A time of hours, minutes and seconds, above 0: to a batch system 0 is no limit at all."""
    words = text(owner, name, value)
    if not _WALLTIME.fullmatch(words):
        raise ConfigurationError(
            f"{owner}: {name} is {value!r}: write HH:MM:SS, for example '01:30:00'"
        )
    if not words.strip("0:"):
        raise ConfigurationError(
            f"{owner}: {name} is {value!r}: it must be above 0, give the longest time of a block"
        )
    return words


def directives(owner: str, name: str, value: Any) -> str:
    """Lines of a job's script for the batch system; another line would be run as a command."""
    words = text(owner, name, value)
    for line in words.splitlines():
        if line.strip() and not line.startswith("#"):
            raise ConfigurationError(
                f"{owner}: {name} has the line {line!r}, which the batch system does not read: "
                "begin it with its word, such as #SBATCH, or put it into worker_init if it is "
                "shell text"
            )
    return words


def texts(owner: str, name: str, value: Any) -> tuple[str, ...]:
    """A list of str, each one line."""
    for item in texts_or_numbers(owner, name, value):
        if "\n" in text(owner, f"an entry of {name}", item):
            raise ConfigurationError(f"{owner}: {name} has {item!r}: each entry is one line")
    return tuple(value)


def texts_or_numbers(owner: str, name: str, value: Any) -> Sequence[Any]:
    """A list, or a tuple; a str is neither."""
    if isinstance(value, str):
        raise TypeError(f"{owner}: {name} must be a list, not {value!r}: write [{value!r}]")
    items: Sequence[Any] = of_type(owner, name, value, Sequence, "a list")
    return items


def texts_by_name(owner: str, name: str, value: Any) -> dict[str, str]:
    """A dict of str by str, whose names have no '='."""
    pairs: Mapping[Any, Any] = of_type(owner, name, value, Mapping, "a dict")
    for key, words in pairs.items():
        text(owner, f"{name}[{key!r}]", words)
        if not text(owner, f"a name in {name}", key) or "=" in key or "\n" in key:
            raise ConfigurationError(f"{owner}: {name} has the name {key!r}: use one without '='")
    return dict(pairs)


def lines_by_name(owner: str, name: str, value: Any) -> dict[str, str]:
    """A dict of str by str, each of one line."""
    pairs = texts_by_name(owner, name, value)
    for key, words in pairs.items():
        if "\n" in words:
            raise ConfigurationError(f"{owner}: {name}[{key!r}] is {words!r}: write one line")
    return pairs


def word_of(*words: str) -> Rule:
    """The rule of one of the words."""
    return lambda owner, name, value: one_of(owner, name, value, words)


def a(kind: type, example: str) -> Rule:
    """The rule of an object of the kind."""
    what = f"a {kind.__name__}, for example {example}"
    return lambda owner, name, value: of_type(owner, name, value, kind, what)
