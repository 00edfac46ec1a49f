"""The results as Markdown and as files."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from . import history
from .bars import Verdict
from .figures import short
from .jvm import PROGRAMS
from .measure import measurements
from .measure.measurement import Metric
from .results import Key, Results

_QUIET_LOAD = 0.3


def markdown(results: Results, verdicts: list[Verdict]) -> str:
    """The whole report: the machine, the bars, then every row with its spread."""
    machine = results.machine
    peers = ", ".join(f"{name} {version}" for name, version in machine["peers"].items())
    lines = [
        f"# Fonio beside its peers, {machine['date']}",
        "",
        f"{machine['cores']} cores ({machine['cpu']}), {machine['memory_gb']} GB, {machine['system']}. "
        f"Python {machine['python']}; {machine['jdk'] or 'JDK unknown'}, "
        f"{'AOT cache present' if machine['aot_cache'] else 'no AOT cache: starts are slower'}; {peers}. "
        f"Commit {machine['commit']}{' with local changes' if machine['changed'] else ''}. "
        f"Load average before {machine['load_before']}, after {results.load_after}; "
        f"a Python loop of a million steps {machine['loop_ms']} ms. Took {results.seconds:.0f} s"
        f"{'; quick run, short bursts' if results.quick else ''}.",
        "",
        *_not_quiet(machine),
        "Client, engine and workers share the cores. A value is the median of interleaved rounds [least-most].",
        "",
    ]
    if verdicts:
        lines += _bars(verdicts)
    lines += _tables(results)
    if results.problems:
        lines += ["", "## No number", ""]
        lines += [f"* {p.system}, {p.measurement}: {p.text}" for p in results.problems]
    return "\n".join(lines) + "\n"


def _not_quiet(machine: Mapping[str, Any]) -> Iterable[str]:
    load = float(machine["load_before"].split()[0])
    if load > _QUIET_LOAD * machine["cores"]:
        yield "The machine was not quiet before the run (load over 0.3 a core): trust ratios more than figures."
        yield ""


def write(folder: Path, results: Results, verdicts: list[Verdict], *, latest: bool) -> Path:
    """Writes the JSON file of this run and the readable `latest.md` and `history.md`; returns the former."""
    folder.mkdir(parents=True, exist_ok=True)
    day = time.strftime("%Y-%m-%d-%H%M", time.gmtime())
    path = folder / f"{day}-{results.machine['commit'] or 'nocommit'}.json"
    path.write_text(json.dumps(results.as_json(verdicts), indent=1) + "\n")
    if latest:
        (folder / "latest.md").write_text(markdown(results, verdicts))
        (folder / "history.md").write_text(history.markdown(folder))
    return path


def _bars(verdicts: list[Verdict]) -> Iterable[str]:
    yield "| what | against | bar | aim | measured | verdict |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for verdict in verdicts:
        bar = verdict.bar
        sign = ">=" if bar.at_least else "<="
        measured = "-"
        if verdict.value is not None:
            measured = f"{short(verdict.value)} {bar.unit}"
            if verdict.low != verdict.high and verdict.low is not None and verdict.high is not None:
                measured += f" [{short(verdict.low)}-{short(verdict.high)}]"
        yield (
            f"| {bar.title} | {verdict.against or '-'} | {sign} {short(bar.bar)} {bar.unit} "
            f"| {short(bar.aim)} | {measured} | {verdict.word} |"
        )
    yield ""


def _tables(results: Results) -> Iterable[str]:
    known = measurements()
    for name in dict.fromkeys(key.measurement for key in results.rows):
        title = known[name].title if name in known else PROGRAMS[name].title
        keys = [key for key in results.rows if key.measurement == name]
        columns = list(dict.fromkeys((key.system, key.workers) for key in keys))
        yield from ("", f"## {title}", "")
        several = len({workers for _, workers in columns}) > 1
        heads = [f"{s}, {w}" if several else s for s, w in columns]
        yield "| | " + " | ".join(heads) + " |"
        yield "| --- |" + " --- |" * len(columns)
        for metric in _in_order(name, dict.fromkeys(key.metric for key in keys)):
            label = _label(name, metric)
            cells = [_cell(results, Key(name, metric, s, w)) for s, w in columns]
            yield f"| {label} | " + " | ".join(cells) + " |"


def _described(name: str) -> tuple[Metric, ...]:
    known = measurements()
    return known[name].metrics if name in known else PROGRAMS[name].metrics


def _in_order(name: str, found: Iterable[str]) -> list[str]:
    order = [described.name for described in _described(name)]
    return sorted(found, key=order.index)


def _label(name: str, metric: str) -> str:
    described = next(d for d in _described(name) if d.name == metric)
    return f"{described.meaning}, {described.unit}" if described.unit else described.meaning


def _cell(results: Results, key: Key) -> str:
    middle = results.median(key)
    if middle is None:
        return "-"
    spread = results.spread(key)
    if spread is None or spread.low == spread.high:
        return short(middle)
    return f"{short(middle)} [{short(spread.low)}-{short(spread.high)}]"
