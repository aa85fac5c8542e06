"""Keeps a few processes alive together: prefixed logs, restart of what dies, nothing left behind."""

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import IO, TextIO

_PR_SET_PDEATHSIG = 1
_LONGEST_WAIT = 30.0
_HEALTHY_AFTER = 60.0


@dataclass(frozen=True)
class Part:
    """One process to keep alive.

    It waits until `announce` is done, but no longer than `after` seconds: the first must not be held up.
    """

    name: str
    command: Sequence[str]
    after: float = 0.0


@dataclass
class _Child:
    part: Part
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    falls: int = 0
    rest: bytes = field(default=b"", repr=False)


class Supervisor:
    """Runs `parts` until SIGTERM or SIGINT. Each is the leader of its own process group.

    What dies is started again, at once the first time and then with growing pauses. On the way out each part
    gets SIGTERM and `grace` seconds, then SIGKILL. When the supervisor itself is killed, the kernel sends
    the parts SIGTERM (Linux).
    """

    def __init__(self, parts: Sequence[Part], *, grace: float = 15.0, out: TextIO = sys.stdout) -> None:
        self._children = [_Child(part) for part in parts]
        self._grace = grace
        self._out = out
        self._width = max(len(part.name) for part in parts)
        self._selector = selectors.DefaultSelector()
        self._stopping = 0
        self._libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def run(self, announce: Callable[[], bool] = lambda: True) -> None:
        """Start everything and stay until told to stop. `announce` is asked until it says it is done."""
        begin, is_announced = time.monotonic(), False
        for child in self._children:
            child.again_at = begin + child.part.after
        previous = {number: signal.signal(number, self._stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            while not self._stopping:
                self._start_what_is_due()
                self._pass_on_output(0.2)
                self._notice_deaths()
                if not is_announced and announce():
                    is_announced = True
                    self._start_who_waited(begin)
        finally:
            self._shut_down()
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: object) -> None:
        self._stopping += 1

    def _start_what_is_due(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.process is None and now >= child.again_at:
                self._start(child)

    def _start_who_waited(self, begin: float) -> None:
        for child in self._children:
            if child.again_at == begin + child.part.after:
                child.again_at = begin

    def _start(self, child: _Child) -> None:
        child.process = subprocess.Popen(
            list(child.part.command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=self._die_with_parent,  # noqa: PLW1509 - there is one thread only
        )
        child.started = time.monotonic()
        pipe = _pipe(child)
        os.set_blocking(pipe.fileno(), False)
        self._selector.register(pipe, selectors.EVENT_READ, child)

    def _die_with_parent(self) -> None:
        if self._libc is not None:
            self._libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

    def _pass_on_output(self, patience: float) -> None:
        for key, _events in self._selector.select(patience):
            self._read(key.data)

    def _read(self, child: _Child) -> None:
        content = _pipe(child).read()
        if not content:
            return
        *lines, child.rest = (child.rest + content).split(b"\n")
        for line in lines:
            self._say(child.part.name, line.decode("utf-8", "replace"))

    def _notice_deaths(self) -> None:
        for child in self._children:
            if child.process is not None and child.process.poll() is not None:
                self._bury(child)

    def _bury(self, child: _Child) -> None:
        assert child.process is not None
        code, pid = child.process.returncode, child.process.pid
        _signal_group(pid, signal.SIGKILL)
        self._read(child)
        self._selector.unregister(_pipe(child))
        _pipe(child).close()
        lived = time.monotonic() - child.started
        child.process, child.rest = None, b""
        if self._stopping:
            return
        child.falls = 1 if lived > _HEALTHY_AFTER else child.falls + 1
        wait = min(_LONGEST_WAIT, 0.25 * 2 ** (child.falls - 1))
        child.again_at = time.monotonic() + wait
        self._say(child.part.name, f"stopped ({code}); starting again in {wait:g} s")

    def _shut_down(self) -> None:
        for child in self._children:
            if child.process is not None:
                child.process.terminate()
        until = time.monotonic() + self._grace
        # a second Ctrl-C means: now
        while self._alive() and time.monotonic() < until and self._stopping < 2:
            self._pass_on_output(0.05)
            self._notice_deaths()
        for child in self._alive():
            assert child.process is not None
            _signal_group(child.process.pid, signal.SIGKILL)
            child.process.wait()
        self._stopping = max(self._stopping, 1)
        self._notice_deaths()
        self._selector.close()

    def _alive(self) -> list[_Child]:
        return [child for child in self._children if child.process is not None]

    def _say(self, name: str, line: str) -> None:
        self._out.write(f"{name:<{self._width}} | {line}\n")
        self._out.flush()


def _pipe(child: _Child) -> IO[bytes]:
    assert child.process is not None
    assert child.process.stdout is not None
    return child.process.stdout


def _signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except ProcessLookupError:
        return
