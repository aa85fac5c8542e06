"""What a start costs, as somebody who has just cloned it sees it: `./bin/run` the first time and after that.

    .venv/bin/python bench/starting.py                 a clone of the last commit in a temporary folder
    .venv/bin/python bench/starting.py --folder DIR    a clone that is there already: second starts only

Prints when the first line, the first answer of the sign-in page and the printed address came.
"""

import argparse
import os
import resource
import selectors
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 600


def main() -> None:
    options = _options()
    with _clone(options.folder) as folder:
        if not options.folder:
            measure("first start", folder)
        for number in range(options.rounds):
            measure(f"start {number + 2}", folder)


def measure(name: str, folder: Path) -> None:
    """One start, until the sign-in page has answered and the address stands there; then it is stopped."""
    port, spent = _free_port(), _cpu()
    environment = {key: value for key, value in os.environ.items() if not key.startswith("DIALOOG_")}
    began = time.monotonic()
    process = subprocess.Popen(
        ["./bin/run"],
        cwd=folder,
        env={**environment, "PORT": str(port)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        moments = _watch(process, port, began)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
    load = os.getloadavg()[0]
    told = ", ".join(f"{what} {moment:.1f} s" for what, moment in moments.items())
    print(f"{name}: {told}; CPU {_cpu() - spent:.1f} s, load {load:.1f}", flush=True)


def _watch(process: "subprocess.Popen[bytes]", port: int, began: float) -> dict[str, float]:
    moments: dict[str, float] = {}
    threading.Thread(target=_note_answer, args=[port, began, moments], daemon=True).start()
    assert process.stdout is not None
    os.set_blocking(process.stdout.fileno(), False)
    said = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while not {"answer", "address"} <= moments.keys():
            now = time.monotonic() - began
            if process.poll() is not None or now > PATIENCE:
                raise SystemExit(f"It did not start:\n{said.decode()}")
            if selector.select(0.02):
                said += process.stdout.read() or b""
            if said:
                moments.setdefault("first line", time.monotonic() - began)
            if b"Dialoog runs at" in said:
                moments.setdefault("address", time.monotonic() - began)
    return moments


def _note_answer(port: int, began: float, moments: dict[str, float]) -> None:
    while time.monotonic() - began < PATIENCE:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=10):
                moments["answer"] = time.monotonic() - began
                return
        except OSError:
            time.sleep(0.02)


@contextmanager
def _clone(given: str) -> Iterator[Path]:
    if given:
        yield Path(given)
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), f"{folder}/dialoog"], check=True)
        yield Path(folder) / "dialoog"


def _cpu() -> float:
    """Seconds of processor time of everything started here that has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", default="")
    parser.add_argument("--rounds", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
