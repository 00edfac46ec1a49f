"""What a notebook is promised, in a real kernel of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from deadlines import ends, until
from jupyter_client import BlockingKernelClient, KernelManager

SRC = Path(__file__).parents[2] / "src"
FIRST = """
import os, time, fonio
from fonio import Config, DirectExecutor, python_app
config = Config(executors=[DirectExecutor(workers=1)], run_dir={home!r})
"""
PATIENCE_S = 50


@pytest.fixture
def kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[KernelManager]:
    monkeypatch.setenv("PYTHONPATH", str(SRC))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path / "jupyter"))
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(extra_arguments=["--HistoryManager.enabled=False"], cwd=str(tmp_path))
    yield manager
    if manager.is_alive():
        manager.shutdown_kernel(now=True)


@pytest.fixture
def client(kernel: KernelManager) -> Iterator[BlockingKernelClient]:
    client = kernel.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE_S)
    yield client
    client.stop_channels()


@pytest.fixture
def cell(client: BlockingKernelClient, tmp_path: Path) -> Callable[[str], str]:
    """Runs cells; gives what one printed, or the name of its error and its text."""

    def run(code: str) -> str:
        return outcome(client, client.execute(code))

    assert run(FIRST.format(home=str(tmp_path / ".fonio"))) == ""
    return run


def outcome(client: BlockingKernelClient, number: str) -> str:
    """What a cell printed, until the kernel says that it is idle again."""
    printed = ""
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE_S)
        kind, content = message["msg_type"], message["content"]
        if message["parent_header"].get("msg_id") != number:
            continue
        if kind == "stream" and content["name"] == "stdout":
            printed += content["text"]
        elif kind == "error":
            printed += f"{content['ename']}: {content['evalue']}"
        elif kind == "status" and content["execution_state"] == "idle":
            return printed.strip()


def test_cell_that_loads_runs_twice(cell):
    body = "with fonio.load(config):\n    print(python_app(abs)(-3).result(40))"
    assert [cell(body), cell(body)] == ["3", "3"]
    assert cell("engine = fonio.load(config)") == ""
    assert "call fonio.clear() first" in cell("engine = fonio.load(config)")
    assert cell("print(python_app(abs)(-4).result(40))") == "4"
    assert cell("fonio.clear(); engine = fonio.load(config)") == ""
    assert cell("print(python_app(abs)(-5).result(40))") == "5"


def test_redefined_cell_is_a_new_function(cell):
    cell("engine = fonio.load(config)")
    for value in ("one", "two"):
        assert cell(f"@python_app\ndef f(x):\n    return {value!r}, x") == ""
        assert cell("print(f(1).result(40))") == repr((value, 1))
    cell("def g(x):\n    return 2 * x")
    assert cell("print(list(fonio.map(g, range(3))))") == "[0, 2, 4]"
    cell("def g(x):\n    return -x")
    assert cell("print(list(fonio.map(g, range(3))))") == "[0, -1, -2]"


def test_interrupt_ends_the_cell_and_the_task_goes_on(kernel, client, cell, tmp_path):
    begun, gate = tmp_path / "begun", tmp_path / "gate"
    cell("engine = fonio.load(config)")
    cell(
        f"""
@python_app
def wait():
    open({str(begun)!r}, "w").close()
    end = time.monotonic() + 60
    while not os.path.exists({str(gate)!r}) and time.monotonic() < end:
        time.sleep(0.01)
    return "went on"
future = wait()
"""
    )
    number = client.execute("future.result()")
    until(begun.exists, "the task has not begun", PATIENCE_S)
    kernel.interrupt_kernel()
    assert outcome(client, number).startswith("KeyboardInterrupt")
    gate.touch()
    assert cell("print(future.result(40), engine.account().workers_lost)") == "went on 0"


def test_kernel_that_ends_takes_its_engine_with_it(kernel, cell):
    cell("engine = fonio.load(config)")
    engine = int(cell("print(engine._engine.pid)"))
    kernel.shutdown_kernel(now=True)
    assert ends(engine)
