"""Puts the engine's jars into the wheel; builds those that are not there by `../mvnw`."""

import subprocess
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODULES = ("engine", "kubernetes")


class EngineJars(BuildHookInterface):
    """The hook that hatchling calls before it makes a wheel."""

    def initialize(self, version, build_data):
        if self.target_name != "wheel" or version == "editable":
            return
        for module in MODULES:
            jar = f"fonio-{module}.jar"
            bundled = Path(self.root) / "src" / "fonio" / "_java" / jar
            if not bundled.is_file():
                built = self.built(module, jar, bundled)
                build_data["force_include"][str(built)] = f"fonio/_java/{jar}"

    def built(self, module, jar, bundled):
        """The jar in the source tree."""
        tree = Path(self.root).parent
        built = tree / module / "target" / jar
        if built.is_file():
            return built
        wrapper = tree / "mvnw"
        if not wrapper.is_file():
            raise RuntimeError(
                f"the jar of the module {module} is missing: neither {bundled} nor {built} is "
                f"there, and there is no {wrapper} to build it; install from the source tree"
            )
        command = [
            str(wrapper),
            "-B",
            "-ntp",
            "-q",
            "-Dquick",
            "-pl",
            module,
            "-am",
            "package",
        ]
        if subprocess.run(command, cwd=tree).returncode or not built.is_file():
            raise RuntimeError(
                f"building the module {module} failed: run {' '.join(command)} in {tree} to see why"
            )
        return built
