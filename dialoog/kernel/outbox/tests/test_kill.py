"""kill -9 in the middle of delivery: nobody is forgotten, and hardly anybody gets a mail twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings as django_settings
from django.db import connection

from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.outbox.post import post_many

KILLS, MAILS = 3, 300
DELIVERER = """
import time, django
django.setup()
from django.conf import settings
from dialoog.kernel.outbox import delivery
settings.OUTBOX_LEASE_SECONDS = 1
while True:
    delivery.sweep()
    delivery.deliver_due()
    time.sleep(0.2)
"""


def database_url() -> str:
    """Where another process finds the test's database."""
    own = connection.settings_dict
    if connection.vendor == "postgresql":
        return f"postgresql://{own['USER']}@{own['HOST']}:{own['PORT'] or 5432}/{own['NAME']}"
    return f"sqlite:///{own['NAME']}"


def states() -> Counter:
    return Counter(OutgoingMail.objects.values_list("status", flat=True))


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_killed_processes_lose_nobody(workspace, envelope, smtp, settings, tmp_path):
    mails = post_many(workspace=workspace, envelopes=[envelope(n) for n in range(MAILS)])
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "EMAIL_URL": f"smtp://127.0.0.1:{settings.SMTP.port}",
        "BASE_URL": "https://dialoog.nl",
        "MAIL_FROM": "post@dialoog.nl",
        "SECRET_KEY": "x" * 50,
        "DIALOOG_VAR": str(tmp_path),
    }

    def start() -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-c", DELIVERER], env=environment, cwd=django_settings.BASE_DIR
        )

    for kill in range(1, KILLS + 1):
        process = start()
        _wait(lambda goal=kill * MAILS // (KILLS + 1): len(smtp.received) >= goal)
        process.send_signal(signal.SIGKILL)
        process.wait()
    process = start()
    _wait(lambda: states() == {"sent": MAILS})
    process.terminate()
    process.wait()

    ids = Counter(received.message["Message-ID"] for received in smtp.received)
    assert set(ids) == {mail.message_id for mail in mails}
    assert sum(ids.values()) - MAILS <= KILLS
    assert max(ids.values()) <= 1 + KILLS


def _wait(is_so, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "It took too long."
        time.sleep(0.01)
