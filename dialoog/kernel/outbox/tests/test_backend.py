"""Sign-in codes: at once or never, and nowhere to be read afterwards."""

import threading

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from dialoog.environment import Smtp
from dialoog.kernel.outbox.models import OutgoingMail

BACKEND = "dialoog.kernel.outbox.backend.OutboxBackend"


def send(to: str = "anna@mail.dialoog.nl") -> None:
    message = EmailMultiAlternatives("Your code", "The code is ABC123.", "post@dialoog.nl", [to])
    message.attach_alternative("<p>ABC123</p>", "text/html")
    get_connection(BACKEND).send_messages([message])
    for thread in threading.enumerate():
        if "_hand_over" in thread.name:
            thread.join()


def test_a_code_leaves_at_once(smtp):
    send()

    assert smtp.addresses == ["anna@mail.dialoog.nl"]
    assert "ABC123" in smtp.received[0].message.get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_embedded_a_code_is_printed_and_kept_nowhere(settings, capsys):
    settings.EMBEDDED = True

    send()

    assert "ABC123" in capsys.readouterr().err
    assert not OutgoingMail.objects.exists()


def test_a_code_to_an_example_address_never_leaves(smtp):
    send("anna@example.org")

    assert not smtp.received


def test_a_server_that_is_away_breaks_no_page(smtp, settings, caplog):
    settings.SMTP = Smtp("127.0.0.1", 1, "", "", False, False)

    send()

    assert "could not leave (network)" in caplog.text
    assert "anna" not in caplog.text
