"""Providers: where the blocks of an executor come from."""

from __future__ import annotations

from fonio.providers._provider import Provider
from fonio.providers.condor import CondorProvider
from fonio.providers.grid_engine import GridEngineProvider
from fonio.providers.kubernetes import KubernetesProvider
from fonio.providers.local import LocalProvider
from fonio.providers.lsf import LSFProvider
from fonio.providers.pbs import PBSProProvider, TorqueProvider
from fonio.providers.slurm import SlurmProvider
from fonio.providers.ssh import SSHProvider
from fonio.providers.unsupported import AWSProvider, AzureProvider, GoogleCloudProvider

__all__ = [
    "AWSProvider",
    "AzureProvider",
    "CondorProvider",
    "GoogleCloudProvider",
    "GridEngineProvider",
    "KubernetesProvider",
    "LSFProvider",
    "LocalProvider",
    "PBSProProvider",
    "Provider",
    "SSHProvider",
    "SlurmProvider",
    "TorqueProvider",
]
