"""The progress of a run: a live line on a terminal, plain lines elsewhere, and the closing account.

A thread of its own asks the engines; it writes to stderr. On a terminal what the script prints goes
above the live line: both streams take it away first.
"""

from __future__ import annotations

import concurrent.futures as cf
import sys
import threading
from time import monotonic
from typing import Any, TextIO

from fonio import _live
from fonio._account import Account
from fonio.errors import FonioError

_LIVE_S = 0.25
_PLAIN_S = 5.0
_CLEAR = "\r\x1b[K"


class Progress:
    """What is shown while a script runs."""

    def __init__(self, name: str, out: TextIO | None = None) -> None:
        self._name = name
        self._out = sys.stderr if out is None else out
        self._terminal = self._out.isatty()
        self._begin = monotonic()
        self._stop = threading.Event()
        self._shown = False
        self._done = 0
        self._at = self._begin
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._tick, name="fonio-progress", daemon=True)

    def start(self) -> None:
        """Writes the first line at once."""
        self._write(f"{self._name}: started")
        if self._terminal:
            sys.stdout = Above(sys.stdout, self)
            sys.stderr = Above(sys.stderr, self)
        self._thread.start()

    def finish(self) -> bool:
        """Writes the account; whether tasks have failed."""
        self._stop.set()
        self._thread.join()
        for name in ("stdout", "stderr"):
            stream = getattr(sys, name)
            if isinstance(stream, Above):
                setattr(sys, name, stream.under)
        self.clear()
        accounts = [a for a in _live.accounts if a.tasks]
        for account in accounts:
            self._write(f"{self._name}: {account}", keep=True)
        if not accounts:
            self._write(f"{self._name}: no tasks, {monotonic() - self._begin:.2f} s", keep=True)
        return any([a.failed for a in accounts])

    def clear(self) -> None:
        """Takes the live line away."""
        with self._lock:
            if self._shown:
                self._out.write(_CLEAR)
                self._shown = False

    def _tick(self) -> None:
        while not self._stop.wait(_LIVE_S if self._terminal else _PLAIN_S):
            account = _sum()
            if account is not None:
                self._write(self._line(account))

    def _line(self, account: Account) -> str:
        now = monotonic()
        rate = (account.done - self._done) / max(1e-6, now - self._at)
        self._done, self._at = account.done, now
        return (
            f"{self._name}: {account.waiting:,} waiting, {account.running:,} running, "
            f"{account.done:,} done, {account.failed:,} failed, {max(0.0, rate):,.0f} tasks/s, "
            f"{account.remaining:,} remaining"
        )

    def _write(self, line: str, keep: bool = False) -> None:
        with self._lock:
            try:
                if self._terminal and not keep:
                    self._out.write(_CLEAR + line)
                    self._shown = True
                else:
                    self._out.write(line + "\n")
                self._out.flush()
            except (OSError, ValueError):
                pass


class Above:
    """A stream that takes the live line away before it writes."""

    def __init__(self, under: Any, progress: Progress) -> None:
        self.under = under
        self._progress = progress

    def write(self, text: str) -> int:
        """Writes above the live line."""
        self._progress.clear()
        return int(self.under.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.under, name)


def _sum() -> Account | None:
    """The accounts of the engines that run, added up; None when there is none to ask."""
    accounts = []
    for engine in list(_live.running):
        try:
            accounts.append(engine.account())
        except (FonioError, cf.TimeoutError, cf.BrokenExecutor):
            continue
    if len(accounts) < 2:
        return accounts[0] if accounts else None
    first = accounts[0]
    return Account(*[sum(column) for column in zip(*accounts)][: len(first)])
