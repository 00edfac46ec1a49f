"""Whether a function's result may have attributes worth lifting (`future.attr`).

Read from its return annotation, or from its code: one that can only return constants and displays
(`return a, b`) cannot. Where in doubt it may.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_PLAIN = frozenset(
    ("None", "int", "float", "str", "bytes", "bool", "tuple", "list", "dict", "set", "complex")
)
_DISPLAYS = frozenset(
    (
        "LOAD_CONST",
        "RETURN_CONST",
        "BUILD_TUPLE",
        "BUILD_LIST",
        "BUILD_MAP",
        "BUILD_SET",
        "BUILD_STRING",
        "FORMAT_VALUE",
        "COMPARE_OP",
        "CONTAINS_OP",
        "IS_OP",
        "UNARY_NOT",
    )
)


def may_lift(function: Callable[..., Any]) -> bool:
    """False only where the result certainly is a plain value."""
    annotation = getattr(function, "__annotations__", {}).get("return", ...)
    if annotation is not ...:
        name = annotation if isinstance(annotation, str) else _name(annotation)
        return name.partition("[")[0] not in _PLAIN
    code = getattr(function, "__code__", None)
    return code is None or not _returns_displays(code)


def _name(annotation: Any) -> str:
    return "None" if annotation is None else getattr(annotation, "__name__", str(annotation))


def _returns_displays(code: Any) -> bool:
    import dis

    before = ""
    for instruction in dis.get_instructions(code):
        name = instruction.opname
        if name in ("CACHE", "EXTENDED_ARG"):
            continue
        if name == "RETURN_VALUE" and (before not in _DISPLAYS or instruction.is_jump_target):
            return False
        before = name
    return True
