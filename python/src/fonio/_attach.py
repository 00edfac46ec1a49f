"""From an app and an engine to the call path: which class, which keys, which detour.

A python app of one executor with workers takes the quick path; keywords in `SPECIAL`, several
executors, threads, bash and join bodies take `prepare`, which may choose another class for the call
or take the future over.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fonio import _detours
from fonio._app import make_app
from fonio._app_classes import AppClasses
from fonio._app_future import AppFuture, LiftingFuture
from fonio._app_spec import BASH, JOIN, PYTHON, AppSpec
from fonio._arguments import pack
from fonio._lifting import may_lift
from fonio._resources import Options, options_of, priority_of
from fonio._signature import SPECIAL, accepted, defaults
from fonio.errors import ConfigurationError
from fonio.executors.threads import ThreadPoolExecutor

if TYPE_CHECKING:
    from fonio._app import Prepare
    from fonio._dfk import DataFlowKernel
    from fonio._future import Future
    from fonio.dependency_resolvers import DependencyResolver


def call_path(kernel: DataFlowKernel, spec: AppSpec) -> Callable[..., Any]:
    """The function that submits a call of the app to this engine."""
    return kernel.path(spec, lambda: _Path(kernel, spec).open())


class _Path:
    """What is known once for all calls of an app on an engine."""

    def __init__(self, kernel: DataFlowKernel, spec: AppSpec) -> None:
        self.kernel = kernel
        self.spec = spec
        self.session = kernel.session
        self.lanes = _lanes(kernel, spec)
        self.on_mpi = any([getattr(kernel.executors[e], "word", "") == "mpi" for e in self.lanes])
        self.accepts = accepted(spec.body)
        self.defaults = defaults(spec.body)
        self.own_memo = False
        self.hasher = self.memo_key()
        self.classes = AppClasses(kernel, spec)

    @property
    def resolver(self) -> DependencyResolver:
        """What finds the futures among a call's arguments."""
        from fonio.dependency_resolvers import SHALLOW_DEPENDENCY_RESOLVER

        return self.kernel.config.dependency_resolver or SHALLOW_DEPENDENCY_RESOLVER

    def open(self) -> Callable[..., Any]:
        spec = self.spec
        future_type = LiftingFuture if spec.kind != BASH and may_lift(spec.body) else AppFuture
        remote = [
            lane
            for lane in self.lanes
            if not isinstance(self.kernel.executors[lane], ThreadPoolExecutor)
        ]
        if remote and spec.kind == PYTHON:
            task_class = self.classes.of(remote[0])
        else:
            task_class = self.session.make_class(None, name=spec.name)
        always = (
            spec.kind != PYTHON
            or len(self.lanes) != 1
            or not remote
            or self.on_mpi
            or self.hasher is not None
            or self.own_memo
            or bool(self.defaults)
        )
        return make_app(task_class, future_type, None, self._preparation(), SPECIAL, always)

    def _preparation(self) -> Prepare:
        """The `prepare` of this kind of app."""
        if self.spec.kind == JOIN:
            from fonio._join import Join

            return Join(self).prepare
        if self.spec.kind == BASH:
            from fonio._bash import Bash

            return Bash(self).prepare
        return self.prepare

    def memo_key(self) -> Any:
        """The function that hashes a call, for a cached app."""
        memoizer = self.kernel.memoizer
        if not self.spec.cache or (memoizer is not None and not memoizer.memoize):
            return None
        from fonio.memoization import BasicMemoizer, key_of_calls

        if memoizer is None or type(memoizer) is BasicMemoizer:
            return key_of_calls(self.spec)
        from fonio._own_memo import is_own
        from fonio.memoization import key_by_hash

        self.own_memo = is_own(memoizer)
        if self.own_memo:
            return None
        if isinstance(memoizer, BasicMemoizer):
            return key_by_hash(memoizer, self)
        return key_of_calls(self.spec)

    def prepare(self, future: Future, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """The payload of a python app's call."""
        given = {**self.defaults, **kwargs} if self.defaults else kwargs
        if SPECIAL.isdisjoint(given):
            self.note_resources(future, None)
            return self.send(future, args, given, self.spec.walltime)
        walltime = given.get("walltime", self.spec.walltime)
        self.note_resources(future, given.get("parsl_resource_specification"))
        for name in ("stdout", "stderr"):
            if given.get(name) is not None:
                future.__dict__["_" + name] = given[name]
        outputs = given.get("outputs")
        if self.accepts is not None:
            given = {k: v for k, v in given.items() if k not in SPECIAL or k in self.accepts}
        packed = self.send(future, args, given, walltime)
        self.announce_files(future, outputs)
        return packed

    def note_resources(self, future: Future, resources: Any) -> None:
        """Keeps a call's resource specification, checked for each executor that may run it."""
        if not resources and not self.on_mpi:
            return
        for lane in self.lanes:
            options_of(self.spec.name, resources, self.kernel.executors[lane])
        if resources:
            future.__dict__["_resources"] = resources

    def announce_files(self, future: Future, outputs: Any) -> None:
        """Gives the future a DataFuture for each file that the call makes."""
        known = future.__dict__
        streams = [s for s in ("_stdout", "_stderr") if hasattr(known.get(s), "cleancopy")]
        if not outputs and not streams:
            return
        from fonio.data import DataFuture, outputs_of

        if outputs:
            known["_outputs"] = outputs_of(future, outputs)
        for stream in streams:
            known[stream] = DataFuture(future, known[stream])

    def send(
        self,
        future: Future,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        walltime: float | None,
        body: Any = None,
    ) -> Any:
        """The payload of a call that the engine runs, or None where it took a detour."""
        lane = self.lanes[0] if len(self.lanes) == 1 else random.choice(self.lanes)
        if _detours.taken(self, self.kernel.executors[lane], future, args, kwargs, walltime, body):
            return None
        return self.packed(future, args, kwargs, lane, walltime, body)

    def packed(
        self,
        future: Future,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        lane: str,
        walltime: float | None,
        body: Any = None,
    ) -> Any:
        """The payload of a call that goes to the engine as it is, its class and its memo key."""
        priority = self.spec.priority
        needs: Options = ()
        resources = future._resources  # type: ignore[attr-defined]
        if resources is not None:
            executor = self.kernel.executors[lane]
            priority = priority_of(self.spec.name, resources, priority, executor)
            needs = options_of(self.spec.name, resources, executor)
        if (
            body is not None
            or len(self.lanes) > 1
            or walltime != self.spec.walltime
            or priority != self.spec.priority
            or needs
        ):
            future._a = self.classes.of(lane, walltime, body, priority, needs)
            code = future._a.function
            if code is not None:
                code.pickle()
        packed = pack(self.session, args, kwargs)
        if self.hasher is None:
            return packed
        from fonio._memo_key import keyed

        unhashed = future.__dict__.get("_unhashed")
        if unhashed:
            hashed = {k: v for k, v in kwargs.items() if k not in unhashed}
            return keyed(packed, self.hasher(args, hashed), args, kwargs)
        return keyed(packed, self.hasher(args, kwargs), args, kwargs)

    def submit(
        self,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        lane: str,
        walltime: float | None,
        body: Any = None,
        resources: Any = None,
    ) -> Future:
        """A task whose detour is behind it."""

        def prepare(future: Future, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
            if resources:
                future.__dict__["_resources"] = resources
            return self.packed(future, args, kwargs, lane, walltime, body)

        task_class = self.classes.of(lane, walltime, body)
        result: Future = make_app(task_class, AppFuture, None, prepare, SPECIAL, True)(
            *args, **kwargs
        )
        return result


def _lanes(kernel: DataFlowKernel, spec: AppSpec) -> list[str]:
    """The labels of the executors that the app may use."""
    if spec.executors == "all":
        return list(kernel.executors)
    for label in spec.executors:
        if label not in kernel.executors:
            raise ConfigurationError(
                f"app {spec.name} names the executor {label!r}: there is none of that label, "
                f"the labels are {', '.join(kernel.executors)}"
            )
    return list(spec.executors)
