"""Files that tasks read and make: `File`, and the future of one that a task makes."""

from __future__ import annotations

import concurrent.futures as cf
import os
from typing import Any
from urllib.parse import urlparse

from fonio import _remote_files
from fonio._memo_types import id_for_memo
from fonio._remote_files import LOCAL


class File:
    """A file by its URL or path; as an argument it is its path where the task runs.

    `scheme` is `file` unless the URL says otherwise. What is not on the shared file system is
    brought by the staging of the executor, which sets `local_path`; `filepath` is a ValueError
    until then.

    >>> from fonio import File
    >>> File("data/ligands.smi").filepath, File("https://example.org/a/b.csv").filename
    ('data/ligands.smi', 'b.csv')
    """

    def __init__(self, url: str | os.PathLike[str]) -> None:
        if not isinstance(url, (str, os.PathLike)):
            raise TypeError(f"File: url must be a str or a path, not {url!r}")
        self.url = os.fspath(url)
        parts = urlparse(self.url)
        self.scheme = parts.scheme or LOCAL
        self.netloc = parts.netloc
        self.path = parts.path
        self.query = parts.query
        self.filename = os.path.basename(self.path)
        self.local_path: str | None = None
        if self.scheme != LOCAL:
            _remote_files.made.add(self.scheme)

    @property
    def filepath(self) -> str:
        """The path where the file is, or will be, on the file system."""
        if self.local_path is not None:
            return self.local_path
        if self.scheme == LOCAL:
            return self.path
        raise ValueError(
            f"{self.url} has no path here: it is not staged; pass the File itself to an app"
        )

    def cleancopy(self) -> File:
        """The same file, not staged."""
        return File(self.url)

    def __str__(self) -> str:
        return self.filepath

    def __fspath__(self) -> str:
        return self.filepath

    def __repr__(self) -> str:
        return f"<File {self.url!r}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, File) and (other.url, other.local_path) == (
            self.url,
            self.local_path,
        )

    def __hash__(self) -> int:
        return hash(self.url)


class DataFuture(cf.Future):  # type: ignore[type-arg]
    """A file that a task makes; its result is the File, once the task has ended well."""

    def __init__(self, parent: Any, file: File) -> None:
        super().__init__()
        self.parent = parent
        self.file_obj = file
        parent.add_done_callback(self._ended)

    @property
    def tid(self) -> int:
        """The number of the task that makes the file."""
        return int(self.parent.tid)

    @property
    def filepath(self) -> str:
        """The file's path."""
        return self.file_obj.filepath

    @property
    def filename(self) -> str:
        """The file's name without its folder."""
        return self.file_obj.filename

    def cancel(self) -> bool:
        """Not for a file; cancel the task that makes it."""
        raise NotImplementedError("cancel the task that makes the file: future.parent.cancel()")

    def _ended(self, parent: Any) -> None:
        if parent.cancelled():
            self.set_exception(cf.CancelledError())
            return
        problem = parent.exception()
        if problem is not None:
            self.set_exception(problem)
        else:
            self.set_result(self.file_obj)

    def __reduce__(self) -> Any:
        raise TypeError(f"{self!r} cannot be pickled: pass it as an argument or in inputs=[...]")


def outputs_of(future: Any, outputs: Any) -> list[DataFuture]:
    """The DataFutures of a call's `outputs`."""
    for file in outputs:
        if not isinstance(file, File):
            raise TypeError(
                f"outputs must be Files, not {file!r} (a {type(file).__name__}): write File(path)"
            )
    return [DataFuture(future, file) for file in outputs]


@id_for_memo.register
def _(obj: File, output_ref: bool = False) -> bytes:
    """A file that is read is known by its content, one that is made by its name."""
    name = b"file" + obj.url.encode()
    if output_ref or (obj.scheme != LOCAL and obj.local_path is None):
        return name
    import hashlib

    digest = hashlib.sha256()
    try:
        with open(obj.filepath, "rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError as problem:
        raise ValueError(f"{obj!r} cannot be hashed for memoization: {problem}") from problem
    return name + digest.digest()
