"""Where a setting comes from: `--set`, then FONIO_*, then the program, then fonio.toml.

`--set key=value` of the command line arrives as FONIO_KEY, with its key in FONIO_SET. What the
program does not give is None. The file is the one in the working directory.
"""

from __future__ import annotations

import importlib
import os
import re
from typing import Any

from fonio._checks import at_least, one_of
from fonio.errors import ConfigurationError

FILE = "fonio.toml"
_WORDS = {int: "a whole number", bool: "true or false", str: "a text", list: "a list of texts"}
KEYS: dict[str, type] = {
    "workers": int,
    "cpu_affinity": str,
    "max_tasks_per_child": int,
    "preload": list,
    "placement": str,
    "queue": str,
    "credit_us": int,
    "kills": int,
    "retries": int,
    "exit_mode": str,
    "internal_tasks_max_threads": int,
    "run_dir": str,
    "app_cache": bool,
    "checkpoint_mode": str,
    "checkpoint_period": str,
    "java_options": list,
    "durable": bool,
    "on_client_exit": str,
}
"""The keys of `Config` and `DirectExecutor` that may be set outside of the program."""
_ALSO_SET = ("home",)
_read: tuple[Any, dict[str, Any]] = (None, {})


def chosen(key: str, given: Any, otherwise: Any) -> Any:
    """The value of the strongest of those who have one."""
    forced = from_environment(key)
    if forced is not None:
        return forced
    if given is not None:
        return given
    return from_file().get(key, otherwise)


def home(given: Any) -> Any:
    """The folder of runs: FONIO_HOME, else `run_dir` of the strongest who has one."""
    return os.environ.get("FONIO_HOME") or chosen("run_dir", given, ".fonio")


def whole(owner: str, key: str, given: Any, otherwise: int, least: int) -> int:
    """The chosen value, an int that is not smaller than `least`."""
    return at_least(owner, key, chosen(key, given, otherwise), least)


def word(owner: str, key: str, given: Any, words: tuple[str, ...]) -> str:
    """The chosen one of the words; by default the first."""
    return one_of(owner, key, chosen(key, given, words[0]), words)


def from_environment(key: str) -> Any:
    """The value of FONIO_KEY; None where it is not set, or empty."""
    check_words()
    name = "FONIO_" + key.upper()
    text = os.environ.get(name)
    if not text:
        return None
    kind = KEYS[key]
    if kind is str:
        return text
    if kind is list:
        return text.split(",") if key == "preload" else _split(text)
    if kind is int and re.fullmatch(r"-?\d{1,18}", text):
        return int(text)
    if kind is bool and text.lower() in ("1", "true", "0", "false"):
        return text.lower() in ("1", "true")
    raise ConfigurationError(f"{name}={text!r}: {key} is {_WORDS[kind]}")


def from_file() -> dict[str, Any]:
    """What fonio.toml says, read again when it has changed; nothing where there is none."""
    global _read
    path = os.path.abspath(FILE)
    try:
        facts = os.stat(path)
    except OSError:
        return {}
    stamp = (path, facts.st_mtime_ns, facts.st_size, facts.st_ino)
    if _read[0] != stamp:
        _read = (stamp, _checked(path, _parsed(path)))
    return _read[1]


def check_words() -> None:
    """Refuses a `--set` of a key that there is not: a misspelled one would do nothing."""
    for word in filter(None, os.environ.get("FONIO_SET", "").split(",")):
        key = re.sub("[.-]", "_", word).lower()
        if key not in KEYS and key not in _ALSO_SET:
            raise ConfigurationError(f"--set {word}=...: there is no such key; {_known()}")


def _split(text: str) -> list[str]:
    import shlex

    return shlex.split(text)


def _parsed(path: str) -> dict[str, Any]:
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        entries: dict[str, Any] = _reader()(text)
        return entries
    except (OSError, ValueError) as problem:
        raise ConfigurationError(f"{path} cannot be read: {problem}") from problem


def _reader() -> Any:
    try:
        return importlib.import_module("tomllib").loads  # not in Python 3.10
    except ImportError:
        from fonio._plain_toml import plain_toml

        return plain_toml


def _checked(path: str, entries: dict[str, Any]) -> dict[str, Any]:
    for key, value in entries.items():
        kind = KEYS.get(key)
        if kind is None:
            raise ConfigurationError(f"{path}: there is no key {key!r}; {_known()}")
        texts = value if type(value) is list else ()
        if type(value) is not kind or not all([isinstance(item, str) for item in texts]):
            raise ConfigurationError(f"{path}: {key} is {value!r}: it must be {_WORDS[kind]}")
    return entries


def _known() -> str:
    return "the keys are " + ", ".join(sorted(KEYS))
