"""Executors whose nodes are pods of Kubernetes."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from clusters import Cluster
from patience import eventually
from pods import Pods

import fonio
from fonio import python_app
from fonio.errors import BadStateException
from fonio.providers import KubernetesProvider

SOURCES = Path(__file__).resolve().parents[2] / "src"


@python_app
def surroundings() -> dict[str, str]:
    import os
    import sys

    where = {"cwd": os.getcwd(), "python": sys.executable, "path": os.pathsep.join(sys.path)}
    return {**where, "block": os.environ["FONIO_BLOCK"]}


@python_app
def double(x: int) -> int:
    return 2 * x


@pytest.fixture
def pods(tmp_path: Path) -> Iterator[Pods]:
    folder = tmp_path / "node"
    folder.mkdir()
    made = Pods(folder)
    yield made
    fonio.clear()
    made.close()


def load(cluster: Cluster, pods: Pods, blocks: int = 1, **options: Any) -> None:
    """Loads an executor of so many pods, which find the Python of this test as `python3`."""
    image = f"export PATH={Path(sys.executable).parent}:$PATH PYTHONPATH={SOURCES}"
    provider = KubernetesProvider(
        "fonio:1",
        init_blocks=blocks,
        min_blocks=blocks,
        max_blocks=blocks,
        kubeconfig=str(pods.kubeconfig()),
        worker_init=options.pop("worker_init", image),
    )
    cluster.load(provider=provider, address="127.0.0.1", **options)


def test_tasks_run_in_pods_with_what_the_image_has(cluster, pods):
    load(cluster, pods, blocks=2, encrypted=True)
    assert [double(n).result() for n in range(5)] == [0, 2, 4, 6, 8]
    seen = surroundings().result()
    assert Path(seen["cwd"]).parent == pods.folder
    assert Path(seen["python"]).parent == Path(sys.executable).parent
    assert str(Path(__file__).parent) not in seen["path"].split(os.pathsep)
    assert len(pods.names("pods")) == 2 and len(pods.names("secrets")) == 1
    token = next(cluster.home.glob("runs/*/h.token")).read_text().strip()
    assert token not in str([pods.objects[p]["spec"] for p in pods.objects if "/pods/" in p])
    fonio.clear()
    assert (pods.names("pods"), pods.names("secrets")) == ([], [])
    for process in pods.processes.values():
        assert process.wait(10) is not None


def test_environment_says_which_cluster_is_meant(cluster, pods, monkeypatch):
    monkeypatch.setenv("KUBECONFIG", str(pods.kubeconfig()))
    pods.refusal = "pods is forbidden"
    provider = KubernetesProvider("fonio:1", init_blocks=1, max_blocks=1)
    cluster.load(provider=provider, address="127.0.0.1")
    with pytest.raises(BadStateException, match="pods is forbidden"):
        double(1).result()


def test_what_a_pod_waits_for_is_explained(cluster, pods):
    pods.has_room = False
    load(cluster, pods)
    waiting = double(1)
    why = "Unschedulable: 0/3 nodes are available"
    eventually(lambda: why in str(fonio.explain(waiting)), f"{fonio.explain(waiting)}")
    assert any(why in line for line in cluster.lines().values())


def test_pod_that_dies_at_once_ends_all_tasks_with_its_last_words(cluster, pods):
    load(cluster, pods, worker_init="echo this image has no python3 >&2; exit 127")
    with pytest.raises(BadStateException, match=r"exit code 127(.|\n)*this image has no python3"):
        double(1).result()
    eventually(lambda: pods.names("pods") == [], "the pod is deleted")


def test_refusal_is_told_in_the_servers_words_with_the_next_step(cluster, pods):
    pods.refusal = 'secrets is forbidden: User "me" cannot create resource "secrets"'
    load(cluster, pods)
    with pytest.raises(BadStateException) as told:
        double(1).result()
    assert pods.refusal in str(told.value) and "docs/scaling.md" in str(told.value)


def test_launch_cmd_stands_around_the_manager(cluster, pods):
    around = "export SEEN={{block_id}}-{max_workers_per_node}; echo port {worker_port}; {command}"
    load(cluster, pods, launch_cmd=around)
    assert double(4).result() == 8
    said = pods.log(pods.names("pods")[0]).decode()
    assert re.search(r"port \d+", said)
