"""The future of an app's call under Parsl's module name."""

from fonio._app_future import AppFuture

__all__ = ["AppFuture"]
