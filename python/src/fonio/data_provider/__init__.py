"""Parsl's places of files and their staging; see `fonio.data` and `fonio.staging`."""
