"""Blocks that are pods of a Kubernetes cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fonio.providers._provider import Provider


class KubernetesProvider(Provider):
    """Blocks that are pods of a Kubernetes cluster, made of the container `image`.

    A pod has at first `init_cpu` and `init_mem`, and never more than `max_cpu` and `max_mem`;
    `extra_requests` and `extra_limits` ask for other resources. `persistent_volumes` are pairs of a
    claim and the path where it is mounted. The image has Fonio and the Python of this program.
    """

    word = "kubernetes"

    def __init__(
        self,
        image: str,
        namespace: str = "default",
        nodes_per_block: int = 1,
        init_blocks: int = 4,
        min_blocks: int = 0,
        max_blocks: int = 10,
        max_cpu: float = 2,
        max_mem: str = "500Mi",
        init_cpu: float = 1,
        init_mem: str = "250Mi",
        extra_requests: Mapping[str, str] | None = None,
        extra_limits: Mapping[str, str] | None = None,
        parallelism: float = 1,
        worker_init: str = "",
        pod_name: str | None = None,
        user_id: str | None = None,
        group_id: str | None = None,
        run_as_non_root: bool = False,
        secret: str | None = None,
        persistent_volumes: Sequence[tuple[str, str]] = (),
        service_account_name: str | None = None,
        annotations: Mapping[str, str] | None = None,
    ) -> None:
        self._take(locals())
