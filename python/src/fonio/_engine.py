"""The engine process of a session: started, started again if the run is durable, and ended.

What this module imports at its top is what starting the JVM needs (`_launch`).
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable

from fonio import _role
from fonio._folders import Folders
from fonio._launch import Launch
from fonio._settings import Settings
from fonio.errors import NestedUseError

_END_S = 5.0


class Engine:
    """A started engine and the session with it; `meanwhile` is called while the JVM starts."""

    def __init__(self, settings: Settings, meanwhile: Callable[[], object] | None = None) -> None:
        if _role.inside_worker:
            raise NestedUseError(
                "a task cannot use Fonio inside its worker: call the inner apps from a join_app, "
                "which runs in the client"
            )
        self.settings = settings
        self.folders = Folders.make(settings.home, settings.durable)
        launch = None
        try:
            launch = self._launch = Launch(
                self.folders,
                os.urandom(16).hex(),
                settings.keys(),
                settings.java_options,
                settings.ring_capacity if settings.ring else 0,
                settings.start_timeout_s,
            )
            link, hello = launch.start(meanwhile)
            from fonio import _first_session

            self.session = _first_session.begin(link, self.folders, settings)
            if settings.durable:
                from fonio._durable import revive

                revive(self.session, launch, int(hello["frames"]), settings.journal_patience_s)
            if settings.initializer is not None:
                _first_session.send_initializer(self.session, settings.initializer)
        except BaseException:
            if launch is not None:
                launch.kill()
            self.folders.remove()
            raise
        self.session.why_lost = launch.lost
        self.run = self.folders.run
        atexit.register(self.close)

    @property
    def pid(self) -> int:
        """The engine's process id."""
        return self._launch.pid

    def close(self, finish: bool = False, patience_s: float = _END_S) -> None:
        """Ends the session and the engine; nothing of it is left.

        `finish` lets all that was submitted end first. An engine that is not gone `patience_s`
        after that is killed.
        """
        atexit.unregister(self.close)
        forked = self.session.forked
        self.session.close(finish, None if finish else patience_s)
        if not forked:
            self._launch.kill(patience_s)
            self.folders.remove()

    def leave(self, patience_s: float = _END_S) -> None:
        """Ends the session; the engine goes on until all its tasks have ended."""
        atexit.unregister(self.close)
        self.session.leave(patience_s)
        if not self.session.forked:
            self.folders.let_go()
