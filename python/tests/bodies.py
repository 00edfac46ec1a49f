"""Bodies of the apps that tests call."""

from __future__ import annotations


def add(a, b=10):
    return a + b


def fail(text="bad"):
    raise ValueError(text)


def total(values):
    return sum(values)
