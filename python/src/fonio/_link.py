"""Links: the stream of bytes between a client or worker and its engine, by socket or by rings.

Both kinds have `fill` (bytes that are there, b"" for none, None when the peer is gone), `write`
(how many bytes fitted, None when the peer is gone) and `wait`. One thread at a time may write, and
one at a time may fill and wait; the session's locks see to it. The rings' control words are u64
stores and loads through a memoryview, which CPython does in one instruction each; it has no full
fence for the sleeping flags, so every wait ends after 100 ms and looks again. A rest may be longer:
it takes a lock before it looks, whose locked instruction is a full fence on x86-64.
"""

from __future__ import annotations

import mmap
import os
import select
import socket
from _thread import allocate_lock
from os import sched_yield
from typing import Protocol

from fonio._wire import MalformedFrame

PAGE = 4096
MAX_WAIT_MS = 100
YIELDS = 30
EAGER_YIELDS = 300

TAIL, HEAD, CONSUMER_SLEEPS, PRODUCER_SLEEPS = 0, 8, 16, 24
RUNNING, RECALL_FROM, RECALL_TO = 128, 128, 129
_BELL = b"\x01"
_fence = allocate_lock()


class Link(Protocol):
    """A stream of bytes each way."""

    def fill(self) -> bytes | None:
        """The bytes that are there; None when the peer is gone."""

    def write(self, data: bytes | memoryview) -> int | None:
        """Writes what fits and returns how many bytes that were; None when the peer is gone."""

    def wait(self, timeout_ms: int, for_room: bool = False, yields: int = YIELDS) -> bool:
        """Waits until there is something to read (or room); False when the peer is gone.

        Before it sleeps it gives its core away so many times, which on an idle core is half a
        microsecond each.
        """

    def rest(self, timeout_ms: int) -> bool:
        """Waits for something to read and costs little: for who has long had nothing to do."""

    def alive(self) -> bool:
        """Whether the peer is still there, as far as one can see without waiting."""

    def close(self) -> None:
        """Ends this side."""


class SocketLink:
    """A link over a Unix stream socket."""

    def __init__(self, connection: socket.socket) -> None:
        connection.setblocking(False)
        self._socket = connection
        self._readable = select.poll()
        self._readable.register(connection, select.POLLIN)
        self._either = select.poll()
        self._either.register(connection, select.POLLIN | select.POLLOUT)

    def fill(self) -> bytes | None:
        try:
            return self._socket.recv(262_144) or None
        except BlockingIOError:
            return b""
        except OSError:
            return None

    def write(self, data: bytes | memoryview) -> int | None:
        try:
            return self._socket.send(data)
        except BlockingIOError:
            return 0
        except OSError:
            return None

    def wait(self, timeout_ms: int, for_room: bool = False, yields: int = YIELDS) -> bool:
        if for_room:
            self._either.poll(min(timeout_ms, MAX_WAIT_MS))
            return True
        poll = self._readable.poll
        for _ in range(yields):
            if poll(0):
                return True
            sched_yield()
        poll(min(timeout_ms, MAX_WAIT_MS))
        return True

    def rest(self, timeout_ms: int) -> bool:
        self._readable.poll(timeout_ms)
        return True

    def alive(self) -> bool:
        return socket_alive(self._socket)

    def close(self) -> None:
        self._socket.close()


