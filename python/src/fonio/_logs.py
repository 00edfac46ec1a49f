"""Parsl's shortcuts to send the package's log somewhere."""

from __future__ import annotations

import logging
from typing import Any

_FORMAT = "%(asctime)s %(name)s:%(lineno)d [%(levelname)s]  %(message)s"


def set_stream_logger(
    name: str = "fonio",
    level: int = logging.DEBUG,
    format_string: str | None = None,
    stream: Any = None,
) -> Any:
    """A log of Fonio's on a stream, by default stderr; returns a function that ends it."""
    return _add(logging.StreamHandler(stream), name, level, format_string)


def set_file_logger(
    filename: str,
    name: str = "fonio",
    level: int = logging.DEBUG,
    format_string: str | None = None,
) -> Any:
    """A log of Fonio's in a file, from now on; returns a function that ends it.

    `level` is one of `logging`, by default DEBUG; the file is appended to.
    """
    return _add(logging.FileHandler(filename), name, level, format_string)


def _add(handler: logging.Handler, name: str, level: int, text: str | None) -> Any:
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter(text or _FORMAT, datefmt="%Y-%m-%d %H:%M:%S"))
    logger = logging.getLogger("fonio" if name == "parsl" else name)
    logger.setLevel(level)
    logger.addHandler(handler)

    def remove() -> None:
        logger.removeHandler(handler)
        handler.close()

    return remove
