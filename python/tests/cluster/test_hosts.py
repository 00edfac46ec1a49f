"""Hosts see each other, end and are cut off as machines are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from deadlines import until
from machines import Lab
from peers import ANSWER, PORT, WATCH, answering, call, process, silent


@pytest.fixture(scope="module")
def lab(hosts) -> Lab:
    return hosts(2, uplink=True)


def test_hosts_see_each_other_by_name_and_by_address(lab):
    with answering(lab, 0, 1, 2):
        assert [call(lab, 0, "h1"), call(lab, 1, "h2"), call(lab, 2, "h0")] == ["h1", "h2", "h0"]
        assert call(lab, 1, lab.address(2)) == "h2"


def test_a_host_has_its_own_name_processes_and_folders(lab, tmp_path):
    lab.run(1, "touch", "/tmp/mine", "/run/mine", "/dev/shm/mine")
    facts = lab.run(1, "sh", "-c", "hostname; ls /proc | grep -c '^[0-9]'; ls /tmp /run").stdout
    assert facts.split()[0] == "h1" and int(facts.split()[1]) < 8, facts
    assert "mine" in facts and "mine" not in lab.run(2, "ls", "/tmp", "/run", "/dev/shm").stdout
    assert not Path("/tmp/mine").exists() and not Path("/run/mine").exists()


def test_a_shared_folder_is_the_same_everywhere(lab, tmp_path):
    lab.run(1, "sh", "-c", "echo from h1 >note", cwd=tmp_path)
    assert lab.run(2, "cat", tmp_path / "note").stdout == "from h1\n"
    assert (tmp_path / "note").read_text() == "from h1\n"


def test_this_machine_is_reached_at_its_address_in_the_lab(lab):
    with subprocess.Popen(
        [sys.executable, "-ISc", ANSWER.format(port=PORT)], stdout=subprocess.PIPE
    ) as here:
        try:
            assert here.stdout is not None and here.stdout.readline()
            assert call(lab, 2, lab.address()) == os.uname().nodename
        finally:
            here.kill()


def test_a_commands_exit_code_passes_through_and_an_unknown_host_is_named(lab):
    assert lab.run(1, "sh", "-c", "exit 7").returncode == 7
    refused = lab.run(9, "true")
    assert refused.returncode == 2 and f"the lab {lab.name} has hosts 0 to 2" in refused.stderr


def test_a_command_ends_with_the_process_that_started_it(lab):
    started = lab.start(1, "sh", "-c", "echo up; exec sleep 987")
    assert started.stdout is not None and started.stdout.readline() == "up\n"
    assert "sleep 987" in commands(lab, 1)
    started.kill()
    started.communicate()
    until(lambda: "sleep 987" not in commands(lab, 1), "the command ends")


def test_a_crash_ends_every_process_silently_and_a_boot_starts_anew(lab):
    lab.run(1, "sh", "-c", "setsid sleep 986 >/dev/null 2>&1 & touch /tmp/old")
    with answering(lab, 1), process(lab, 0, WATCH.format(host="h1", port=PORT)) as watch:
        lab.crash(1)
        assert not heard(watch)
        assert lab.run(1, "true").returncode == 3
        assert b"sleep\x00986" not in everything()
        lab.boot(1)
        assert "old" not in lab.run(1, "ls", "/tmp").stdout
        assert "sleep 986" not in commands(lab, 1)
        with answering(lab, 1):
            assert call(lab, 0, "h1") == "h1"


def test_a_kill_ends_every_process_and_the_peers_are_told(lab):
    with answering(lab, 2), process(lab, 0, WATCH.format(host="h2", port=PORT)) as watch:
        lab.kill(2)
        assert heard(watch, within_s=10)
        assert lab.run(2, "true").returncode == 0


def test_an_isolated_host_is_silent_until_it_is_healed(lab):
    with answering(lab, 1, 2), process(lab, 0, WATCH.format(host="h1", port=PORT)) as watch:
        lab.isolate(1)
        assert silent(lab, 0, 1) and silent(lab, 1, 2) and call(lab, 0, "h2") == "h2"
        lab.heal(1)
        assert call(lab, 0, "h1") == "h1" and call(lab, 1, "h2") == "h2"
        assert watch.poll() is None and not heard(watch)


def test_a_cut_is_between_two_hosts_and_outlasts_a_boot(lab):
    with answering(lab, 0, 2):
        lab.cut(2, 0)
        assert silent(lab, 0, 2) and silent(lab, 2, 0)
        assert call(lab, 1, "h2") == "h2" and call(lab, 1, "h0") == "h0"
        lab.crash(2)
        lab.boot(2)
        with answering(lab, 2):
            assert silent(lab, 0, 2) and call(lab, 1, "h2") == "h2"
            lab.uncut(0, 2)
            assert call(lab, 0, "h2") == "h2" and call(lab, 2, "h0") == "h0"


def test_a_rate_limits_and_a_loss_loses(lab):
    with answering(lab, 1):
        lab.rate(1, "10mbit")
        assert "rate 10Mbit" in lab.run(1, "tc", "qdisc", "show", "dev", "eth0").stdout
        lab.rate(1, "none")
        assert "tbf" not in lab.run(1, "tc", "qdisc", "show", "dev", "eth0").stdout
        lab.loss(1, 1)
        assert silent(lab, 0, 1)
        lab.loss(1, 0)
        assert call(lab, 0, "h1") == "h1"


def heard(watch: subprocess.Popen[str], within_s: float = 0.2) -> bool:
    """Whether a watch tells of its connection's end in time."""
    try:
        watch.wait(within_s)
    except subprocess.TimeoutExpired:
        return False
    return True


def commands(lab: Lab, host: int) -> str:
    """The command lines of a host's processes."""
    text = lab.run(host, "sh", "-c", "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' '").stdout
    return str(text)


def everything() -> bytes:
    """The command lines of all processes that this machine sees."""
    return b"".join(text for path in Path("/proc").glob("[0-9]*/cmdline") for text in [_read(path)])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
