"""An sshd answers on every host, to other hosts and to this machine."""

from __future__ import annotations

import subprocess

import pytest
from machines import script


@pytest.fixture(scope="module")
def lab(hosts):
    return hosts(2, uplink=True)


@pytest.fixture(scope="module")
def config(sshd, lab):
    return sshd(lab)


def test_a_host_runs_a_command_on_another(lab, config):
    done = lab.run(0, "ssh", "-F", config, "h2", "hostname")
    assert (done.returncode, done.stdout) == (0, "h2\n"), done.stderr


def test_this_machine_runs_a_command_on_a_host(config):
    words = ["ssh", "-F", config, "h1", "hostname; exit 7"]
    done = subprocess.run(words, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (7, "h1\n"), done.stderr


def test_it_answers_again_after_a_crash(lab, config):
    lab.crash(1)
    lab.boot(1)
    script("sshd", "boot", config.parent, 1, lab=lab.name)
    assert lab.run(2, "ssh", "-F", config, "h1", "hostname").stdout == "h1\n"
