"""The decorators: `python_app`, `bash_app` and `join_app`, with all of Parsl's arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from fonio import _current
from fonio._app_function import AppFunction
from fonio._app_spec import BASH, JOIN, PYTHON, AppSpec, labels
from fonio._checks import a_callable, at_least, of_type, one_of
from fonio.errors import NestedUseError, NoDataFlowKernelError, UnsupportedFeatureError

if TYPE_CHECKING:
    from fonio._dfk import DataFlowKernel

_LOST = ("rerun", "fail")


def python_app(
    function: Callable[..., Any] | None = None,
    data_flow_kernel: DataFlowKernel | None = None,
    cache: bool = False,
    executors: str | Sequence[str] = "all",
    ignore_for_cache: Sequence[str] | None = None,
    **options: Any,
) -> Any:
    """A Python function whose calls are tasks; each call returns a `Future` at once.

    Futures are arguments, also in lists: the task waits for them. `cache` keeps results by their
    arguments (and the function's code, unless `memo_code=False`). `executors` are the labels of
    those that may run it. Options: `retries`, `priority` (lower first), `walltime` in seconds,
    `on_worker_lost` ('rerun' or 'fail'); `app.with_options(retries=2)` is the same app with
    others, `app.map(xs)` is `fonio.map(app, xs)`. A call while no engine is loaded is a
    NoDataFlowKernelError.

    >>> import fonio
    >>> @fonio.python_app(retries=1)
    ... def add(a, b):
    ...     return a + b
    >>> with fonio.load():
    ...     print(add(add(1, 2), b=4).result())
    7
    """
    return _decorated(
        PYTHON, function, data_flow_kernel, cache, executors, ignore_for_cache, options
    )


def bash_app(
    function: Callable[..., Any] | None = None,
    data_flow_kernel: DataFlowKernel | None = None,
    cache: bool = False,
    executors: str | Sequence[str] = "all",
    ignore_for_cache: Sequence[str] | None = None,
    **options: Any,
) -> Any:
    """A Python function that returns a command line, which bash runs in a worker.

    The options are those of `python_app`; a walltime kills all that the command started. The future
    ends with 0, or in BashExitFailure with the exit code. The parameters `stdout` and `stderr` of
    the function name files that its streams go to (AUTO_LOGNAME: one that is named after the
    task), `inputs` and `outputs` are lists of `File`; an output that is missing at the end is a
    MissingOutputs.

    >>> import fonio
    >>> @fonio.bash_app
    ... def greet(name, stdout=None):
    ...     return f"echo hello {name}"
    >>> with fonio.load():
    ...     greet("world", stdout="greeting.txt").result()
    0
    >>> open("greeting.txt").read().strip()
    'hello world'
    """
    return _decorated(BASH, function, data_flow_kernel, cache, executors, ignore_for_cache, options)


def join_app(
    function: Callable[..., Any] | None = None,
    data_flow_kernel: DataFlowKernel | None = None,
    cache: bool = False,
    ignore_for_cache: Sequence[str] | None = None,
    **options: Any,
) -> Any:
    """A Python function that runs in this process, calls apps and returns their future or futures.

    Its own future ends with the value of that future, or with the list of the values; in JoinError
    when one of them fails. The options are those of `python_app`.

    >>> import fonio
    >>> @fonio.python_app
    ... def add(a, b):
    ...     return a + b
    >>> @fonio.join_app
    ... def fibonacci(n):
    ...     return add(fibonacci(n - 1), fibonacci(n - 2)) if n > 2 else add(1, 0)
    >>> with fonio.load():
    ...     print(fibonacci(7).result())
    13
    """
    return _decorated(JOIN, function, data_flow_kernel, cache, "all", ignore_for_cache, options)


def _decorated(
    kind: str,
    function: Any,
    kernel: Any,
    cache: Any,
    executors: Any,
    ignore: Any,
    options: dict[str, Any],
) -> Any:
    me = f"{kind}_app"
    spec = AppSpec(
        kind,
        _nothing,
        kernel,
        of_type(me, "cache", cache, bool, "a bool"),
        labels(executors),
        tuple(ignore or ()),
        **checked(me, options),
    )

    def decorate(body: Any) -> Any:
        return app(spec._replace(body=a_callable(me, "function", body)))

    return decorate if function is None else decorate(function)


def app(spec: AppSpec) -> Any:
    """The app: a function with `with_options` and `map`."""

    def open_path() -> Callable[..., Any]:
        from fonio._attach import call_path

        kernel = spec.kernel if spec.kernel is not None else _loaded(spec)
        kernel.attached(holder)
        return call_path(kernel, spec)

    holder = AppFunction(spec.body, open_path)

    def with_options(**options: Any) -> Any:
        """The same app with other options."""
        return app(spec._replace(**checked(spec.name, options)))

    def map_over(*iterables: Iterable[Any], **options: Any) -> Any:
        """The lazy, ordered results over the elements; see `fonio.map`."""
        from fonio._many import map as many

        return many(spec.body, *iterables, **options)

    function = holder.function
    function.with_options = with_options  # type: ignore[attr-defined]
    function.map = map_over  # type: ignore[attr-defined]
    function._fonio_app = holder  # type: ignore[attr-defined]
    return function


def checked(me: str, options: dict[str, Any]) -> dict[str, Any]:
    """The options of an app, each with its type."""
    for name, value in options.items():
        if value is None:
            continue
        if name in ("retries", "priority"):
            at_least(me, name, value, 0 if name == "retries" else -(1 << 31))
        elif name == "walltime":
            of_type(me, name, value, (int, float), "seconds")
        elif name == "on_worker_lost":
            one_of(me, name, value, _LOST)
        elif name in ("memo_code", "cache"):
            of_type(me, name, value, bool, "a bool")
        elif name == "resources":
            raise UnsupportedFeatureError(
                f"{me}: resources={value!r} would have no effect, as a worker of this machine runs "
                "one task at a time: leave it out, and choose DirectExecutor(workers=...)"
            )
        elif name not in ("executors", "ignore_for_cache"):
            raise TypeError(f"{me} has no option {name!r} (value {value!r})")
    options = {k: v for k, v in options.items() if k != "resources"}
    if "executors" in options:
        options["executors"] = labels(options["executors"])
    if "ignore_for_cache" in options:
        options["ignore_for_cache"] = tuple(options["ignore_for_cache"] or ())
    return options


def _loaded(spec: AppSpec) -> DataFlowKernel:
    kernel = _current.loaded()
    if kernel is None:
        from fonio import _role

        if _role.inside_worker:
            raise NestedUseError(
                f"app {spec.name} was called inside a worker: call it from a join_app, "
                "which runs in the client"
            )
        raise NoDataFlowKernelError(
            f"app {spec.name} was called and no engine is loaded: call fonio.load() first"
        )
    return kernel


def _nothing() -> None:
    """The body of an app that has none yet."""
