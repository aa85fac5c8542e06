"""Pages under the real server: CPU, statements, size and memory, each beside an empty view.

    .venv/bin/python bench/pages.py                    SQLite, then PostgreSQL when it answers
    .venv/bin/python bench/pages.py --database URL     one database: sqlite, or a PostgreSQL server
    .venv/bin/python bench/pages.py --quick            a moment of SQLite, to see that the bench works

The server is the one of `manage.py up`, on a port and in a folder of its own. CPU is that of the web worker
as the kernel counts it: beside busy neighbours the same work costs up to twice as much, which the yardstick
shows; `best` is the least disturbed round. On PostgreSQL a database is made and dropped. Nothing here is a
test.
"""

import argparse
import gzip
import http.client
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.exhibits import Page, Post

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = "postgresql://postgres@127.0.0.1:5432"
HOST = "127.0.0.1"
TICKS = os.sysconf("SC_CLK_TCK")
CLIENTS = 8


@dataclass(frozen=True)
class Scale:
    """How much of everything: rows, rounds, and the most a page is asked for in one round."""

    people: int = 5000
    answers: int = 2000
    posts: int = 2000
    rounds: int = 5
    seconds: float = 2.0
    requests: int = 200


QUICK = Scale(people=60, answers=30, posts=16, rounds=1, seconds=0.1, requests=3)


@dataclass
class Measured:
    """What one page cost."""

    page: "Page"
    statements: int
    body: bytes
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)


def main() -> None:
    options = _options()
    if options.database is None:
        databases = ["sqlite"] if options.quick else ["sqlite", POSTGRES]
        for database in databases:
            command = [sys.executable, __file__, "--database", database]
            subprocess.run([*command, *(["--quick"] if options.quick else [])], check=True)
        return
    # so that the server and the database go too when the bench is told to stop
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as folder, _database(options.database, folder) as url:
        port = _free_port()
        _prepare_environment(url, port, folder)
        measure(port, QUICK if options.quick else Scale())


def measure(port: int, scale: Scale) -> None:
    """Make the rows, count statements in this process, then ask the server."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection, connections

    from dialoog.kernel.workspaces.management.commands.prepare import UNUSED

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, ignore_patterns=UNUSED)
    from bench.exhibits import make_exhibits

    exhibits = make_exhibits(people=scale.people, answers=scale.answers, posts=2 * scale.posts)
    rows = [Measured(page, *_statements(page)) for page in exhibits.pages]
    vendor = connection.vendor
    connections.close_all()
    with _server(port) as workers:
        worker = workers[0]
        light = _memory(worker)
        yard = []
        for _round in range(scale.rounds):
            yard.append(_yardstick())
            for row in rows:
                _ask(port, worker, row, scale)
        _print_pages(vendor, rows, yard)
        _measure_posts(port, workers, exhibits.posts[: scale.posts])
        print(f"web worker: {light:.0f} MB at the first request, {_memory(worker):.0f} MB now (aim 150)\n")
    with _server(port, processes=2) as workers:
        _measure_posts(port, workers, exhibits.posts[scale.posts :])


def _statements(page: "Page") -> tuple[int, bytes]:
    """How often a page asks the database, the second time it is shown, and its bytes."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME=HOST)
    client.cookies.load(page.cookies)
    client.get(page.path)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(page.path)
    if response.status_code != 200:
        raise RuntimeError(f"{page.name} answers {response.status_code}.")
    return len(captured), response.content


def _ask(port: int, worker: int, row: Measured, scale: Scale) -> None:
    """One round: the page again and again over one connection."""
    line = http.client.HTTPConnection(HOST, port, timeout=20)
    for _warm in range(2):
        _get(line, row.page)
    before, began, count = _cpu(worker), time.perf_counter(), 0
    walls = []
    while count < scale.requests and time.perf_counter() - began < scale.seconds:
        asked = time.perf_counter()
        _get(line, row.page)
        walls.append(time.perf_counter() - asked)
        count += 1
    row.cpu.append((_cpu(worker) - before) / count * 1000)
    row.wall.append(statistics.median(walls) * 1000)
    line.close()


def _get(line: http.client.HTTPConnection, page: "Page") -> None:
    line.request("GET", page.path, headers=page.headers)
    response = line.getresponse()
    response.read()
    if response.status != 200:
        raise RuntimeError(f"{page.name} answers {response.status}.")


