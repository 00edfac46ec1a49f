"""Staging: how files that are not on the shared file system come to a task, and go from it.

The plug-in interface is Parsl's. `http`, `https` and `ftp` are read by urllib.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fonio._remote_files import LOCAL
from fonio._unsupported import Unsupported

if TYPE_CHECKING:
    from fonio.data import File


class Staging:
    """The base of a staging provider; the first that can handle a file is used."""

    def can_stage_in(self, file: File) -> bool:
        """Whether this provider can bring the file."""
        return False

    def can_stage_out(self, file: File) -> bool:
        """Whether this provider can take the file away."""
        return False

    def stage_in(self, dm: Any, executor: Any, file: File, parent_fut: Any) -> Any:
        """A future that ends when the file is there; None: nothing to wait for."""
        return None

    def stage_out(self, dm: Any, executor: Any, file: File, app_fu: Any) -> Any:
        """A future that ends when the file was taken away; None: nothing to wait for."""
        return None

    def replace_task(
        self, dm: Any, executor: Any, file: File, func: Callable[..., Any]
    ) -> Callable[..., Any] | None:
        """The function that brings the file and then does what `func` does; None: `func`."""
        return None

    def replace_task_stage_out(
        self, dm: Any, executor: Any, file: File, func: Callable[..., Any]
    ) -> Callable[..., Any] | None:
        """The function that does what `func` does and then takes the file away; None: `func`."""
        return None


class NoOpFileStaging(Staging):
    """Files of a file system that all workers see."""

    def can_stage_in(self, file: File) -> bool:
        return file.scheme == LOCAL

    def can_stage_out(self, file: File) -> bool:
        return file.scheme == LOCAL


class _Fetching(Staging):
    schemes: tuple[str, ...] = ()

    def can_stage_in(self, file: File) -> bool:
        return file.scheme in self.schemes


class _SeparateTask(_Fetching):
    """Fetches a file in a task of its own."""

    def stage_in(self, dm: Any, executor: Any, file: File, parent_fut: Any) -> Any:
        path = target(executor, file)
        file.local_path = path
        return dm.submit_function(fetch, (file.url, path), executor.label)


class _InTask(_Fetching):
    """Fetches a file in the task that reads it."""

    def stage_in(self, dm: Any, executor: Any, file: File, parent_fut: Any) -> Any:
        file.local_path = target(executor, file)
        return None

    def replace_task(
        self, dm: Any, executor: Any, file: File, func: Callable[..., Any]
    ) -> Callable[..., Any]:
        return Fetched(func, file.url, file.filepath)


class HTTPSeparateTaskStaging(_SeparateTask):
    """Fetches http and https files, each in a task of its own."""

    schemes = ("http", "https")


class HTTPInTaskStaging(_InTask):
    """Fetches http and https files in the task that reads them."""

    schemes = ("http", "https")


class FTPSeparateTaskStaging(_SeparateTask):
    """Fetches ftp files, each in a task of its own."""

    schemes = ("ftp",)


class FTPInTaskStaging(_InTask):
    """Fetches ftp files in the task that reads them."""

    schemes = ("ftp",)


class RSyncStaging(Unsupported):
    """Files by rsync over ssh."""

    instead = "use a shared file system, http, https or ftp, or a Staging of your own"


class GlobusStaging(Unsupported):
    """Files by Globus transfer."""

    instead = "use a shared file system, http, https or ftp, or a Staging of your own"


class ZipFileStaging(Unsupported):
    """Files in a zip archive."""

    instead = "use a shared file system, http, https or ftp, or a Staging of your own"


class Fetched:
    """A function that fetches a file before it does what it is for."""

    def __init__(self, function: Callable[..., Any], url: str, path: str) -> None:
        self.function = function
        self.url = url
        self.path = path
        self.__qualname__ = getattr(function, "__qualname__", type(function).__name__)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        fetch(self.url, self.path)
        return self.function(*args, **kwargs)


def target(executor: Any, file: File) -> str:
    """Where a fetched file goes: the executor's working folder, or the current one."""
    folder = executor.working_dir or os.getcwd()
    return os.path.join(folder, file.filename or "index")


def fetch(url: str, path: str) -> str:
    """Fetches the URL into the file, which appears when it is complete."""
    import shutil
    from urllib.request import urlopen

    folder = os.path.dirname(path)
    if folder:
        os.makedirs(folder, exist_ok=True)
    part = f"{path}.{os.getpid()}.part"
    try:
        with urlopen(url) as source, open(part, "wb") as sink:
            shutil.copyfileobj(source, sink)
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.remove(part)
    return path


default_staging: list[Staging] = [
    NoOpFileStaging(),
    FTPSeparateTaskStaging(),
    HTTPSeparateTaskStaging(),
]
"""What an executor uses whose `storage_access` is None."""
