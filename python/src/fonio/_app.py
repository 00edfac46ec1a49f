"""The call path of an app: from `f(*args, **kwargs)` to a future in the session's buffer.

`make_app` returns a closure, as everything it needs is then a local cell (93 ns for a `__call__`,
53 for a closure). It takes no lock: `list.append` is atomic, and ids are given at flush.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from marshal import dumps as marshal_dumps
from typing import TYPE_CHECKING, Any

from fonio._arguments import Bundle, pack, stored
from fonio._codec import MARSHAL_VERSION, only_scalars, pickled
from fonio._future import ERROR, Future
from fonio._wire import CLASS, FUNCTION, frame, lines
from fonio.errors import SerializationError

if TYPE_CHECKING:
    from fonio._session import Session

MemoKey = Callable[[tuple[Any, ...], dict[str, Any]], "bytes | None"]
Prepare = Callable[[Future, tuple[Any, ...], dict[str, Any]], Any]
"""Makes the payload of a call that is not quick; None: it has taken the future over."""

_PYTHON = b"\0"
_MAX_CODE_BYTES = 128 << 20


class Function:
    """A function as it travels: once a session, pickled at its first call."""

    __slots__ = ("call", "code", "id", "name", "sent")

    def __init__(self, number: int, call: Callable[..., Any], name: str) -> None:
        self.id = number
        self.call = call
        self.name = name
        self.code: bytes | None = None
        self.sent = False

    def pickle(self) -> None:
        """Pickles the function, if that was not done yet."""
        if self.code is None:
            try:
                payload = pickled(self.call)
            except SerializationError as problem:
                raise SerializationError(f"app {self.name}: {problem}") from problem
            code = payload if isinstance(payload, bytes) else payload.join()
            if len(code) > _MAX_CODE_BYTES:
                raise SerializationError(
                    f"app {self.name}: its code and what it refers to take {len(code):,} bytes, "
                    f"the limit is {_MAX_CODE_BYTES:,}: pass large objects by fonio.share"
                )
            self.code = code

    def frame(self) -> bytes:
        """The FUNCTION frame."""
        name = self.name.encode()[:0xFFFF]
        body = _PYTHON + len(name).to_bytes(2, "little") + name + (self.code or b"")
        return frame(FUNCTION, first=self.id, body=body)


class TaskClass:
    """An interned pair of function and options; every future of it points here."""

    __slots__ = ("announced", "function", "id", "name", "options", "retry", "session")

    def __init__(
        self,
        session: Session,
        number: int,
        name: str,
        function: Function | None,
        options: Mapping[str, object],
        retry: Callable[[BaseException, Future], bool] | None = None,
    ) -> None:
        self.session = session
        self.id = number
        self.name = name
        self.function = function
        self.options = options
        self.retry = retry
        self.announced = False

    def announce(self) -> bytes:
        """The frames that make this class known to the engine."""
        self.announced = True
        function = self.function
        options = lines({"name": self.name, **self.options})
        if function is None:
            return frame(CLASS, class_id=self.id, body=options)
        head = b""
        if not function.sent:
            function.sent = True
            head = function.frame()
        return head + frame(CLASS, class_id=self.id, first=function.id, body=options)


def make_app(
    task_class: TaskClass,
    future_type: type[Future] = Future,
    memo: MemoKey | None = None,
    prepare: Prepare | None = None,
    special: frozenset[str] = frozenset(),
    always: bool = False,
) -> Callable[..., Any]:
    """The function that submits one task of the class and returns its future.

    Calls that are more than scalars, or have a keyword in `special`, or all where `always`, get
    their payload from `prepare`.
    """
    session = task_class.session
    outbox = session.outbox
    buffer = outbox.buffer
    append = buffer.append
    flush = outbox.flush
    size = len
    scalars = only_scalars
    dumps = marshal_dumps
    version = MARSHAL_VERSION
    unpickled = [task_class.function] if task_class.function is not None else []
    quick = memo is None and not always
    apart = special.isdisjoint

    def call(*args: Any, **kwargs: Any) -> Any:
        future = future_type()
        future._a = task_class
        future._s = 0
        future._i = 0
        if unpickled and not first(future):
            return future
        if kwargs or not quick:
            if (
                quick
                and apart(kwargs)
                and scalars(map(type, kwargs.values()))
                and scalars(map(type, args))
                and size(payload := dumps([args, kwargs], version)) <= 65_536
            ):
                future._v = payload
            elif not slow(future, args, kwargs):
                return future
        elif not args:
            future._v = b""
        elif scalars(map(type, args)):
            payload = dumps(args, version)
            if size(payload) <= 65_536:
                future._v = payload
            elif not large(future, payload):
                return future
        elif not slow(future, args, kwargs):
            return future
        append(future)
        if size(buffer) >= outbox.limit:
            flush()
        return future

    def first(future: Future) -> bool:
        try:
            unpickled[0].pickle()
        except SerializationError as problem:
            return _fail(future, problem)
        unpickled.clear()
        return True

    def large(future: Future, payload: bytes) -> bool:
        try:
            future._v = stored(session, payload)
            return True
        except Exception as problem:
            return _fail(future, problem)

    def slow(future: Future, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        try:
            if prepare is None:
                packed = pack(session, args, kwargs)
            else:
                packed = prepare(future, args, kwargs)
                if packed is None:
                    return False
            key = memo(args, kwargs) if memo is not None else None
            if key is not None:
                if not isinstance(packed, Bundle):
                    packed = Bundle(packed) if type(packed) is bytes else Bundle.of(packed)
                packed.key = key
            future._v = packed
            return True
        except SerializationError as problem:
            return _fail(
                future, SerializationError(f"an argument of app {task_class.name}: {problem}")
            )
        except Exception as problem:
            return _fail(future, problem)

    return call


def _fail(future: Future, problem: BaseException) -> bool:
    future._v = problem
    future._s = ERROR
    return False
