"""What a stranger reads first: every public name is documented, and the examples run."""

from __future__ import annotations

import doctest
import re

import pytest

import fonio

DOCUMENTED = [name for name in fonio.__all__ if callable(getattr(fonio, name))]
WITH_EXAMPLE = [name for name in DOCUMENTED if ">>>" in str(getattr(fonio, name).__doc__)]


@pytest.mark.parametrize("name", DOCUMENTED)
def test_first_line_of_a_docstring_is_a_sentence(name):
    first = str(getattr(fonio, name).__doc__).splitlines()[0]
    assert re.fullmatch(r"[A-Z].*\.", first), first


def test_all_that_a_program_begins_with_has_an_example():
    begin = "Config Executor File load map python_app bash_app join_app share wait as_completed"
    assert not {*begin.split()} - {*WITH_EXAMPLE}


@pytest.mark.parametrize("name", WITH_EXAMPLE)
def test_example_runs_as_it_is_printed(name, home, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("FONIO_WORKERS", "1")
    monkeypatch.setenv("FONIO_HOME", home)
    space = {"__name__": "__main__"}
    example = doctest.DocTestParser().get_doctest(
        getattr(fonio, name).__doc__, space, name, None, None
    )
    said: list[str] = []
    doctest.DocTestRunner().run(example, out=said.append)
    assert example.examples and not said, "".join(said)
