"""The golden vectors that the Java codec is tested with, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonio import _wire as w
from fonio._failures import exception_of, headline
from fonio.errors import DependencyError, WorkerLost

FOLDER = Path(__file__).parents[2] / "wire/src/main/resources/fonio/wire/golden"
KINDS = """
HELLO WELCOME REFUSED FUNCTION CLASS SUBMIT TASKS RESULTS ACK CANCEL KILL VERDICT ASK RETRY
RELEASE SHARE QUERY ANSWER LOG CLOSE FAULT UNSHARE ELEMENTS CAPACITY BEAT RECALL DRAIN HOLDS
ALLOT DURABLE
""".split()  # noqa: SIM905


def vectors(name: str) -> list[dict[str, str]]:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    plain = "\n".join([x for x in text.split("\n") if not x.startswith("#")])
    return [w.parse_lines(p.encode()) for p in plain.split("\n\n") if p.strip()]


def length(text: str) -> int:
    if text == "local":
        return w.LOCAL_PARENT
    return int(text[:-1]) | w.SEGMENT_BIT if text.endswith("s") else int(text)


def built(vector: dict[str, str]) -> bytes:
    """The frame of a vector, by the functions of `_wire`."""
    flags = 0
    body = b""

    def column(name: str, flag: int, make) -> None:
        nonlocal flags, body
        if name in vector:
            flags |= flag
            body += make(vector[name])

    def numbers(text: str) -> list[int]:
        return [int(x) for x in text.split(",")]

    def parents(text: str) -> bytes:
        tasks = [t.split(",") if t else [] for t in text.split(";")]
        flat: list[int] = []
        for parent in [p for t in tasks for p in t]:
            task, found, size = parent.partition(":")
            flat.append(int(task))
            flat.extend([length(size)] if found else [])
        return w.words([len(t) for t in tasks]) + w.words(flat)

    def extension(text: str) -> bytes:
        data = bytes.fromhex(text)
        return w.words([len(data)]) + data

    column("ids", w.IDS, lambda x: w.words(numbers(x)))
    column("classes", w.CLASSES, lambda x: w.halves(numbers(x)))
    column("lengths", w.LENGTHS, lambda x: w.words([length(n) for n in x.split(",")]))
    column("parents", w.DEPENDENCIES, parents)
    column("attempts", w.ATTEMPTS, lambda x: w.halves(numbers(x)))
    column("statuses", w.STATUS, lambda x: w.octets(numbers(x)))
    column("extension", w.EXTENSION, extension)
    body += bytes.fromhex(vector.get("blob", ""))
    kind = KINDS.index(vector["kind"]) + 1
    class_id, count, first = (int(vector[k]) for k in ("class", "count", "first"))
    return w.frame(kind, flags, class_id, count, first, body)


def test_kinds_have_their_numbers():
    assert [getattr(w, kind) for kind in KINDS] == list(range(1, 31))


def test_there_are_vectors():
    assert len(vectors("frames")) > 40 and len(vectors("payloads")) >= 2


def test_frames_are_built_to_the_byte():
    for vector in vectors("frames"):
        assert built(vector).hex() == vector["frame"], vector["name"]


def test_greetings_are_read_and_written():
    for vector in vectors("greetings"):
        version, entries = w.parse_greeting(bytes.fromhex(vector["blob"]))
        wanted = {k[6:]: v for k, v in vector.items() if k.startswith("entry.")}
        assert (version, entries) == (int(vector["version"]), wanted), vector["name"]
        if version == w.VERSION:
            assert w.greeting(wanted).hex() == vector["blob"], vector["name"]


def test_references_are_read_and_written():
    for vector in vectors("references"):
        number, size = w.REFERENCE.unpack(bytes.fromhex(vector["reference"]))
        assert (f"{number:016x}", str(size)) == (vector["segment"], vector["bytes"])
        assert number >> 63 == int(vector["spilled"])


def test_failures_become_exceptions():
    statuses = {"FAULT": w.FAILED, "DEPENDENCY": w.DEPENDENCY, "ERROR": w.ERROR}
    for vector in vectors("payloads"):
        status = statuses[vector["status"]]
        error = exception_of(status, bytes.fromhex(vector["payload"]))
        if status == w.ERROR:
            assert headline(error) == vector["headline"]
            assert error.__cause__.text == vector["text"]
            continue
        if status == w.DEPENDENCY:
            assert isinstance(error, DependencyError) and error.chain == vector["chain"]
            error = error.__cause__
        assert isinstance(error, WorkerLost)
        assert error.message == "worker 2 was killed by signal 9"
        assert (error.signal, error.stderr) == (9, "boom\nMemoryError")


@pytest.mark.parametrize("name", ["no kind of ours", "more than a frame may hold"])
def test_a_client_ends_a_malformed_session_by_name(pair, name):
    from fonio.errors import EngineLostError

    pair.peer.hold()
    future = pair.session.app(str)(1)
    pair.session.outbox.flush()
    bad = {
        "no kind of ours": w.frame(24),
        "more than a frame may hold": w.HEADER.pack((256 << 20) + 1, 8, 0, 0, 1, 1),
    }
    pair.peer.send(bad[name])
    with pytest.raises(EngineLostError, match="broke the protocol"):
        future.result(5)
