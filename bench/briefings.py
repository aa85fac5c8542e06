"""Sending briefings: the whole job, the outbox against a bare smtplib loop, and both under kill -9.

    .venv/bin/python bench/briefings.py                    SQLite
    .venv/bin/python bench/briefings.py --database URL     PostgreSQL: an empty database of its own
    .venv/bin/python bench/briefings.py --only smtp,kills  some of whole, killed, smtp, kills

What a restart of Redis or the database does to a whole running house: bench/breaks.py.

Prints numbers and ratios; read the ratios, the machine is shared. Nothing here is a test.
"""

import argparse
import os
import random
import signal
import smtplib
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dialoog.kernel.outbox.models import OutgoingMail
    from dialoog.kernel.workspaces.models import Workspace
    from sessions.models import DialogueSession

ROOT = Path(__file__).resolve().parent.parent
DELIVERER = """
import time, django
django.setup()
from django.conf import settings
from dialoog.kernel.outbox import delivery
settings.OUTBOX_LEASE_SECONDS = 3
while True:
    delivery.sweep()
    delivery.deliver_due()
    time.sleep(0.2)
"""


SENDER = """
import time, django
django.setup()
from django.conf import settings
from dialoog.kernel.outbox import delivery
from sessions.actions.send import send_briefing
from sessions.models import Briefing
settings.OUTBOX_LEASE_SECONDS = 3
while True:
    delivery.sweep()
    for pk in Briefing.objects.filter(status__in=["planned", "sending"]).values_list("pk", flat=True):
        send_briefing(pk)
    delivery.deliver_due()
    time.sleep(0.2)
"""


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        port = _free_port()
        _prepare_environment(options.database or f"sqlite:///{folder}/bench.sqlite3", port, folder)
        taken = Path(folder) / "taken"
        taken.touch()
        with _process([sys.executable, str(ROOT / "bench" / "sink.py"), str(port), str(taken)]):
            _wait(lambda: _answers(port))
            workspace = _prepare_database()
            if "whole" in options.only:
                measure_whole_job(workspace, taken, port, options.mails)
            if "killed" in options.only:
                measure_killed_job(workspace, taken, options.kill_mails, options.kills, options.seed)
            if "smtp" in options.only:
                measure_smtp(workspace, taken, port, options.mails, options.rounds)
            if "kills" in options.only:
                measure_kills(workspace, taken, options.kill_mails, options.kills, options.seed)


def measure_whole_job(workspace: "Workspace", taken: Path, port: int, count: int) -> None:
    """From pressing send to the last mail by a warm worker, beside the bare and the naive way."""
    from dialoog.kernel.outbox.models import OutgoingMail
    from sessions.actions.brief import plan_briefing
    from sessions.models import Briefing

    worker = [sys.executable, "-m", "celery", "-A", "dialoog.celery", "worker", "-P", "solo", "-l", "ERROR"]
    with _process(worker):
        warm = _session(workspace, 1)
        plan_briefing(session=warm, by=warm.contact)
        _wait(lambda: len(_lines(taken)) >= 1)
        session = _session(workspace, count)
        before, pressed = len(_lines(taken)), time.time()
        briefing = plan_briefing(session=session, by=session.contact)
        planned = time.time() - pressed
        _wait(lambda: len(_lines(taken)) - before >= count)
        _wait(lambda: Briefing.objects.get(pk=briefing.pk).status == "sent")
    moments = [float(line.split()[0]) - pressed for line in _lines(taken)[before:]]
    mails = OutgoingMail.objects.filter(key__startswith=f"session:{session.pk}:").with_body()
    messages = [message for body in _by_body(mails) for message in _cast(body)]
    began = time.perf_counter()
    _send_bare(port, messages)
    bare = time.perf_counter() - began
    naive = _naive(session, port, 12) * count
    size = len(messages[0][1]) / 1024
    print(f"{count} people, {briefing.files.count()} distinct PDFs, mails of {size:.0f} KB")
    print(f"  pressing send takes  {planned:8.2f} s")
    print(f"  first mail after     {moments[0]:8.2f} s, last after {max(moments):.1f} s")
    print(f"  bare smtplib loop    {bare:8.1f} s of the same bytes = {bare / max(moments):.0%} of our time")
    print(f"  naive, one by one    {naive:8.0f} s from 12 people, {naive / max(moments):.0f} times ours")


