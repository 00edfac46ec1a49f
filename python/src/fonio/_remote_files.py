"""Whether this process has made a File that must be staged; calls look for them only then."""

LOCAL = "file"

made: set[str] = set()
"""The schemes of such files."""
