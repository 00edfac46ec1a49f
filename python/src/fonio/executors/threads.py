"""The thread pool executor: Python apps on threads of the client."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from fonio._checks import a_folder, at_least, of_type

if TYPE_CHECKING:
    import concurrent.futures as cf


class ThreadPoolExecutor:
    """An executor that runs tasks on threads of this process: what waits, or cannot be pickled.

    `max_threads` is how many run at a time; Python's lock lets only one of them compute.
    """

    def __init__(
        self,
        label: str = "threads",
        max_threads: int | None = 2,
        thread_name_prefix: str = "",
        storage_access: Sequence[Any] | None = None,
        working_dir: str | os.PathLike[str] | None = None,
    ) -> None:
        me = type(self).__name__
        of_type(me, "label", label, str, "a str")
        if max_threads is not None:
            at_least(me, "max_threads", max_threads, 1)
        self.label = label
        self.max_threads = max_threads
        self.thread_name_prefix = thread_name_prefix or f"fonio-{label}"
        self.storage_access = storage_access
        self.working_dir = a_folder("ThreadPoolExecutor", "working_dir", working_dir)

    def open(self) -> cf.ThreadPoolExecutor:
        """The threads."""
        import concurrent.futures as cf

        return cf.ThreadPoolExecutor(self.max_threads, self.thread_name_prefix)

    def __repr__(self) -> str:
        return f"ThreadPoolExecutor(label={self.label!r}, max_threads={self.max_threads})"
