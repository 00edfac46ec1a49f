"""Dependency resolvers under Parsl's module name."""

from fonio.dependency_resolvers import (
    DEEP_DEPENDENCY_RESOLVER,
    SHALLOW_DEPENDENCY_RESOLVER,
    DependencyResolver,
    deep_traverse_to_gather,
    deep_traverse_to_unwrap,
    shallow_traverse_to_gather,
    shallow_traverse_to_unwrap,
)

__all__ = [
    "DEEP_DEPENDENCY_RESOLVER",
    "SHALLOW_DEPENDENCY_RESOLVER",
    "DependencyResolver",
    "deep_traverse_to_gather",
    "deep_traverse_to_unwrap",
    "shallow_traverse_to_gather",
    "shallow_traverse_to_unwrap",
]