class RingLink:
    """A link over two rings in shared memory; the socket is doorbell and sign of life."""

    def __init__(self, connection: socket.socket, memory: mmap.mmap, capacity: int) -> None:
        connection.setblocking(False)
        self._socket = connection
        self._memory = memory
        self._capacity = capacity
        view = memoryview(memory)
        down = PAGE + capacity
        self.up = view[:PAGE].cast("Q")
        self.down = view[down : down + PAGE].cast("Q")
        self._up_data = PAGE
        self._down_data = down + PAGE
        self._poll = select.poll()
        self._poll.register(connection, select.POLLIN)
        self._gone = False

    def fill(self) -> bytes | None:
        control = self.down
        tail = control[TAIL]
        head = control[HEAD]
        if tail == head:
            return None if self._gone else b""
        capacity = self._capacity
        size = tail - head
        if not 0 < size <= capacity:
            raise MalformedFrame(f"a ring of {capacity} bytes claims to hold {size}")
        start = self._down_data + (head & (capacity - 1))
        end = start + size
        limit = self._down_data + capacity
        memory = self._memory
        if end <= limit:
            data = memory[start:end]
        else:
            data = memory[start:limit] + memory[self._down_data : end - capacity]
        control[HEAD] = tail
        if control[PRODUCER_SLEEPS]:
            control[PRODUCER_SLEEPS] = 0
            self._ring()
        return data

    def write(self, data: bytes | memoryview) -> int | None:
        if self._gone:
            return None
        control = self.up
        capacity = self._capacity
        tail = control[TAIL]
        room = capacity - (tail - control[HEAD])
        if not 0 <= room <= capacity:
            self._gone = True  # its reader has written nonsense into it
            return None
        size = min(len(data), room)
        if not size:
            return 0
        if size < len(data):
            data = data[:size]
        start = self._up_data + (tail & (capacity - 1))
        end = start + size
        limit = self._up_data + capacity
        memory = self._memory
        if end <= limit:
            memory[start:end] = data
        else:
            cut = limit - start
            memory[start:limit] = data[:cut]
            memory[self._up_data : end - capacity] = data[cut:]
        control[TAIL] = tail + size
        if control[CONSUMER_SLEEPS]:
            control[CONSUMER_SLEEPS] = 0
            self._ring()
        return size

    def wait(self, timeout_ms: int, for_room: bool = False, yields: int = YIELDS) -> bool:
        for _ in range(yields):
            if self._ready(for_room):
                return True
            sched_yield()
        down = self.down
        up = self.up
        try:
            down[CONSUMER_SLEEPS] = 1
            if for_room:
                up[PRODUCER_SLEEPS] = 1
            if self._ready(for_room):
                return True
            if self._poll.poll(min(timeout_ms, MAX_WAIT_MS)):
                self._listen()
        finally:
            down[CONSUMER_SLEEPS] = 0
            if for_room:
                up[PRODUCER_SLEEPS] = 0
        return not self._gone

    def rest(self, timeout_ms: int) -> bool:
        down = self.down
        down[CONSUMER_SLEEPS] = 1
        try:
            _fence.acquire(False)
            _fence.release()
            if self._ready(False):
                return True
            if self._poll.poll(timeout_ms):
                self._listen()
        finally:
            down[CONSUMER_SLEEPS] = 0
        return not self._gone

    def alive(self) -> bool:
        if not self._gone:
            self._listen()
        return not self._gone

    def close(self) -> None:
        self._gone = True
        self._socket.close()

    def _ready(self, for_room: bool) -> bool:
        down = self.down
        up = self.up
        if down[TAIL] != down[HEAD]:
            return True
        return for_room and up[TAIL] - up[HEAD] < self._capacity

    def _ring(self) -> None:
        try:
            self._socket.send(_BELL)
        except BlockingIOError:
            pass  # its socket is full of bells that it has not heard yet
        except OSError:
            self._gone = True

    def _listen(self) -> None:
        try:
            if not self._socket.recv(4096):
                self._gone = True
        except BlockingIOError:
            pass
        except OSError:
            self._gone = True


def socket_alive(connection: socket.socket) -> bool:
    """Whether the peer still holds its end of the socket."""
    try:
        return bool(connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except BlockingIOError:
        return True
    except OSError:
        return False


def make_ring_file(path: str, capacity: int) -> mmap.mmap:
    """A new ring file, allocated whole, and its mapping."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.posix_fallocate(descriptor, 0, 2 * (PAGE + capacity))
        return mmap.mmap(descriptor, 2 * (PAGE + capacity))
    finally:
        os.close(descriptor)


def map_ring_file(path: str, capacity: int) -> mmap.mmap:
    """The mapping of a ring file that the listener made."""
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        return mmap.mmap(descriptor, 2 * (PAGE + capacity))
    finally:
        os.close(descriptor)
