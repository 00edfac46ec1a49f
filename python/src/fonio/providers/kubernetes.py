"""Blocks that are pods of a Kubernetes cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fonio.providers._provider import Provider


class KubernetesProvider(Provider):
    """Blocks that are pods of a Kubernetes cluster, made of the container `image`.

    A pod has at first `init_cpu` and `init_mem`, and never more than `max_cpu` and `max_mem`;
    `extra_requests` and `extra_limits` ask for other resources. `persistent_volumes` are pairs of a
    claim and the path where it is mounted. `secret` is the one by which the image is pulled.
    `kubeconfig` and its `context` say which cluster is meant, and `cmd_timeout` how many seconds a
    call of its API may take.

    The image has bash, Fonio and a Python of the version of this program, which is found as
    `python3` after `worker_init`, or as the executor's `python` says. Workers start in the image's
    working directory, with the modules of the image.
    """

    word = "kubernetes"
    shares_folders = False

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
        kubeconfig: str | None = None,
        context: str | None = None,
        cmd_timeout: float = 10,
    ) -> None:
        self._take(locals())

    def prepare(self) -> None:
        """Has the module of pods built where this runs from the source tree."""
        from fonio._builder import build

        build(self.word)
