"""What is made of checked parameters: providers, launchers, and executors that use them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar

from fonio._checks import no_parameter

Rule = Callable[[str, str, Any], Any]
_Made = TypeVar("_Made", bound="Parameters")


class Parameters:
    """The base of what is made of parameters; `word` names the kind to the engine.

    `rules` holds a rule for each parameter: it returns the value, or raises what is wrong with it.
    """

    word: ClassVar[str] = ""
    rules: ClassVar[Mapping[str, Rule]] = {}
    gone: ClassVar[Mapping[str, str]] = {}
    """Parameters of earlier Parsls that are refused, and what to do instead."""

    def __new__(cls: type[_Made], *_: Any, **given: Any) -> _Made:
        """Refuses names that are no parameters, in words that say what to do."""
        known = inspect.signature(cls.__init__).parameters
        takes_all = any([one.kind is one.VAR_KEYWORD for one in known.values()])
        for name, value in given.items():
            if takes_all or name in known:
                continue
            if name in cls.gone:
                raise TypeError(f"{cls.__name__}: {name}={value!r} is no more: {cls.gone[name]}")
            raise no_parameter(cls.__name__, name, value, known)
        return super().__new__(cls)

    def _take(self, given: Mapping[str, Any]) -> None:
        """Keeps the parameters, each as an attribute and checked; `given` may be `locals()`."""
        me = type(self).__name__
        names = [name for name in given if name in self.rules]
        for name in names:
            setattr(self, name, self.rules[name](me, name, given[name]))
        self._names = tuple(names)

    def parameters(self) -> dict[str, Any]:
        """The parameters by their names, in their order."""
        return {name: getattr(self, name) for name in self._names}

    def keys(self) -> dict[str, object]:
        """The entries of `engine.properties`, by the parameters' own names."""
        return keys_of(self.parameters())

    def __repr__(self) -> str:
        given = [f"{name}={value!r}" for name, value in self.parameters().items()]
        return f"{type(self).__name__}({', '.join(given)})"


def keys_of(parameters: Mapping[str, Any]) -> dict[str, object]:
    """The entries of parameters: None is left out, a part adds its own behind its name."""
    entries: dict[str, object] = {}
    for name, value in parameters.items():
        if isinstance(value, Parameters):
            entries[name] = value.word
            entries.update({f"{name}.{key}": own for key, own in value.keys().items()})
        elif value is not None:
            entries[name] = _text(value)
    return entries


def _text(value: Any) -> object:
    """A value as the engine reads it: 0 or 1, whole seconds without a point, lines of a list."""
    if isinstance(value, Mapping):
        return "\n".join([f"{name}={own}" for name, own in value.items()])
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join([str(item) for item in value])
    return value
