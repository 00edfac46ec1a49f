"""Arguments that are more than scalars: containers, arrays, futures; the slow half of a call.

A pending future of this session becomes a *parent*: the engine puts its bytes in. So does one whose
result is large and was not read here; any other that has ended gives its value. A
`concurrent.futures.Future` of somebody else becomes a promise that ends with it.
A future may stand at top level, as a keyword, or in a list or `inputs=[...]` there.
"""

from __future__ import annotations

import concurrent.futures as cf
from typing import TYPE_CHECKING, Any

from fonio._arguments_in import place
from fonio._codec import SCALARS, Payload, encode_arguments, encode_places
from fonio._future import CANCELLED, ERROR, LARGE, Future, Large
from fonio._wire import INLINE_BYTES
from fonio.errors import DependencyError

if TYPE_CHECKING:
    from fonio._session import Session


class Bundle:
    """A payload with more than bytes: parents, a memo key, or in a segment."""

    __slots__ = ("args", "key", "kwargs", "large", "parents", "payload", "places")

    def __init__(self, payload: bytes, large: bool = False) -> None:
        self.payload = payload
        self.large = large
        self.parents: tuple[Future, ...] = ()
        self.places: list[Any] = []
        self.args: tuple[Any, ...] = ()
        self.kwargs: dict[str, Any] = {}
        self.key: bytes | None = None

    @staticmethod
    def of(parent: Future) -> Bundle:
        """The arguments of a call with one future and nothing else."""
        bundle = Bundle(b"")
        bundle.parents = (parent,)
        bundle.places = [0]
        bundle.args = (None,)
        return bundle


def pack(session: Session, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The payload of a call, or a Bundle; a lone parent stands for itself."""
    if len(args) == 1 and not kwargs:
        only = args[0]
        if isinstance(only, Future) and only._a.session is session and at_engine(session, only):
            return only
    parents: list[Future] = []
    places: list[Any] = []
    new_args: list[Any] | None = None
    for position, value in enumerate(args):
        changed = _resolve(session, value, position, parents, places)
        if changed is not value:
            if new_args is None:
                new_args = list(args)
            new_args[position] = changed
    new_kwargs = kwargs
    for key, value in kwargs.items():
        if key == "inputs" and type(value) is tuple:
            value = list(value)
        changed = _resolve(session, value, key, parents, places)
        if changed is not kwargs[key]:
            if new_kwargs is kwargs:
                new_kwargs = dict(kwargs)
            new_kwargs[key] = changed
    given = args if new_args is None else tuple(new_args)
    if parents:
        return _with_parents(session, given, new_kwargs, parents, places)
    return stored(session, encode_arguments(given, new_kwargs))


def stored(session: Session, payload: Payload) -> Any:
    """The payload as it is, or a Bundle of a reference where it is too large for a frame."""
    if len(payload) > INLINE_BYTES:
        return Bundle(session.segments.store(payload), large=True)
    return payload if isinstance(payload, bytes) else payload.join()


def at_engine(session: Session, future: Future) -> bool:
    """Whether the engine has the result for certain, or will have it, and a task may name it.

    What is too large for a frame stays there until the client tells that it was read or dropped,
    which it does behind the tasks that it submits. The next engine of a durable run lacks it.
    """
    state = future._s
    if state != LARGE:
        return not state
    held = future._v
    return type(held) is Large and not held.status and session.revival is None


def settle(session: Session, bundle: Bundle) -> None:
    """Replaces parents that have ended, which the engine may have forgotten, by their values."""
    # once, as more may end meanwhile
    ended = [not at_engine(session, parent) for parent in bundle.parents]
    key = None if bundle.key is None else _key_with(bundle.key, bundle.parents, ended)
    parents: list[Future] = []
    places: list[Any] = []
    known: dict[Any, Any] = {}
    for parent, where, over in zip(bundle.parents, bundle.places, ended):
        if over:
            known[where] = value_of(parent)
        else:
            parents.append(parent)
            places.append(where)
    args, kwargs = place(bundle.args, dict(bundle.kwargs), [*known], [*known.values()])
    if parents:
        again = _with_parents(session, tuple(args), kwargs, parents, places)
        bundle.payload, bundle.large = again.payload, again.large
        bundle.parents, bundle.places = again.parents, again.places
        bundle.args, bundle.kwargs = again.args, again.kwargs
    else:
        packed = stored(session, encode_arguments(tuple(args), kwargs))
        bundle.parents = ()
        bundle.payload = packed.payload if isinstance(packed, Bundle) else packed
        bundle.large = isinstance(packed, Bundle)
    bundle.key = key


def _key_with(key: bytes, parents: tuple[Future, ...], ended: list[bool]) -> bytes | None:
    """The memo key with the results that the engine will not see as parents."""
    from fonio._memo_key import folded

    try:
        return folded(key, [parent for parent, over in zip(parents, ended) if over])
    except Exception:
        return None  # a parent has failed, and so does the call


def value_of(parent: Future) -> Any:
    """The value of a future that has ended; raises DependencyError when it did not end well."""
    if parent._s != CANCELLED:
        parent._decode()
        if parent._s != ERROR:
            return parent._v
        cause: BaseException = parent._v
    else:
        cause = cf.CancelledError()
    name = f"{parent._a.name} (task {parent._i})" if parent._i else parent._a.name
    error = DependencyError(name, parent._i)
    error.__cause__ = cause
    raise error


def _resolve(
    session: Session, value: Any, place: Any, parents: list[Future], places: list[Any]
) -> Any:
    """The value to send; a future is noted as a parent and leaves None, or gives its value."""
    if isinstance(value, cf.Future):
        return _future(session, value, place, parents, places)
    if type(value) is list and _holds_futures(value):
        return [
            _future(session, item, (place, index), parents, places)
            if isinstance(item, cf.Future)
            else item
            for index, item in enumerate(value)
        ]
    return value


def _holds_futures(values: list[Any]) -> bool:
    kinds = set(map(type, values))
    return not kinds <= SCALARS and any([issubclass(kind, cf.Future) for kind in kinds])


def _future(
    session: Session,
    future: cf.Future[Any],
    place: Any,
    parents: list[Future],
    places: list[Any],
) -> Any:
    if isinstance(future, Future) and future._a.session is session:
        if not at_engine(session, future):
            return value_of(future)
        parent = future
    else:
        parent = session.adopt(future)
        if parent._s:
            return value_of(parent)
    parents.append(parent)
    places.append(place)
    return None


def _with_parents(
    session: Session,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    parents: list[Future],
    places: list[Any],
) -> Bundle:
    packed = stored(session, encode_places(args, kwargs, places))
    bundle = packed if isinstance(packed, Bundle) else Bundle(packed)
    bundle.parents = tuple(parents)
    bundle.places = places
    bundle.args = args
    bundle.kwargs = kwargs
    return bundle