def measure_killed_job(workspace: "Workspace", taken: Path, count: int, kills: int, seed: int) -> None:
    """kill -9 of the one process that renders, writes down and delivers, from its first second on."""
    from dialoog.kernel.outbox.models import OutgoingMail
    from sessions.actions.brief import plan_briefing

    chance = random.Random(seed)
    session = _session(workspace, count)
    briefing = plan_briefing(session=session, by=session.contact)
    before, began = len(_lines(taken)), time.perf_counter()
    for goal in [0, *sorted(chance.sample(range(1, count), kills - 1))]:
        with _process([sys.executable, "-c", SENDER]) as process:
            time.sleep(chance.uniform(1, 4) if goal == 0 else 0)
            _wait(lambda goal=goal: len(_lines(taken)) - before >= goal)
            process.send_signal(signal.SIGKILL)
    mails = OutgoingMail.objects.filter(key__startswith=f"session:{session.pk}:")
    with _process([sys.executable, "-c", SENDER]):
        _wait(lambda: mails.filter(status="sent").count() == count)
    arrived = Counter(line.split()[1] for line in _lines(taken)[before:])
    ids = set(mails.values_list("message_id", flat=True))
    twice = sum(arrived.values()) - len(arrived)
    files, took = briefing.files.count(), time.perf_counter() - began
    print(f"whole job of {count} people, {kills} kills -9 (seed {seed}), {took:.0f} s, {files} PDFs kept")
    print(f"  lost {len(ids - set(arrived))}, sent twice {twice}, under another id {len(set(arrived) - ids)}")


