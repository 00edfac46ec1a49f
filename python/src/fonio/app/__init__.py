"""Parsl's place of the errors of apps; see `fonio.errors`."""
