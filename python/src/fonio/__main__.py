"""`python -m fonio`: `doctor`, `run PATH [ARGS]`, `--version`."""

from __future__ import annotations

import sys

_HELP = """usage: python -m fonio COMMAND

  doctor [--json]    what was found on this machine, and what it enables
  run PATH [ARGS]    runs a script, shows its progress, closes with its account
  --version          the version of this package
"""


def main(arguments: list[str]) -> int:
    """Does what the words say and returns the exit code."""
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(_HELP, end="", file=sys.stdout if arguments else sys.stderr)
        return 0 if arguments else 2
    word, *rest = arguments
    if word == "--version":
        from fonio import __version__

        print(f"fonio {__version__}")
        return 0
    if word == "run":
        from fonio.run import main as run

        return run(rest)
    if word == "doctor" and rest in ([], ["--json"]):
        from fonio._doctor import main as doctor

        return doctor(as_json=bool(rest))
    print(f"fonio: {' '.join(arguments)!r} is no command\n{_HELP}", end="", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
