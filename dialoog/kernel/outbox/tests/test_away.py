"""The database or Redis goes away in the middle of delivery: it goes on, and nobody gets a mail twice."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time

import psycopg
import pytest
from celery import Celery
from django.conf import settings as django_settings
from django.db import connection

from dialoog.kernel.outbox import delivery
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.outbox.post import keep_body, post_many

Status = OutgoingMail.Status
pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def hang_up_on_everybody():
    """What a restart of PostgreSQL does to those who were talking to it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is no server that could go away.")
    own = connection.settings_dict

    def hang_up() -> None:
        with psycopg.connect(
            host=own["HOST"], port=own["PORT"] or 5432, user=own["USER"], dbname="postgres", autocommit=True
        ) as line:
            line.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [own["NAME"]]
            )

    return hang_up


@pytest.mark.parametrize("at", [1, 4, 5, 8])
def test_a_restart_of_the_database_costs_no_mail_and_doubles_none(
    workspace, envelope, smtp, hang_up_on_everybody, at
):
    other = keep_body(workspace=workspace, kind="other", language="en", subject="Two", html="b", text="b")
    # the fifth needs content that nobody has read yet
    mails = [envelope(n) for n in range(4)] + [envelope(n, body=other) for n in range(4, 8)]
    posted = post_many(workspace=workspace, envelopes=mails)
    smtp.when_taken = lambda count: hang_up_on_everybody() if count == at else None

    delivery.deliver_due()

    ids = [received.message["Message-ID"] for received in smtp.received]
    assert sorted(ids) == sorted(mail.message_id for mail in posted)
    states = OutgoingMail.objects.values_list("status", "attempts", "lease").distinct()
    assert list(states) == [(Status.SENT, 1, "")]


@pytest.fixture
def own_redis(tmp_path):
    """A Redis that keeps nothing, to be killed: starts it anew, empty, each time it is called."""
    if connection.vendor != "postgresql" or not shutil.which("redis-server"):
        pytest.skip("Needs PostgreSQL, which a worker shares with this process, and redis-server.")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running: list[subprocess.Popen] = []

    def begin_empty() -> str:
        for process in running:
            process.send_signal(signal.SIGKILL)
            process.wait()
        command = ["redis-server", "--port", str(port), "--save", "", "--dir", str(tmp_path)]
        running[:] = [subprocess.Popen(command, stdout=subprocess.DEVNULL)]
        return f"redis://127.0.0.1:{port}/0"

    yield begin_empty
    for process in running:
        process.kill()
        process.wait()


@pytest.fixture
def worker(smtp, settings, tmp_path):
    """A real worker, as `manage.py up` runs it; gets the address of its Redis."""
    running: list[subprocess.Popen] = []

    def begin(redis_url: str) -> None:
        own = connection.settings_dict
        environment = {
            **os.environ,
            "DATABASE_URL": f"postgresql://{own['USER']}@{own['HOST']}:{own['PORT'] or 5432}/{own['NAME']}",
            "REDIS_URL": redis_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{settings.SMTP.port}",
            "BASE_URL": "https://dialoog.nl",
            "MAIL_FROM": "post@dialoog.nl",
            "SECRET_KEY": "x" * 50,
            "DIALOOG_VAR": str(tmp_path),
        }
        command = [sys.executable, "-m", "celery", "--app", "dialoog", "--quiet", "worker", "--pool", "solo"]
        running.append(subprocess.Popen(command, env=environment, cwd=django_settings.BASE_DIR))

    yield begin
    for process in running:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_a_redis_that_lost_its_memory_costs_no_mail(workspace, envelope, smtp, own_redis, worker):
    post_many(workspace=workspace, envelopes=[envelope(n) for n in range(100)])
    url = own_redis()
    smtp.when_taken = lambda count: own_redis() if count == 30 else None

    # a worker looks by itself for what waits when it begins
    worker(url)
    _wait(lambda: len(smtp.received) == 100)
    post_many(workspace=workspace, envelopes=[envelope(100)])
    with Celery(broker=url).connection_for_write() as line:
        # which a worker hears only when it has found the new Redis
        _wait(lambda: line.ensure_connection(max_retries=3))
        Celery(broker=url).send_task("outbox.deliver")
    _wait(lambda: len(smtp.received) == 101)

    assert len(set(smtp.addresses)) == 101


def test_an_intent_whose_confirmation_got_lost_is_not_lost_itself(workspace, envelope, smtp):
    first, second = post_many(workspace=workspace, envelopes=[envelope(1), envelope(2)])
    chunk = delivery._claim("lease")
    # the commit came through, and then the line was cut
    OutgoingMail.objects.filter(pk=second.pk).update(status=Status.SENDING)

    with delivery.courier_for(chunk) as courier:
        delivery._send_each(chunk, "lease", courier)

    assert smtp.addresses == [first.to_email, second.to_email]
    assert set(OutgoingMail.objects.values_list("status", flat=True)) == {Status.SENT}


def _wait(is_so, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "It took too long."
        time.sleep(0.02)