def _measure_posts(port: int, workers: Sequence[int], answers: Sequence["Post"]) -> None:
    """Everybody sends their answers, eight at a time; each invitation once."""
    posts, lock, errors = iter(answers), threading.Lock(), []
    walls: list[float] = []

    def send() -> None:
        with socket.create_connection((HOST, port), timeout=30) as line:
            while True:
                with lock:
                    post: Post | None = next(posts, None)
                if post is None:
                    return
                asked = time.perf_counter()
                line.sendall(_written(post))
                status = _status_of(line)
                walls.append(time.perf_counter() - asked)
                if status != 302:
                    errors.append(status)

    senders = [threading.Thread(target=send) for _client in range(CLIENTS)]
    before, began = sum(map(_cpu, workers)), time.perf_counter()
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    took, cpu = time.perf_counter() - began, sum(map(_cpu, workers)) - before
    count = len(answers)
    walls.sort()
    half, most = walls[count // 2] * 1000, walls[count * 99 // 100] * 1000
    print(
        f"feedback POST, {CLIENTS} clients, {len(workers)} web process(es): {count / took:.0f}/s (aim 200),"
        f" {cpu / count * 1000:.1f} ms CPU,"
        f" half within {half:.0f} ms, 99 % within {most:.0f} ms,"
        f" {len(errors)} errors of {count}, load {os.getloadavg()[0]:.1f}"
    )


def _written(post: "Post") -> bytes:
    """The request as bytes: eight clients that build theirs with http.client take a core from the server."""
    head = {"Host": HOST, "Content-Length": str(len(post.body)), **post.headers}
    lines = [f"POST {post.path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + post.body.encode()


def _status_of(line: socket.socket) -> int:
    """Read one whole answer and give its status."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += line.recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0:
        missing -= len(line.recv(65536))
    return int(head.split(b" ", 2)[1])


def _yardstick() -> float:
    """Milliseconds of processor for a fixed piece of work: what the neighbours leave us at this moment."""
    began = time.process_time()
    sum(number * number for number in range(1_000_000))
    return (time.process_time() - began) * 1000


def _print_pages(vendor: str, rows: Sequence[Measured], yard: Sequence[float]) -> None:
    empty = statistics.median(rows[0].cpu)
    load = os.getloadavg()[0]
    print(f"{vendor}, {os.cpu_count()} cores, load {load:.1f}, {time.strftime('%d %B %Y %H:%M')}")
    print(f"yardstick: a million squares took {statistics.median(yard):.0f} ms CPU, at best {min(yard):.0f}")
    head = f"{'page':26}{'CPU ms':>8}{'best':>6}{'aim':>5}{'x empty':>9}{'wall ms':>9}"
    print(f"{head}{'SQL':>5}{'aim':>5}{'KB':>7}{'gz KB':>7}")
    for row in rows:
        cpu, size = statistics.median(row.cpu), len(row.body) / 1024
        packed = len(gzip.compress(row.body)) / 1024 if row.body else 0
        print(
            f"{row.page.name:26}{cpu:8.1f}{min(row.cpu):6.1f}{row.page.aim_ms or '':>5}"
            f"{cpu / max(empty, 0.01):9.1f}"
            f"{statistics.median(row.wall):9.1f}{row.statements:5}{row.page.aim_sql or '':>5}"
            f"{size:7.1f}{packed:7.1f}"
        )


# --- the server


@contextmanager
def _server(port: int, processes: int = 1) -> Iterator[list[int]]:
    """The web part of `manage.py up`, with the empty view beside it; gives the ids of its workers."""
    from dialoog.kernel.workspaces.management.commands.up import parts

    web = parts(HOST, port, threads=4, processes=processes)[0]
    process = subprocess.Popen([*web.command[:-1], "bench.served:application"], cwd=ROOT)
    try:
        _wait_for(port, process)
        yield _workers_of(process.pid, processes)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                break
        time.sleep(0.05)
    line = http.client.HTTPConnection(HOST, port, timeout=30)
    line.request("GET", "/empty/")
    if line.getresponse().status != 200:
        raise RuntimeError("The server does not answer.")
    line.close()


def _workers_of(pid: int, count: int) -> list[int]:
    """The processes below the server that answer: those that used most."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sorted((int(child) for child in children), key=_cpu, reverse=True)[:count]


def _cpu(pid: int) -> float:
    """Seconds of processor a process has used, all its threads together."""
    values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(values[11]) + int(values[12])) / TICKS


def _memory(pid: int) -> float:
    """Megabytes a process holds now."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


# --- where it runs


@contextmanager
def _database(wanted: str, folder: str) -> Iterator[str]:
    """An empty database: a file in `folder`, or one made on a PostgreSQL server and dropped afterwards."""
    if wanted == "sqlite":
        yield f"sqlite:///{folder}/bench.sqlite3"
        return
    import psycopg

    name = f"dialoog_bench_{os.getpid()}"
    try:
        server = psycopg.connect(f"{wanted}/postgres", autocommit=True, connect_timeout=3)
    except psycopg.OperationalError as error:
        sys.exit(f"PostgreSQL cannot be reached: {str(error).splitlines()[0]}")
    server.execute(f"CREATE DATABASE {name}")
    try:
        yield f"{wanted}/{name}"
    finally:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
        server.close()


def _prepare_environment(url: str, port: int, folder: str) -> None:
    for name in ("BASE_URL", "EMAIL_URL", "MAIL_FROM", "REDIS_URL", "DIALOOG_DEBUG"):
        os.environ.pop(name, None)
    os.environ.update(
        DATABASE_URL=url,
        PORT=str(port),
        SECRET_KEY="bench" * 10,
        DIALOOG_VAR=folder,
        DJANGO_SETTINGS_MODULE="dialoog.settings",
        PYTHONPATH=str(ROOT),
    )
    sys.path[0] = str(ROOT)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--database", metavar="URL", help="sqlite, or postgresql://user@host:port")
    parser.add_argument("--quick", action="store_true", help="only see that the bench works")
    return parser.parse_args()


if __name__ == "__main__":
    main()
