"""Providers of Parsl that Fonio does not have."""

from __future__ import annotations

from fonio._unsupported import Unsupported

_BY_SSH = (
    "start the machines by the cloud's own tools and use SSHProvider(hosts=[...]) for them, "
    "or run a batch system there and use its provider"
)


class AWSProvider(Unsupported):
    """Blocks on EC2: in Parsl; not offered here, its use is an UnsupportedFeatureError."""

    instead = _BY_SSH


class AzureProvider(Unsupported):
    """Blocks on Azure: in Parsl; not offered here, its use is an UnsupportedFeatureError."""

    instead = _BY_SSH


class GoogleCloudProvider(Unsupported):
    """Blocks on Google Cloud: in Parsl; not offered here, its use is an UnsupportedFeatureError."""

    instead = _BY_SSH
