"""The supervisor: what dies comes back, what is told to stop leaves nothing."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

PROGRAM = """
import sys
from dialoog.kernel.workspaces.management.supervisor import Part, Supervisor
child = [sys.executable, "-u", "-c", "import os,time; print('pid', os.getpid()); time.sleep(600)"]
Supervisor([Part("one", child), Part("other", child)], grace=3).run()
print("stopped", flush=True)
"""
WAITING = """
import sys, time
from dialoog.kernel.workspaces.management.supervisor import Part, Supervisor
child = [sys.executable, "-u", "-c", "import os,time; print('pid', os.getpid()); time.sleep(600)"]
begin, patience, announced_after = time.monotonic(), float(sys.argv[1]), float(sys.argv[2])
announce = lambda: time.monotonic() - begin > announced_after
Supervisor([Part("one", child), Part("other", child, after=patience)], grace=3).run(announce)
"""


@pytest.fixture
def running(tmp_path: Path):
    """A supervisor with two children, and a way to read what it has said."""
    log = tmp_path / "log"
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=out, cwd=settings.BASE_DIR)
    yield process, log
    if process.poll() is None:
        process.kill()
        process.wait()


def pids(log: Path, name: str) -> list[int]:
    lines = [line for line in log.read_text().splitlines() if line.startswith(name) and "| pid " in line]
    return [int(line.rpartition(" ")[2]) for line in lines]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()


def wait_for(is_so) -> None:
    until = time.monotonic() + 15
    while not is_so():
        assert time.monotonic() < until, "It took too long."
        time.sleep(0.05)


def both_up(log: Path) -> bool:
    return bool(pids(log, "one") and pids(log, "other"))


def test_a_killed_child_comes_back_and_the_other_stays(running):
    _process, log = running
    wait_for(lambda: both_up(log))
    [one], [other] = pids(log, "one"), pids(log, "other")

    os.kill(one, signal.SIGKILL)

    wait_for(lambda: len(pids(log, "one")) == 2)
    assert not is_alive(one)
    assert is_alive(pids(log, "one")[1])
    assert pids(log, "other") == [other]
    assert is_alive(other)


@pytest.mark.parametrize(("patience", "announced_after"), [(60, 1), (1, 60)])
def test_a_part_waits_for_the_announcement_but_not_for_ever(patience, announced_after):
    command = [sys.executable, "-u", "-c", WAITING, str(patience), str(announced_after)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=settings.BASE_DIR)
    begin = time.monotonic()

    first, second = process.stdout.readline(), process.stdout.readline()
    waited = time.monotonic() - begin

    process.terminate()
    process.wait(timeout=10)
    assert (first[:6], second[:6]) == (b"one   ", b"other ")
    assert 0.9 < waited < 30


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_stop_it_leaves_nothing(running, number):
    process, log = running
    wait_for(lambda: both_up(log))

    process.send_signal(number)

    assert process.wait(timeout=10) == 0
    assert log.read_text().endswith("stopped\n")
    assert not any(is_alive(pid) for name in ("one", "other") for pid in pids(log, name))


def test_killed_itself_it_takes_its_children_along(running):
    process, log = running
    wait_for(lambda: both_up(log))
    [one], [other] = pids(log, "one"), pids(log, "other")

    process.kill()
    process.wait()

    wait_for(lambda: not is_alive(one) and not is_alive(other))
