"""Whether this process has made a File that must be staged; calls look only then."""

made: list[str] = []
"""The schemes that were seen."""
