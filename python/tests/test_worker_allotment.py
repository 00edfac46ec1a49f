"""What a worker has of its node, and that it is put back."""

from __future__ import annotations

import os
import threading

import pytest

from fonio._worker_allotment import Allotment


@pytest.fixture
def allotment(monkeypatch):
    monkeypatch.setenv("OURS", "before")
    monkeypatch.delenv("NEW", raising=False)
    made = Allotment()
    yield made
    made.apply({})


def test_names_are_in_the_environment_until_the_next_allotment(allotment):
    allotment.apply({"env.OURS": "now", "env.NEW": "a,b"})
    assert os.environ["OURS"] == "now" and os.environ["NEW"] == "a,b"
    allotment.apply({"env.NEW": "c"})
    assert os.environ["OURS"] == "before" and os.environ["NEW"] == "c"
    allotment.apply({})
    assert os.environ["OURS"] == "before" and "NEW" not in os.environ


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no affinity on this system")
def test_all_threads_keep_to_the_cores_until_the_next_allotment(allotment):
    own = os.sched_getaffinity(0)
    one = {min(own)}
    end = threading.Event()
    thread = threading.Thread(target=end.wait, args=(60,))
    thread.start()
    try:
        allotment.apply({"cores": str(min(own))})
        assert os.sched_getaffinity(0) == one == os.sched_getaffinity(thread.native_id)
        allotment.apply({})
        assert os.sched_getaffinity(0) == own == os.sched_getaffinity(thread.native_id)
    finally:
        end.set()
        thread.join()


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="no affinity on this system")
def test_cores_that_are_not_there_pin_nothing(allotment):
    own = os.sched_getaffinity(0)
    allotment.apply({"cores": "8000"})
    assert os.sched_getaffinity(0) == own
