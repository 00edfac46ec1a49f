"""A reader of the plain forms of TOML, for Python 3.10, which has no tomllib.

A key, a whole number, a truth value, a text on one line, a list of these: all that fonio.toml
may hold.
"""

from __future__ import annotations

import json
import re

_TEXT = r'"(?:[^"\\\n\x00-\x08]|\\["\\bfnrt]|\\u[0-9a-fA-F]{4})*"' + r"|'[^'\n]*'"
_PLAIN = rf"(?:{_TEXT}|true\b|false\b|[+-]?(?:0|[1-9](?:_?[0-9])*)(?![\w.:-]))"
_GAP = r"(?:[ \t\r\n]|#[^\n]*)*"
_LIST = rf"\[{_GAP}(?:{_PLAIN}{_GAP},{_GAP})*(?:{_PLAIN}{_GAP})?\]"
_REST = r"[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)"
_ENTRY = re.compile(rf"[ \t]*(?:([A-Za-z0-9_-]+)[ \t]*=[ \t]*({_LIST}|{_PLAIN}))?{_REST}")
_ITEM = re.compile(rf"#[^\n]*|({_PLAIN})")


def plain_toml(text: str) -> dict[str, object]:
    """The entries of a text; ValueError names the line that is of another form."""
    entries: dict[str, object] = {}
    at = 0
    while at < len(text):
        found = _ENTRY.match(text, at)
        number = text.count("\n", 0, at) + 1
        if found is None:
            line = text[at:].partition("\n")[0].strip()
            raise ValueError(
                f"line {number} is {line!r}: write KEY = a number, true, false, a 'text' or a list "
                "of these; Python 3.11 and later read all of TOML"
            )
        key, value = found.groups()
        if key in entries:
            raise ValueError(f"line {number}: the key {key!r} is there twice: remove one of them")
        if key is not None:
            entries[key] = _value(value)
        at = found.end()
    return entries


def _value(source: str) -> object:
    if source[0] == "[":
        return [_value(item) for item in _ITEM.findall(source[1:-1]) if item]
    if source[0] == '"':
        return json.loads(source, strict=False)
    if source[0] == "'":
        return source[1:-1]
    return source == "true" if source in ("true", "false") else int(source)
