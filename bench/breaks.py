"""Redis or the database stopped in the middle of sending, and the sender killed: what becomes of the mails.

    .venv/bin/python bench/breaks.py                      every break of 1,000 people, ten kills of 5,000
    .venv/bin/python bench/breaks.py --only redis         the breaks whose name has this word

Everything is real: `manage.py up` with web, worker and beat, the button pressed over HTTP, a Redis and a
PostgreSQL cluster of its own in a temporary folder, a mail server that writes down every Message-ID.
What this machine runs already is left alone. Prints numbers; nothing here is a test.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from briefings import ROOT, _answers, _free_port, _lines, _prepare_database, _process, _session

if TYPE_CHECKING:
    from dialoog.kernel.workspaces.models import Workspace
    from sessions.models import DialogueSession

PATIENCE = 900
AWAY = 3.0  # seconds a service stays away


class Redis:
    """A server of its own that keeps its messages on disk, until its memory is wiped."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = _free_port(), folder / "redis"
        self._folder.mkdir()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--appendonly", "yes"]
        self._process = subprocess.Popen(
            [*command, "--dir", str(self._folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _until(lambda: _answers(self.port), "Redis")

    def stop(self, number: int = signal.SIGTERM) -> None:
        assert self._process is not None
        self._process.send_signal(number)
        self._process.wait()

    def forget(self) -> None:
        shutil.rmtree(self._folder)
        self._folder.mkdir()


class Postgres:
    """A cluster of its own, with Debian's defaults: every commit waits for the disk."""

    def __init__(self, folder: Path) -> None:
        self.port, self._folder = _free_port(), folder / "postgres"
        self._folder.mkdir()
        self._bin = _postgres_bin()
        # initdb refuses root
        self._as = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self._as:
            shutil.chown(self._folder, "postgres")
        initdb = [f"{self._bin}/initdb", "-D", str(self._folder / "data"), "-U", "postgres", "-A", "trust"]
        self._run(*initdb, "-E", "UTF8", "--no-locale")
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/bench"
        self.start()
        self._run(f"{self._bin}/createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "bench")

    def start(self) -> None:
        self._run(
            *(f"{self._bin}/pg_ctl", "-D", str(self._folder / "data"), "-l", str(self._folder / "log"), "-w"),
            *("-o", f"-p {self.port} -k {self._folder} -c listen_addresses=127.0.0.1", "start"),
        )

    def stop(self, number: int = signal.SIGINT) -> None:
        """SIGINT is a clean stop that ends open conversations; SIGKILL is no stop at all."""
        pid = int((self._folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, number)
        _until(lambda: not Path(f"/proc/{pid}").exists(), "PostgreSQL to stop")

    def _run(self, *command: str) -> None:
        done = subprocess.run(
            [*self._as, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", check=False
        )
        assert done.returncode == 0, command


class House:
    """`manage.py up`, as it is run on a server."""

    def __init__(self, folder: Path) -> None:
        self.port, self.log = _free_port(), folder / "house.log"
        self._environment = {
            **os.environ,
            "PORT": str(self.port),
            "BASE_URL": f"http://localhost:{self.port}",
        }
        self._process: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    def close(self) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait()

    def worker(self) -> int | None:
        """Its process, once the supervisor has one."""
        return next((pid for pid, line in self._parts() if " worker " in line), None)

    def kill_worker(self) -> None:
        pid = self.worker()
        if pid is not None:
            os.killpg(pid, signal.SIGKILL)

    def kill_all(self) -> None:
        """All of it at once, as when the machine's memory is full; then it is started again."""
        assert self._process is not None
        pids = [pid for pid, _line in self._parts()]
        self._process.kill()
        for pid in pids:
            os.killpg(pid, signal.SIGKILL)
        self._process.wait()
        self.open()

    def press(self, session: "DialogueSession", by: object) -> float:
        """Press “send now” on the last screen; returns how long the answer took."""
        address = f"http://localhost:{self.port}{session.workspace.url('sessions:invite_send', session.pk)}"
        csrf = "b" * 32
        values = {"csrfmiddlewaretoken": csrf, "when": "now", "version": session.version}
        cookies = f"dialoog_session={_signed_in(by)}; dialoog_csrf={csrf}"
        request = urllib.request.Request(
            address,
            data=urllib.parse.urlencode(values).encode(),
            headers={"Cookie": cookies, "Origin": f"http://localhost:{self.port}"},
        )
        began = time.monotonic()
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert "/send/" not in answer.url, answer.read().decode()[:4000]
        return time.monotonic() - began

    def said(self, since: int) -> list[str]:
        return self.log.read_text(errors="replace")[since:].splitlines()

    def _parts(self) -> list[tuple[int, str]]:
        assert self._process is not None
        found = []
        for each in Path("/proc").iterdir():
            if each.name.isdigit():
                try:
                    parent = int((each / "stat").read_text().rpartition(")")[2].split()[1])
                    line = (each / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                except OSError:
                    continue
                if parent == self._process.pid:
                    found.append((int(each.name), line))
        return found


def main() -> None:
    options = _options()
    missing = [name for name in ("redis-server",) if not shutil.which(name)]
    missing += [] if _postgres_bin() else ["PostgreSQL (initdb, pg_ctl)"]
    if missing:
        sys.exit(f"Nothing measured: this machine has no {' and no '.join(missing)}.")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        redis, postgres = Redis(folder), Postgres(folder)
        stack.callback(postgres.stop)
        redis.start()
        stack.callback(redis.stop)
        port, taken = _free_port(), folder / "taken"
        taken.touch()
        _set_environment(folder, redis, postgres, port)
        stack.enter_context(
            _process([sys.executable, str(ROOT / "bench" / "sink.py"), str(port), str(taken)])
        )
        workspace = _prepare_database()
        house = House(folder)
        house.open()
        stack.callback(house.close)
        if options.log:
            stack.callback(lambda: shutil.copy(house.log, options.log))
        _warm(house, workspace, taken)
        for name, hurt in _breaks(redis, postgres, house).items():
            if options.only in name:
                measure_break(name, hurt, house, workspace, taken, options.mails)
        if options.only in "kill -9":
            measure_kills(house, workspace, taken, options.kill_mails, options.kills, options.seed)


def _breaks(redis: Redis, postgres: Postgres, house: House) -> dict[str, Callable[[], None]]:
    def away(service: Redis | Postgres, number: int, forget: bool = False) -> Callable[[], None]:
        def hurt() -> None:
            service.stop(number)
            if forget and isinstance(service, Redis):
                service.forget()
            time.sleep(AWAY)
            service.start()

        return hurt

    return {
        "nothing": lambda: None,
        "redis restarted": away(redis, signal.SIGTERM),
        "redis killed": away(redis, signal.SIGKILL),
        "redis killed, its memory gone": away(redis, signal.SIGKILL, forget=True),
        "database restarted": away(postgres, signal.SIGINT),
        "database killed": away(postgres, signal.SIGKILL),
    }


def measure_break(  # noqa: PLR0917
    name: str,
    hurt: Callable[[], None],
    house: House,
    workspace: "Workspace",
    taken: Path,
    count: int,
) -> None:
    """Press send, hurt at about a third, and count who got what."""
    session, before, said = _session(workspace, count), len(_lines(taken)), house.log.stat().st_size
    began = time.time()
    pressed = house.press(session, session.contact)
    _until(lambda: len(_lines(taken)) - before >= count // 3, "a third of the mails")
    hurt()
    back = time.time()
    _until_sent(session, count)
    moments = [float(line.split()[0]) for line in _lines(taken)[before:]]
    on = next((moment - back for moment in moments if moment > back), 0.0)
    print(f"{name}: {count} people")
    print(f"  pressing send {pressed:.2f} s, first mail after {moments[0] - began:.2f} s")
    print(f"  first mail {on:.1f} s after it was back, last {max(moments) - back:.1f} s after")
    _count(session, taken, before)
    _told(house, said)


def measure_kills(  # noqa: PLR0917
    house: House, workspace: "Workspace", taken: Path, count: int, kills: int, seed: int
) -> None:
    """kill -9 at random mails, in turn of the worker alone and of everything `manage.py up` runs."""
    chance = random.Random(seed)
    session, before, said = _session(workspace, count), len(_lines(taken)), house.log.stat().st_size
    house.press(session, session.contact)
    began = time.monotonic()
    for number, goal in enumerate(sorted(chance.sample(range(1, count), kills))):
        _until(lambda goal=goal: len(_lines(taken)) - before >= goal, f"mail {goal}")
        (house.kill_worker if number % 2 else house.kill_all)()
    _until_sent(session, count)
    print(f"kill -9, {kills} times (seed {seed}): {count} people, {time.monotonic() - began:.0f} s")
    _count(session, taken, before)
    _told(house, said)


def _count(session: "DialogueSession", taken: Path, before: int) -> None:
    from dialoog.kernel.outbox.models import OutgoingMail

    ids = set(
        OutgoingMail.objects.filter(key__startswith=f"session:{session.pk}:").values_list(
            "message_id", flat=True
        )
    )
    arrived = Counter(line.split()[1] for line in _lines(taken)[before:])
    twice = sum(arrived.values()) - len(arrived)
    strange = len(set(arrived) - ids)
    print(f"  lost {len(ids - set(arrived))}, sent twice {twice}, under another id {strange}", flush=True)


def _told(house: House, since: int) -> None:
    lines = house.said(since)
    traces = sum("Traceback" in line for line in lines)
    falls = sum("| stopped (" in line for line in lines)
    print(f"  log: {len(lines)} lines, {traces} tracebacks, {falls} parts started again", flush=True)


def _until_sent(session: "DialogueSession", count: int) -> None:
    from django.db import OperationalError, connection

    from dialoog.kernel.outbox.models import OutgoingMail

    def is_sent() -> bool:
        time.sleep(0.2)
        try:
            mails = OutgoingMail.objects.filter(key__startswith=f"session:{session.pk}:", status="sent")
            return mails.count() == count
        except OperationalError:
            connection.close()
            return False

    _until(is_sent, "every mail to be sent")


def _warm(house: House, workspace: "Workspace", taken: Path) -> None:
    _until(lambda: _answers(house.port), "the web server")
    session = _session(workspace, 1)
    house.press(session, session.contact)
    _until(lambda: len(_lines(taken)) >= 1, "the first mail")


def _signed_in(user: object) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)  # type: ignore[attr-defined]
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()  # type: ignore[attr-defined]
    store.save()
    return str(store.session_key)


def _set_environment(folder: Path, redis: Redis, postgres: Postgres, port: int) -> None:
    os.environ.update(
        DATABASE_URL=postgres.url,
        REDIS_URL=redis.url,
        EMAIL_URL=f"smtp://127.0.0.1:{port}",
        BASE_URL="http://localhost:8000",
        MAIL_FROM="post@dialoog.nl",
        SECRET_KEY="bench" * 10,
        DIALOOG_VAR=str(folder / "var"),
        DJANGO_SETTINGS_MODULE="dialoog.settings",
        PYTHONPATH=str(ROOT),
    )
    sys.path.insert(0, str(ROOT))


def _until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit(f"Waited {PATIENCE} s for {what}, in vain.")
        time.sleep(0.02)


def _postgres_bin() -> str:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    path = str(found[-1]) if found else shutil.which("initdb")
    return str(Path(path).parent) if path else ""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="", help="breaks with this word in their name")
    parser.add_argument("--log", default="", help="where to keep what the processes wrote")
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--kill-mails", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