def _session(workspace: "Workspace", count: int) -> "DialogueSession":
    """A session with `count` people in three groups and two languages: six distinct contents."""
    from dialoog.testing.factories import make_group, make_promised_session
    from sessions.models import Invitation, SessionGroup
    from stakeholders.models import Person, SeedGroup

    owner = workspace.members.get()
    session = make_promised_session(workspace=workspace, contact=owner, contact_email="bench@dialoog.nl")
    keys = (SeedGroup.COMPANIES, SeedGroup.NGOS, SeedGroup.UNIONS)
    groups = [make_group(workspace=workspace, key=key) for key in keys]
    for group in groups:
        SessionGroup.objects.create(session=session, group=group, what_we_ask=f"speak for {group.label}")
    people = Person.objects.bulk_create(
        Person(
            workspace=workspace,
            name=f"Guest {session.pk} {number}",
            email=f"guest{session.pk}.{number}@mail.dialoog.nl",
            language=("nl", "en")[number % 2],
        )
        for number in range(count)
    )
    Invitation.objects.bulk_create(
        Invitation(session=session, person=person, group=groups[number // 2 % 3])
        for number, person in enumerate(people)
    )
    return session


def _by_body(mails: Iterable["OutgoingMail"]) -> list[list["OutgoingMail"]]:
    bodies: dict[int, list[OutgoingMail]] = {}
    for mail in mails:
        bodies.setdefault(mail.body_id, []).append(mail)
    return list(bodies.values())


def _naive(session: "DialogueSession", port: int, count: int) -> float:
    """Seconds per person when each gets a mail and a PDF of their own, rendered and sent one by one."""
    from email.message import EmailMessage

    from sessions import mails, papers
    from sessions.actions.brief import preview

    began = time.perf_counter()
    for invitation in session.invitations.select_related("person")[:count]:
        reading = preview(session, "invitation", invitation.person.language, invitation.group_id)
        parts = mails.invitation(reading)
        pdf = papers.briefing_pdf(
            reading,
            emblem=papers.emblem_sizes(session),
            seed=session.pk,
            version=f"For {invitation.person}.",
        )
        message = EmailMessage()
        message["From"], message["To"] = "post@dialoog.nl", invitation.person.email
        message["Subject"] = parts.subject
        message.set_content(parts.text)
        message.add_alternative(parts.html, subtype="html")
        message.add_attachment(pdf, maintype="application", subtype="pdf", filename="information.pdf")
        with smtplib.SMTP("127.0.0.1", port, "bench") as line:
            line.send_message(message)
    return (time.perf_counter() - began) / count


def measure_smtp(workspace: "Workspace", taken: Path, port: int, count: int, rounds: int) -> None:
    """Bare loop and outbox in turn, the same bytes over one connection each."""
    from dialoog.kernel.outbox import delivery

    bare: list[float] = []
    boxed: list[float] = []
    posting: list[float] = []
    first: list[float] = []
    size = 0
    for number in range(rounds):
        began = time.perf_counter()
        mails = _post(workspace, f"smtp{number}", count)
        posting.append(time.perf_counter() - began)
        messages = _cast(mails)
        size = len(messages[0][1])
        began = time.perf_counter()
        _send_bare(port, messages)
        bare.append(count / (time.perf_counter() - began))
        before, began_at, began = len(_lines(taken)), time.time(), time.perf_counter()
        delivery.deliver_due(limit=10 * count)
        boxed.append(count / (time.perf_counter() - began))
        first.append(float(_lines(taken)[before].split()[0]) - began_at)
    ratio = statistics.median(boxed) / statistics.median(bare)
    print(f"{count} mails of {size / 1024:.0f} KB, {rounds} rounds, medians")
    print(f"  post_many            {statistics.median(posting):8.2f} s")
    print(f"  bare smtplib loop    {statistics.median(bare):8.0f} mails/s  (bytes made before)")
    print(f"  outbox               {statistics.median(boxed):8.0f} mails/s  = {ratio:.0%} of bare")
    print(f"  first mail after     {statistics.median(first):8.2f} s")
    print(f"  all after            {count / statistics.median(boxed):8.1f} s")


def measure_kills(workspace: "Workspace", taken: Path, count: int, kills: int, seed: int) -> None:
    """kill -9 of the delivering process at random moments; who is lost, who gets a mail twice?"""
    from dialoog.kernel.outbox.models import OutgoingMail

    chance = random.Random(seed)
    ids = {mail.message_id for mail in _post(workspace, "kill", count)}
    before = len(_lines(taken))
    goals = sorted(chance.sample(range(1, count), kills))
    began = time.perf_counter()
    for goal in goals:
        with _process([sys.executable, "-c", DELIVERER]) as process:
            _wait(lambda goal=goal: len(_lines(taken)) - before >= goal)
            process.send_signal(signal.SIGKILL)
    with _process([sys.executable, "-c", DELIVERER]):
        mails = OutgoingMail.objects.filter(key__startswith="kill:")
        _wait(lambda: not mails.exclude(status="sent").exists())
    arrived = Counter(line.split()[1] for line in _lines(taken)[before:])
    twice = sum(arrived.values()) - len(arrived)
    print(f"{count} mails, {kills} kills -9 (seed {seed}), {time.perf_counter() - began:.0f} s")
    print(f"  lost {len(ids - set(arrived))}, sent twice {twice}, under another id {len(set(arrived) - ids)}")


def _post(workspace: "Workspace", name: str, count: int) -> list["OutgoingMail"]:
    from dialoog.kernel.files import store
    from dialoog.kernel.outbox.message import mark
    from dialoog.kernel.outbox.post import Attachment, Envelope, keep_body, post_many

    chance = random.Random(name)
    pdf = store.keep(b"%PDF-1.7\n" + chance.randbytes(60_000), "application/pdf")
    calendar = store.keep(b"BEGIN:VCALENDAR\r\n" + b"X" * 900, "text/calendar")
    words = (
        f"<p>Beste {mark('name')}, <a href='{mark('link')}'>lees</a></p>"
        + "<p>Wat u mag verwachten.</p>" * 400
    )
    body = keep_body(
        workspace=workspace,
        kind="briefing",
        language="nl",
        subject=f"Uitnodiging {name}",
        html=words,
        text=f"Beste {mark('name')},\n\n{mark('link')}\n" + "Wat u mag verwachten.\n" * 60,
        attachments=[Attachment(pdf, "briefing.pdf"), Attachment(calendar, "meeting.ics")],
    )
    envelopes = [
        Envelope(
            key=f"{name}:{number}",
            body=body,
            to_email=f"person{number}@mail.dialoog.nl",
            to_name=f"Persoon {number}",
            personal={"name": f"Persoon {number}"},
            link_ref=f"link:{number}:1",
        )
        for number in range(count)
    ]
    return post_many(workspace=workspace, envelopes=envelopes)


def _cast(mails: list["OutgoingMail"]) -> list[tuple[str, bytes]]:
    from dialoog.kernel.outbox.message import Mould

    mould = Mould(mails[0].body)
    return [(mail.to_email, mould.cast(mail)) for mail in mails]


def _send_bare(port: int, messages: list[tuple[str, bytes]]) -> None:
    with smtplib.SMTP("127.0.0.1", port, "bench") as line:
        for address, message in messages:
            line.sendmail("post@dialoog.nl", [address], message)


def _prepare_environment(database: str, port: int, folder: str) -> None:
    os.environ.update(
        DATABASE_URL=database,
        EMAIL_URL=f"smtp://127.0.0.1:{port}",
        BASE_URL="https://dialoog.nl",
        MAIL_FROM="post@dialoog.nl",
        SECRET_KEY="bench" * 10,
        DIALOOG_VAR=folder,
        DJANGO_SETTINGS_MODULE="dialoog.settings",
        PYTHONPATH=str(ROOT),
    )
    sys.path.insert(0, str(ROOT))


def _prepare_database() -> "Workspace":
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from dialoog.kernel.workspaces.actions import found_workspace, make_user

    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    return found_workspace(name=f"Bench {time.time():.0f}", owner=make_user(email="bench@dialoog.nl"))


@contextmanager
def _process(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, cwd=ROOT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def _wait(is_so: Callable[[], bool]) -> None:
    while not is_so():
        time.sleep(0.02)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", default="", help="a database URL; SQLite in a temporary folder without it"
    )
    parser.add_argument(
        "--only", type=lambda words: words.split(","), default=["whole", "killed", "smtp", "kills"]
    )
    parser.add_argument("--mails", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--kill-mails", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    main()
