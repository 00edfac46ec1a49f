"""Puts the engine's jar into the wheel; builds it by `../mvnw` when it is not there."""

import subprocess
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

JAR = "fonio-engine.jar"


class EngineJar(BuildHookInterface):
    """The hook that hatchling calls before it makes a wheel."""

    def initialize(self, version, build_data):
        if self.target_name != "wheel" or version == "editable":
            return
        here = Path(self.root)
        bundled = here / "src" / "fonio" / "_java" / JAR
        if bundled.is_file():
            return
        tree = here.parent
        built = tree / "engine" / "target" / JAR
        if not built.is_file():
            wrapper = tree / "mvnw"
            if not wrapper.is_file():
                raise RuntimeError(
                    f"the engine's jar is missing: neither {bundled} nor {built} is there, "
                    f"and there is no {wrapper} to build it; install from the source tree"
                )
            command = [
                str(wrapper),
                "-B",
                "-ntp",
                "-q",
                "-Dquick",
                "-pl",
                "engine",
                "-am",
                "package",
            ]
            if subprocess.run(command, cwd=tree).returncode or not built.is_file():
                raise RuntimeError(
                    f"building the engine failed: run {' '.join(command)} in {tree} to see why"
                )
        build_data["force_include"][str(built)] = f"fonio/_java/{JAR}"
