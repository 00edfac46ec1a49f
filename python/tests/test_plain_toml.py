"""The reader for Python 3.10 reads as tomllib does, or refuses by line."""

from __future__ import annotations

import importlib
import sys

import pytest

from fonio._plain_toml import plain_toml

SAME = {
    "": {},
    "\n  # only a comment = 3": {},
    "a = 1\r\nb=-20\r\n": {"a": 1, "b": -20},
    "a = 1_000 # b = 2": {"a": 1000},
    "a = true\n\nb = false": {"a": True, "b": False},
    "a = 'C:\\dir # no comment'": {"a": "C:\\dir # no comment"},
    r'a = "tab\t quote\" \u00e9 é"': {"a": 'tab\t quote" é é'},
    "a = []\nb-c = [ 'x', \"y\" , ]": {"a": [], "b-c": ["x", "y"]},
    "a = [ # 'no'\n  'x', # 'no'\n  3,\n]\nb = 1": {"a": ["x", 3], "b": 1},
}
OTHER_FORMS = ["[table]", "a.b = 1", '"a" = 1', "a = 1.5", "a = 2026-01-01", "a = {b = 1}"]
WRONG = ["a", "a =", "= 1", "a = 01", "a = 1 b = 2", "a = 'x", "a = [1 2]", "a = [1", 'a = "\\q"']


@pytest.mark.parametrize("text", SAME)
def test_plain_forms_are_read(text):
    assert plain_toml(text) == SAME[text]
    if sys.version_info >= (3, 11):
        assert importlib.import_module("tomllib").loads(text) == SAME[text]


@pytest.mark.parametrize("text", [*OTHER_FORMS, *WRONG, "a = nan", "a = True"])
def test_anything_else_is_refused_with_its_line(text):
    with pytest.raises(ValueError, match="line 3 is "):
        plain_toml("# first\nfirst = 1\n" + text)
    if sys.version_info >= (3, 11) and text in WRONG:
        with pytest.raises(ValueError):
            importlib.import_module("tomllib").loads("# first\nfirst = 1\n" + text)


def test_key_that_is_there_twice_is_refused():
    with pytest.raises(ValueError, match=r"line 2: the key 'a' is there twice"):
        plain_toml("a = 1\na = 2")
