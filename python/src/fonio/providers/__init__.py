"""Providers: where the blocks of an executor come from."""

from __future__ import annotations

from fonio.providers._provider import Provider
from fonio.providers.local import LocalProvider
from fonio.providers.slurm import SlurmProvider
from fonio.providers.unsupported import AWSProvider, AzureProvider, GoogleCloudProvider

__all__ = [
    "AWSProvider",
    "AzureProvider",
    "GoogleCloudProvider",
    "LocalProvider",
    "Provider",
    "SlurmProvider",
]
