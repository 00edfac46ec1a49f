"""The bridge's core: events in, effects out; no executor, no engine."""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, CancelledError

import pytest

from fonio import _wire as w
from fonio._bridge_answers import Answer
from fonio._bridge_core import Cancel, Core, Renew, Say, Stop, Submit
from fonio._bridge_definitions import Definitions

LOCAL = w.LOCAL_PARENT


def core(workers=2, outstanding=4, renewals=3):
    """An open core that knows class 1, whose function is 7."""
    made = Core("bridge", Definitions("run", (), False), renewals)
    made.obey(w.FUNCTION, 0, 0, 0, 7, b"\0\1\0fcode")
    made.obey(w.CLASS, 0, 1, 0, 7, b"name=f\n")
    if workers:
        (said,) = made.opened(workers, outstanding)
        assert said.data[w.HEADER_BYTES :] == f"workers={workers}\nwindow={outstanding}\n".encode()
    return made


def tasks(made, ids, attempts=None, parents=None):
    """Sends tasks of class 1, each with one byte, and returns the effects."""
    flags = w.IDS | w.LENGTHS | w.ATTEMPTS
    body = w.words(ids) + w.words([1] * len(ids))
    if parents is not None:
        flags |= w.DEPENDENCIES
        body += w.words([len(own) for own in parents])
        body += w.words([word for own in parents for task in own for word in (task, LOCAL)])
    body += w.halves(attempts or [0] * len(ids))
    return made.obey(w.TASKS, flags, 1, len(ids), ids[0], body + b"x" * len(ids))


def said(effects):
    """The results among the effects: (id, attempt, status, payload)."""
    found = []
    for effect in effects:
        if not isinstance(effect, Say):
            continue
        _, kind, flags, _, count, _ = w.HEADER.unpack_from(effect.data)
        if kind != w.RESULTS:
            continue
        assert flags & (w.IDS | w.LENGTHS | w.ATTEMPTS | w.STATUS)
        body = memoryview(effect.data)[w.HEADER_BYTES :]
        ids, lengths = body[: 4 * count].cast("I"), body[4 * count : 8 * count].cast("I")
        body = body[8 * count :]
        attempts, body = body[: 2 * count].cast("H"), body[2 * count + 2 * (count & 1) :]
        statuses, body = body[:count], body[count + (-count & 3) :]
        if flags & w.EXTENSION:
            body = body[12:]
        for task, length, attempt, status in zip(ids, lengths, attempts, statuses):
            found.append((task, attempt, status, bytes(body[:length])))
            body = body[length:]
        assert not body
    return found


def of(effects, kind):
    return [effect for effect in effects if isinstance(effect, kind)]


def ok(count, nanos=10**9):
    return Answer([w.OK] * count, [b"r"] * count, nanos)


def test_unmeasured_tasks_are_submitted_one_by_one_up_to_the_limit():
    effects = tasks(core(), [5, 6, 7, 8, 9])
    assert [effect.number for effect in effects] == [1, 2, 3, 4]
    assert {effect.job.many for effect in effects} == {1}


def test_result_goes_back_under_its_attempt_and_the_next_is_submitted():
    made = core(outstanding=1)
    tasks(made, [5, 6], attempts=[3, 0])
    effects = made.ended(1, ok(1))
    assert said(effects) == [(5, 3, w.OK, b"r")]
    assert [effect.number for effect in of(effects, Submit)] == [2]


def test_answer_that_comes_twice_is_told_once():
    made = core()
    tasks(made, [5])
    assert said(made.ended(1, ok(1)))
    assert made.ended(1, ok(1)) == []


def test_short_tasks_that_wait_in_numbers_go_together():
    made = core(workers=2, outstanding=1)
    tasks(made, list(range(1, 402)))
    (submit,) = of(made.ended(1, ok(1, nanos=1000)), Submit)
    assert submit.job.many == 100


def test_long_tasks_never_go_together():
    made = core(workers=2, outstanding=1)
    tasks(made, list(range(1, 402)))
    (submit,) = of(made.ended(1, ok(1, nanos=10**9)), Submit)
    assert submit.job.many == 1


def test_window_grows_with_the_shortness_of_tasks():
    made = core(outstanding=4)
    tasks(made, [5])
    (capacity,) = [e for e in made.ended(1, ok(1, nanos=1000)) if e.data[4] == w.CAPACITY]
    assert capacity.data[w.HEADER_BYTES :] == b"window.1=8192\n"


def test_chain_of_local_parents_is_one_submission():
    effects = tasks(core(), [1, 2, 3, 4], parents=[[], [1], [2], []])
    assert [effect.job.many for effect in effects] == [3, 1]


def test_tasks_wait_until_there_is_an_executor():
    made = core(workers=0)
    assert tasks(made, [5, 6]) == []
    assert len(of(made.opened(2, 4), Submit)) == 2


def test_task_that_waits_is_given_back_when_it_is_recalled():
    made = core(outstanding=1)
    tasks(made, [5, 6])
    assert said(made.obey(w.RECALL, 0, 0, 0, 6, b"")) == [(6, 0, w.SKIPPED, b"")]
    assert of(made.ended(1, ok(1)), Submit) == []


