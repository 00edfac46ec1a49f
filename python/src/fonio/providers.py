"""Providers of Parsl, which this version does not have: it runs on this machine."""

from __future__ import annotations

from fonio._unsupported import Unsupported

_HERE = "use DirectExecutor(workers=N), which needs no provider"


class LocalProvider(Unsupported):
    """Blocks on this machine."""

    instead = _HERE


class SlurmProvider(Unsupported):
    """Blocks by Slurm."""

    instead = _HERE


class PBSProProvider(Unsupported):
    """Blocks by PBS Pro."""

    instead = _HERE


class TorqueProvider(Unsupported):
    """Blocks by Torque."""

    instead = _HERE


class LSFProvider(Unsupported):
    """Blocks by LSF."""

    instead = _HERE


class GridEngineProvider(Unsupported):
    """Blocks by Grid Engine."""

    instead = _HERE


class CondorProvider(Unsupported):
    """Blocks by HTCondor."""

    instead = _HERE


class KubernetesProvider(Unsupported):
    """Blocks as pods."""

    instead = _HERE


class AWSProvider(Unsupported):
    """Blocks on EC2."""

    instead = _HERE


class AzureProvider(Unsupported):
    """Blocks on Azure."""

    instead = _HERE


class GoogleCloudProvider(Unsupported):
    """Blocks on Google Cloud."""

    instead = _HERE
