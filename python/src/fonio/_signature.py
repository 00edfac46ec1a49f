"""What the signature of an app's body says about the keywords that Fonio reads."""

from __future__ import annotations

from typing import Any

SPECIAL = frozenset(
    (
        "walltime",
        "parsl_resource_specification",
        "outputs",
        "stdout",
        "stderr",
        "_parsl_staging_inhibit",
    )
)
"""The keywords of a call that are Fonio's too."""


def accepted(body: Any) -> frozenset[str] | None:
    """The keywords that the body names; None: any, or not known."""
    code = getattr(body, "__code__", None)
    if code is None or code.co_flags & 0x08:
        return None if code is not None else _of_signature(body)
    return frozenset(
        code.co_varnames[code.co_posonlyargcount : code.co_argcount + code.co_kwonlyargcount]
    )


def _of_signature(body: Any) -> frozenset[str] | None:
    import inspect

    try:
        parameters = inspect.signature(body).parameters.values()
    except (TypeError, ValueError):
        return frozenset()
    if any([p.kind is p.VAR_KEYWORD for p in parameters]):
        return None
    return frozenset([p.name for p in parameters if p.kind is not p.VAR_POSITIONAL])


def defaults(body: Any) -> dict[str, Any]:
    """The values in the body's signature, of those keywords that Fonio reads."""
    code = getattr(body, "__code__", None)
    if code is None:
        return {}
    names = code.co_varnames[: code.co_argcount]
    values = getattr(body, "__defaults__", None) or ()
    found = dict(zip(names[len(names) - len(values) :], values))
    found.update(getattr(body, "__kwdefaults__", None) or {})
    return {k: v for k, v in found.items() if k in SPECIAL and v not in (None, [])}
