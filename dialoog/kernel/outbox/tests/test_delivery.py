"""Delivery to a real mail server that refuses, delays, hangs and hangs up."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialoog.environment import Smtp
from dialoog.kernel import clock
from dialoog.kernel.outbox import delivery
from dialoog.kernel.outbox.message import personal_address
from dialoog.kernel.outbox.models import OutgoingMail, QueueState
from dialoog.kernel.outbox.post import post, post_many
from dialoog.kernel.outbox.tests.conftest import ICS, PDF

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
Status, Error = OutgoingMail.Status, OutgoingMail.Error


def send(workspace, envelope, count=1, **changes):
    mails = post_many(workspace=workspace, envelopes=[envelope(n, **changes) for n in range(1, count + 1)])
    delivery.deliver_due()
    return [OutgoingMail.objects.get(pk=mail.pk) for mail in mails]


def later():
    """The queue and every mail have had their rest."""
    QueueState.objects.update(paused_until=None)
    OutgoingMail.objects.filter(status=Status.PENDING).update(next_at=clock.now())
    delivery.deliver_due()


def test_a_mail_arrives_whole(workspace, envelope, smtp):
    [mail] = send(workspace, envelope)

    message = smtp.received[0].message
    assert (mail.status, mail.attempts) == (Status.SENT, 1)
    assert message["From"] == '"Anna de Boer (Home & Table)" <post@dialoog.nl>'
    assert message["Reply-To"] == "anna@hometable.nl"
    assert message["To"] == "Person 1 <person1@mail.dialoog.nl>"
    assert message["Subject"] == "Uitnodiging voor Person <1>: wélke grondstoffen?"
    assert message["Content-Language"] == "nl"
    assert message["Message-ID"] == mail.message_id
    assert message["Auto-Submitted"] is None
    link = personal_address("link:1:1")
    text = message.get_body(("plain",)).get_content()
    assert text.splitlines() == ["Beste Person <1>,", "", link, ".", "Groet"]
    assert (
        f'<a href="{link}">Lees en antwoord</a> &amp; {{{{unknown}}}}'
        in message.get_body(("html",)).get_content()
    )
    assert "Beste Person &lt;1&gt;," in message.get_body(("html",)).get_content()


def test_attachments_arrive_as_they_were(workspace, envelope, smtp):
    send(workspace, envelope)

    pdf, calendar = smtp.received[0].message.iter_attachments()
    assert (pdf.get_filename(), pdf.get_content_type(), pdf.get_content()) == (
        "briefing.pdf",
        "application/pdf",
        PDF,
    )
    assert calendar.get_content_type() == "text/calendar"
    assert calendar.get_param("method") == "PUBLISH"
    assert calendar.get_payload(decode=True) == ICS


@pytest.mark.parametrize("words", ["é\r" * 3000 + "x" * 3000 + "\n.\n", "one line é " * 3000])
def test_every_line_of_a_mail_is_short_and_ends_well(workspace, envelope, smtp, words):
    send(workspace, envelope, personal={"name": words})

    raw = smtp.received[0].raw
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", raw)


def test_names_cannot_write_headers(workspace, envelope, smtp):
    nasty = 'Eva\r\nBcc: all@x.nl\x00\u202e "Quote", Ünï <x@y.nl>'
    send(workspace, envelope, to_name=nasty, from_name=nasty, personal={"name": nasty})

    message = smtp.received[0].message
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["person1@mail.dialoog.nl"]
    assert [address.addr_spec for address in message["From"].addresses] == ["post@dialoog.nl"]
    assert message["To"].addresses[0].display_name == 'Eva Bcc: all@x.nl "Quote", Ünï <x@y.nl>'
    assert not message.defects


def test_one_connection_carries_many_mails(workspace, envelope, smtp):
    send(workspace, envelope, count=40)

    assert len(smtp.received) == 40
    assert smtp.connections == 1


def test_a_claim_takes_one_chunk_whatever_the_planner_thinks(workspace, envelope):
    post_many(workspace=workspace, envelopes=[envelope(n) for n in range(3 * delivery.CHUNK)])

    mails = delivery._claim("lease")

    assert len(mails) == delivery.CHUNK
    assert OutgoingMail.objects.filter(status=Status.CLAIMED).count() == delivery.CHUNK


def test_a_mail_costs_one_statement(workspace, envelope, smtp):
    def statements(count: int) -> int:
        post_many(workspace=workspace, envelopes=[envelope(1000 * count + n) for n in range(count)])
        with CaptureQueriesContext(connection) as asked:
            delivery.deliver_due()
        return len(asked)

    statements(1)  # reads what all of them share

    assert statements(40) - statements(10) == 30


def test_a_refused_address_fails_at_once_and_the_others_arrive(workspace, envelope, smtp):
    smtp.at_rcpt["person2@mail.dialoog.nl"] = "550 5.1.1 no such user here"

    mails = send(workspace, envelope, count=3)

    assert [mail.status for mail in mails] == [Status.SENT, Status.FAILED, Status.SENT]
    assert mails[1].error == Error.REFUSED
    assert mails[1].answer == "550 5.1.1 no such user here"
    assert delivery.queue_alarm() is None


def test_a_full_mailbox_fails_without_blaming_the_address(workspace, envelope, smtp):
    smtp.at_rcpt["person1@mail.dialoog.nl"] = "552 5.2.2 mailbox full"

    [mail] = send(workspace, envelope)

    assert (mail.status, mail.error) == (Status.FAILED, Error.MAILBOX)


def test_greylisting_waits_and_then_arrives(workspace, envelope, smtp):
    smtp.at_rcpt["person1@mail.dialoog.nl"] = "451 4.7.1 try again later"

    [mail] = send(workspace, envelope)
    assert (mail.status, mail.error, mail.attempts) == (Status.PENDING, Error.LATER, 1)
    assert timedelta(seconds=50) < mail.next_at - clock.now() <= timedelta(seconds=60)

    smtp.at_rcpt.clear()
    later()
    mail.refresh_from_db()
    assert (mail.status, mail.error, mail.attempts) == (Status.SENT, "", 2)


def test_greylisting_ends_one_day(workspace, envelope, smtp):
    smtp.at_rcpt["person1@mail.dialoog.nl"] = "451 4.7.1 try again later"
    [mail] = send(workspace, envelope)
    OutgoingMail.objects.update(attempts=delivery.GIVE_UP_AFTER - 1)

    later()

    mail.refresh_from_db()
    assert (mail.status, mail.error) == (Status.FAILED, Error.LATER)


def test_a_wrong_password_pauses_the_queue_and_costs_no_mail_a_try(workspace, envelope, smtp, settings):
    host, port = settings.SMTP.host, settings.SMTP.port
    settings.SMTP = Smtp(host, port, "dialoog", "wrong", False, False)

    mails = send(workspace, envelope, count=3)

    alarm = delivery.queue_alarm()
    assert [(mail.status, mail.attempts) for mail in mails] == [(Status.PENDING, 0)] * 3
    assert (alarm.code, alarm.answer[:3]) == ("login", "535")
    assert delivery.is_paused()

    settings.SMTP = Smtp(host, port, "dialoog", "right", False, False)
    later()
    assert len(smtp.received) == 3
    assert delivery.queue_alarm() is None


def test_a_server_that_is_away_pauses_the_queue(workspace, envelope, smtp, settings):
    settings.SMTP = Smtp("127.0.0.1", 1, "", "", False, False)

    [mail] = send(workspace, envelope)

    assert (mail.status, mail.attempts) == (Status.PENDING, 0)
    assert delivery.queue_alarm().code == "network"


@pytest.mark.parametrize("phase", ["at_mail", "at_data"])
def test_a_refusal_of_us_pauses_the_queue_and_fails_nobody(workspace, envelope, smtp, phase):
    setattr(smtp, phase, "554 5.7.1 not today")

    mails = send(workspace, envelope, count=3)

    assert [(mail.status, mail.attempts) for mail in mails] == [
        (Status.PENDING, 1),
        (Status.PENDING, 0),
        (Status.PENDING, 0),
    ]
    assert delivery.queue_alarm().code == "blocked"

    setattr(smtp, phase, "")
    later()
    assert sorted(smtp.addresses) == [f"person{n}@mail.dialoog.nl" for n in (1, 2, 3)]


def test_one_mail_nobody_wants_does_not_hold_up_the_others_for_ever(workspace, envelope, smtp):
    smtp.at_rcpt["person1@mail.dialoog.nl"] = "554 5.7.1 spam"
    mails = send(workspace, envelope, count=2)

    for _round in range(4):
        later()

    mails = [OutgoingMail.objects.get(pk=mail.pk) for mail in mails]
    assert [(mail.status, mail.error) for mail in mails] == [
        (Status.FAILED, Error.BLOCKED),
        (Status.SENT, ""),
    ]


def test_a_line_that_breaks_midway_loses_nobody(workspace, envelope, smtp):
    smtp.hang_up_at = "person5@mail.dialoog.nl"

    mails = send(workspace, envelope, count=12)

    assert sorted(smtp.addresses) == sorted(mail.to_email for mail in mails)
    assert {mail.status for mail in mails} == {Status.SENT}
    assert smtp.connections == 2


def test_a_line_that_breaks_after_the_mail_sends_it_again_under_the_same_id(workspace, envelope, smtp):
    smtp.hang_up_at = "drop after data"

    mails = send(workspace, envelope, count=2)
    later()

    ids = [received.message["Message-ID"] for received in smtp.received]
    assert sorted(set(ids)) == sorted(mail.message_id for mail in mails)
    assert len(ids) == 3
    assert ids.count(mails[0].message_id) == 2


def test_a_once_only_mail_of_which_nobody_knows_waits_for_a_person(workspace, envelope, smtp):
    smtp.hang_up_at = "drop after data"

    [mail] = send(workspace, envelope, once_only=True)
    later()

    mail.refresh_from_db()
    assert (mail.status, mail.error) == (Status.UNCERTAIN, Error.STOPPED)
    assert len(smtp.received) == 1


def test_a_server_that_hangs_is_left_and_tried_later(workspace, envelope, smtp):
    smtp.hang_at = "person1@mail.dialoog.nl"

    mails = send(workspace, envelope, count=2)
    assert [mail.status for mail in mails] == [Status.PENDING, Status.PENDING]
    assert delivery.queue_alarm().code == "network"

    smtp.hang_at = ""
    later()
    assert len(smtp.received) == 2


def test_a_mail_that_cannot_be_built_does_not_hold_up_the_others(workspace, envelope, smtp):
    mails = post_many(workspace=workspace, envelopes=[envelope(n) for n in (1, 2)])
    OutgoingMail.objects.filter(pk=mails[0].pk).update(personal={"name": 7})

    delivery.deliver_due()

    mails[0].refresh_from_db()
    assert (mails[0].status, mails[0].error) == (Status.FAILED, Error.BROKEN)
    assert smtp.addresses == ["person2@mail.dialoog.nl"]


def test_the_sandbox_takes_everything_and_never_gives_it_back(workspace, envelope, smtp, settings):
    settings.EMBEDDED = True
    mail = post(workspace=workspace, envelope=envelope(to_email="eva@example.org"))
    planned = post(workspace=workspace, envelope=envelope(2, due_at=clock.now() + timedelta(days=1)))
    delivery.deliver_due()

    settings.EMBEDDED = False
    OutgoingMail.objects.filter(pk=planned.pk).update(next_at=clock.now())
    delivery.deliver_due()

    for each in (mail, planned):
        each.refresh_from_db()
        assert (each.status, each.is_sandboxed) == (Status.SENT, True)
    assert not smtp.received


def test_a_real_mail_waits_while_there_is_no_mail_server(workspace, envelope, smtp, settings):
    mail = post(workspace=workspace, envelope=envelope())
    settings.EMBEDDED = True
    delivery.deliver_due()

    mail.refresh_from_db()
    assert mail.status == Status.PENDING


def test_a_mail_of_the_demo_never_leaves(workspace, envelope, smtp):
    workspace.is_demo = True
    workspace.save()

    [mail] = send(workspace, envelope)

    assert (mail.status, mail.is_sandboxed) == (Status.SENT, True)
    assert not smtp.received


@pytest.mark.parametrize(
    ("status", "once_only", "becomes"),
    [
        (Status.CLAIMED, True, Status.PENDING),
        (Status.SENDING, False, Status.PENDING),
        (Status.SENDING, True, Status.UNCERTAIN),
    ],
)
def test_the_sweeper_frees_what_a_dead_process_held(workspace, envelope, status, once_only, becomes):
    mail = post(workspace=workspace, envelope=envelope(once_only=once_only))
    past = timezone.now() - timedelta(seconds=1)
    OutgoingMail.objects.filter(pk=mail.pk).update(status=status, lease="dead", lease_until=past)

    delivery.sweep()

    mail.refresh_from_db()
    assert (mail.status, mail.lease) == (becomes, "")


def test_the_sweeper_leaves_a_living_process_alone(workspace, envelope):
    mail = post(workspace=workspace, envelope=envelope())
    future = timezone.now() + timedelta(seconds=60)
    OutgoingMail.objects.filter(pk=mail.pk).update(status=Status.SENDING, lease="alive", lease_until=future)

    delivery.sweep()

    mail.refresh_from_db()
    assert mail.status == Status.SENDING


def test_a_reminder_says_that_a_machine_sent_it(workspace, envelope, smtp, body):
    body.is_automatic = True
    body.digest = "another"
    body.save()

    send(workspace, envelope)

    assert smtp.received[0].message["Auto-Submitted"] == "auto-generated"
