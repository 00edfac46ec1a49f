"""Slurm runs jobs on two nodes, on this machine and on hosts, and leaves nothing."""

from __future__ import annotations

import os
from pathlib import Path

import leftovers
import pytest
from deadlines import until
from machines import Slurm, script


@pytest.fixture(scope="module")
def local(slurm) -> Slurm:
    return slurm(2)


@pytest.fixture(scope="module")
def spread(slurm, hosts) -> Slurm:
    return slurm(2, lab=hosts(2))


def test_a_step_runs_on_two_nodes_of_this_machine(local):
    done = local.run("srun", "-N2", "sh", "-c", "echo $SLURMD_NODENAME")
    assert sorted(done.stdout.split()) == ["node1", "node2"], done.stderr


def test_a_batch_job_runs_on_two_hosts(spread, tmp_path):
    done = spread.run("sbatch", "-N2", "--parsable", "--wrap", "srun hostname", cwd=tmp_path)
    output = tmp_path / f"slurm-{done.stdout.strip()}.out"
    until(lambda: output.exists() and len(output.read_text().split()) == 2, "both have answered")
    assert sorted(output.read_text().split()) == ["h1", "h2"]
    assert "CPUTot=2" in spread.run("scontrol", "show", "node", "h1").stdout


def test_a_host_joins_again_after_a_crash(spread):
    assert spread.lab is not None
    spread.lab.crash(1)
    spread.lab.boot(1)
    spread.boot(1)
    assert spread.run("srun", "-w", "h1", "hostname").stdout == "h1\n"


def test_several_stand_side_by_side_and_down_ends_daemons_and_jobs(slurm, local, tmp_path):
    other = slurm(1)
    assert other.run("sinfo", "-h", "-N").stdout.split()[0] == "node1"
    job = "setsid sleep 984 & echo $! >pid; sleep 984"
    other.run("sbatch", "--export=NONE", "--wrap", job, cwd=tmp_path)
    until((tmp_path / "pid").exists, "the job runs")
    until(lambda: bool((tmp_path / "pid").read_text().strip()), "the job tells its process")
    root = other.conf.parents[1]
    assert leftovers.of(str(root))
    script("slurm", "down", root)
    until(lambda: not leftovers.of(str(root), "sleep 984"), "all is gone")
    assert not Path("/proc", (tmp_path / "pid").read_text().strip()).exists() or _zombie(tmp_path)
    assert local.run("srun", "true").returncode == 0


def test_one_whose_owner_is_gone_is_swept(slurm, local, monkeypatch):
    orphan = slurm(1)
    root = orphan.conf.parents[1]
    (entry,) = (
        path for path in Path("/run/fonio-hosts").glob("*.slurm") if str(root) in path.read_text()
    )
    entry.write_text(f"{os.getpid()} 1\n{root}\n")
    script("slurm", "sweep")
    until(lambda: not leftovers.of(str(root)), "all is gone")
    assert local.run("srun", "true").returncode == 0


def _zombie(folder: Path) -> bool:
    stat = Path("/proc", (folder / "pid").read_text().strip(), "stat").read_text()
    return stat.rpartition(")")[2].split()[0] == "Z"