def test_task_that_waits_is_cancelled_when_it_is_killed_and_its_chain_goes_back():
    made = core(outstanding=1)
    tasks(made, [5])
    tasks(made, [6, 7], parents=[[], [6]])
    effects = made.obey(w.KILL, 0, 0, 0, 6, b"")
    assert said(effects) == [(6, 0, w.CANCELLED, b""), (7, 0, w.SKIPPED, b"")]


def test_submission_that_can_be_cancelled_gives_all_of_its_tasks_back():
    made = core()
    tasks(made, [1, 2, 3], parents=[[], [1], [2]])
    assert made.obey(w.RECALL, 0, 0, 0, 2, b"") == [Cancel(1, False)]
    assert said(made.cancelled(1, True)) == [
        (2, 0, w.SKIPPED, b""),
        (1, 0, w.SKIPPED, b""),
        (3, 0, w.SKIPPED, b""),
    ]
    assert made.failed(1, CancelledError()) == []


def test_submission_that_runs_is_too_late_to_be_recalled():
    made = core()
    tasks(made, [5])
    made.obey(w.RECALL, 0, 0, 0, 5, b"")
    assert made.cancelled(1, False) == [Say(w.frame(w.VERDICT, first=5))]
    assert said(made.ended(1, ok(1))) == [(5, 0, w.OK, b"r")]


def test_recall_of_a_task_that_is_not_here_is_too_late():
    assert core().obey(w.RECALL, 0, 0, 0, 9, b"") == [Say(w.frame(w.VERDICT, first=9))]


def test_cancel_by_others_ends_the_task_as_cancelled():
    made = core()
    tasks(made, [5])
    assert said(made.failed(1, CancelledError())) == [(5, 0, w.CANCELLED, b"")]


def test_refusal_of_the_executor_is_the_error_of_the_task():
    made = core()
    tasks(made, [5])
    ((task, _, status, payload),) = said(made.failed(1, TypeError("cannot be pickled")))
    assert (task, status) == (5, w.ERROR)
    assert b"cannot be pickled" in payload


def test_broken_executor_loses_what_ran_gives_back_the_rest_and_is_renewed():
    made = core(workers=2, outstanding=4)
    tasks(made, [1, 2, 3, 4, 5])
    effects = made.failed(3, BrokenExecutor("a worker died"))
    by_task = {task: status for task, _, status, _ in said(effects)}
    assert by_task == {1: w.LOST, 2: w.LOST, 3: w.SKIPPED, 4: w.SKIPPED}
    assert effects[-1] == Renew()
    assert made.failed(4, BrokenExecutor("a worker died")) == []
    assert not made.wants(1)
    assert [effect.number for effect in of(made.opened(2, 4), Submit)] == [5]


def test_suspect_runs_alone_when_it_comes_back():
    made = core(workers=1, outstanding=4)
    tasks(made, [1])
    made.failed(1, BrokenExecutor("dead"))
    made.opened(1, 4)
    assert len(of(tasks(made, [1, 2], attempts=[1, 0]), Submit)) == 1
    assert len(of(made.ended(2, ok(1)), Submit)) == 1


def test_executor_that_breaks_again_and_again_makes_the_bridge_give_up():
    made = core(workers=1, renewals=1)
    tasks(made, [1])
    assert made.failed(1, BrokenExecutor("dead"))[-1] == Renew()
    made.opened(1, 4)
    tasks(made, [1], attempts=[1])
    effects = made.failed(2, BrokenExecutor("dead"))
    assert isinstance(effects[-1], Stop)
    assert "broke 2 times" in effects[-1].why
    assert effects[-2].data[4] == w.FAULT


def test_what_a_worker_lacked_goes_along_when_the_task_comes_back():
    made = core()
    made.obey(w.SHARE, w.LENGTHS, 0, 1, 4, w.words([3]) + b"abc")
    (first,) = tasks(made, [5])
    assert first.job.objects == {}
    needs = Answer([w.SKIPPED], [b""], 0, [(0, ("object", 4))])
    assert said(made.ended(1, needs)) == [(5, 0, w.SKIPPED, b"")]
    (again,) = tasks(made, [5], attempts=[1])
    assert again.job.objects == {4: b"abc"}


def test_drain_gives_back_what_waits_and_ends_when_all_is_acknowledged():
    made = core(outstanding=1)
    tasks(made, [1, 2, 3])
    effects = made.obey(w.DRAIN, 0, 0, 0, 0, b"")
    assert [task for task, *_ in said(effects)] == [3, 2]
    assert of(made.ended(1, ok(1)), Stop) == []
    assert of(made.obey(w.ACK, 0, 0, 1, 0, b""), Stop) == []
    assert made.obey(w.ACK, 0, 0, 1, 0, b"") == [Stop("")]


def test_payload_in_a_segment_is_malformed():
    body = w.words([w.SEGMENT_BIT | 16]) + bytes(16)
    with pytest.raises(w.MalformedFrame, match="segment"):
        core().obey(w.TASKS, w.LENGTHS, 1, 1, 5, body)


def test_columns_that_do_not_fit_are_malformed():
    with pytest.raises(w.MalformedFrame, match="do not fit"):
        core().obey(w.TASKS, w.LENGTHS, 1, 9, 5, b"\0" * 8)
