"""`python -m fonio.run PATH [ARGS]`: runs a script, shows its progress, closes with its account.

Exit codes: 0; 1 when tasks failed or the script raised; 2 usage; 3 the machine lacks something;
4 the engine was lost; 130 interrupted. What the script gives to `sys.exit` passes through.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

USAGE = 2
ENVIRONMENT = 3
ENGINE_LOST = 4
INTERRUPTED = 130

_HELP = """usage: python -m fonio.run [--set KEY=VALUE]... PATH [ARGS]

PATH is a Python script, or a folder with a main.py. ARGS are the script's own.
--set workers=8 is stronger than what the script says; fonio.toml holds the same keys.
"""


def main(arguments: list[str]) -> int:
    """Runs what the arguments name and returns the exit code."""
    if arguments[:1] in (["-h"], ["--help"]):
        print(_HELP, end="")
        return 0
    while arguments[:1] == ["--set"]:
        key, equals, value = "".join(arguments[1:2]).partition("=")
        if not key or not equals:
            return _usage(f"--set {key} has no value: write --set KEY=VALUE, e.g. --set workers=8")
        os.environ["FONIO_" + key.upper().replace("-", "_").replace(".", "_")] = value
        os.environ["FONIO_SET"] = f"{os.environ.get('FONIO_SET', '')},{key}"
        arguments = arguments[2:]
    from fonio._chosen import check_words
    from fonio.errors import ConfigurationError

    try:
        check_words()
    except ConfigurationError as problem:
        return _usage(str(problem))
    if not arguments:
        return _usage("run what?")
    path = Path(arguments[0])
    script = path / "main.py" if path.is_dir() else path
    if not script.is_file():
        what = "has no main.py" if path.is_dir() else "is no file"
        return _usage(f"{path} {what}")
    from fonio._progress import Progress

    progress = Progress(arguments[0])
    progress.start()
    code = _run(script, arguments)
    failed = progress.finish()
    return 1 if code is None and failed else code or 0


def _run(script: Path, arguments: list[str]) -> int | None:
    """The script's exit code; None when it came to its end."""
    import runpy

    sys.argv = [str(script), *arguments[1:]]
    sys.path[0] = str(script.parent.resolve())
    try:
        runpy.run_path(str(script), run_name="__main__")
        return None
    except SystemExit as leaving:
        if leaving.code is None or isinstance(leaving.code, int):
            return leaving.code or 0
        print(leaving.code, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BaseException as problem:
        return _failed(problem, script)
    finally:
        _leave()


def _failed(problem: BaseException, script: Path) -> int:
    import traceback

    from fonio.errors import EngineLostError, EnvironmentNeeded

    if isinstance(problem, EnvironmentNeeded):
        print(f"fonio: {problem}", file=sys.stderr)
        return ENVIRONMENT
    frames = problem.__traceback__
    while frames is not None and os.path.realpath(
        frames.tb_frame.f_code.co_filename
    ) != os.path.realpath(script):
        frames = frames.tb_next
    traceback.print_exception(type(problem), problem, frames or problem.__traceback__)
    return ENGINE_LOST if isinstance(problem, EngineLostError) else 1


def _leave() -> None:
    """Ends the engines that the script left open: executors finish, loaded engines drop."""
    from fonio import _live

    for engine in list(_live.running):
        end = getattr(engine, "shutdown", None) or engine.cleanup
        try:
            end()
        except BaseException as problem:
            print(f"fonio: {type(problem).__name__}: {problem}", file=sys.stderr)


def _usage(problem: str) -> int:
    print(f"fonio: {problem}\n{_HELP}", end="", file=sys.stderr)
    return USAGE


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    sys.exit(code)
