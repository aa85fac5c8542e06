"""What goes into the outbox, and what is refused at the door."""

import logging
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from dialoog.celery import IMPATIENT, app
from dialoog.kernel import clock
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox import delivery
from dialoog.kernel.outbox.models import MailBody, OutgoingMail
from dialoog.kernel.outbox.post import (
    cancel,
    erase_recipient,
    keep_body,
    post,
    post_many,
    readdress,
    refused_addresses,
    release,
    reschedule,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
Status, Error = OutgoingMail.Status, OutgoingMail.Error


def status_of(mail):
    return OutgoingMail.objects.values_list("status", flat=True).get(pk=mail.pk)


def test_the_same_key_is_the_same_mail(workspace, envelope):
    first = post(workspace=workspace, envelope=envelope())
    again = post(workspace=workspace, envelope=envelope(to_email="other@mail.dialoog.nl"))

    assert again.pk == first.pk
    assert again.to_email == first.to_email
    assert OutgoingMail.objects.count() == 1


def test_the_same_key_twice_in_one_batch_is_one_mail(workspace, envelope):
    rows = post_many(workspace=workspace, envelopes=[envelope(), envelope()])

    assert rows[0].pk == rows[1].pk


def test_many_mails_come_back_in_order(workspace, envelope):
    rows = post_many(workspace=workspace, envelopes=[envelope(n) for n in range(1000)])

    assert [row.recipient for row in rows] == [f"person:{n}" for n in range(1000)]


def test_posting_asks_the_database_as_often_for_many(workspace, envelope, django_assert_max_num_queries):
    with django_assert_max_num_queries(40):
        post_many(workspace=workspace, envelopes=[envelope(n) for n in range(1000)])


def test_the_same_content_is_kept_once(workspace, body):
    fields = {"kind": "x", "language": "nl", "subject": "a", "html": "b", "text": "c"}
    one, other = keep_body(workspace=workspace, **fields), keep_body(workspace=workspace, **fields)

    assert one.pk == other.pk
    assert MailBody.objects.count() == 2


def test_another_workspace_s_body_is_refused(workspace, envelope, eva):
    with pytest.raises(ValueError, match="another workspace"):
        post(workspace=eva.memberships.get().workspace, envelope=envelope())


@pytest.mark.parametrize(
    "address", ["", "x", "a@b", "a b@c.nl", "a@b.nl\nBcc: c@d.nl", "é@b.nl", "a@" + "b" * 99]
)
def test_an_address_that_is_none_is_refused(workspace, envelope, address):
    with pytest.raises(DomainError):
        post_many(workspace=workspace, envelopes=[envelope(1), envelope(2, to_email=address)])

    assert not OutgoingMail.objects.exists()


def test_an_international_domain_is_kept_in_its_ascii_form(workspace, envelope):
    mail = post(workspace=workspace, envelope=envelope(to_email=" ahmed@bücher.de "))

    assert mail.to_email == "ahmed@xn--bcher-kva.de"


@pytest.mark.parametrize("domain", ["example.org", "mail.example.com", "x.test", "x.invalid", "x.example"])
def test_mail_to_an_example_address_never_leaves(workspace, envelope, smtp, domain):
    mail = post(workspace=workspace, envelope=envelope(to_email=f"a@{domain}"))
    delivery.deliver_due()

    mail.refresh_from_db()
    assert (mail.status, mail.error) == (Status.FAILED, Error.RESERVED)
    assert not mail.can_retry
    assert not smtp.received


def test_a_mail_taken_back_does_not_leave_and_can_be_posted_anew(workspace, envelope, smtp):
    mail = post(workspace=workspace, envelope=envelope())

    assert cancel(workspace=workspace, keys=[mail.key]) == 1
    delivery.deliver_due()
    assert not smtp.received

    again = post(workspace=workspace, envelope=envelope(to_email="new@mail.dialoog.nl"))
    delivery.deliver_due()
    assert again.pk == mail.pk
    assert smtp.addresses == ["new@mail.dialoog.nl"]


def test_what_has_left_cannot_be_taken_back(workspace, envelope):
    mail = post(workspace=workspace, envelope=envelope())
    delivery.deliver_due()

    assert cancel(workspace=workspace, keys=[mail.key]) == 0
    assert status_of(mail) == Status.SENT


def test_a_planned_mail_waits_for_its_moment_and_moves_with_it(workspace, envelope):
    now = clock.now()
    mail = post(workspace=workspace, envelope=envelope(due_at=now + timedelta(days=2)))
    delivery.deliver_due()
    assert status_of(mail) == Status.PENDING

    reschedule(workspace=workspace, keys=[mail.key], due_at=now + timedelta(days=1))
    with clock.at(now + timedelta(days=1, minutes=1)):
        delivery.deliver_due()
    mail.refresh_from_db()
    assert (mail.status, mail.sent_at) == (Status.SENT, now + timedelta(days=1, minutes=1))


def test_a_held_mail_waits_for_its_release(workspace, envelope):
    mail = post(workspace=workspace, envelope=envelope(held=True))
    delivery.deliver_due()
    assert status_of(mail) == Status.HELD

    release(workspace=workspace, keys=[mail.key])
    delivery.deliver_due()
    assert status_of(mail) == Status.SENT


def test_what_is_too_late_is_missed_and_not_sent(workspace, envelope):
    now = clock.now()
    mail = post(workspace=workspace, envelope=envelope(due_at=now, useless_after=now + timedelta(hours=1)))

    with clock.at(now + timedelta(hours=2)):
        delivery.deliver_due()
        delivery.sweep()

    assert status_of(mail) == Status.MISSED


def test_a_queue_that_is_down_never_breaks_the_request(
    workspace, envelope, caplog, django_capture_on_commit_callbacks
):
    before = app.conf.broker_url
    app.conf.update(broker_url="redis://127.0.0.1:1/0", broker_transport_options=IMPATIENT)
    # lines to the queue that is up, kept since another test, would be used again
    app._after_fork()
    began = time.monotonic()
    try:
        with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
            mail = post(workspace=workspace, envelope=envelope())
    finally:
        app.conf.update(broker_url=before, broker_transport_options={})
        app._after_fork()

    assert time.monotonic() - began < 2
    assert "the sweeper will find the mail" in caplog.text
    assert status_of(mail) == Status.PENDING


def test_a_corrected_address_is_followed(workspace, envelope):
    mail = post(workspace=workspace, envelope=envelope())

    readdress(workspace=workspace, recipient="person:1", to_email="right@dialoog.nl", to_name="Right")

    mail.refresh_from_db()
    assert (mail.to_email, mail.to_name) == ("right@dialoog.nl", "Right")


def test_an_erased_receiver_leaves_no_trace(workspace, envelope):
    mails = post_many(workspace=workspace, envelopes=[envelope(1), envelope(2)])

    erase_recipient(workspace=workspace, recipient="person:1")

    mails[0].refresh_from_db()
    assert (mails[0].status, mails[0].to_email, mails[0].to_name) == (Status.CANCELLED, "", "")
    assert mails[0].personal == {}
    assert status_of(mails[1]) == Status.PENDING


def test_refused_addresses_are_known_until_one_is_accepted(workspace, envelope, smtp):
    mail = post(workspace=workspace, envelope=envelope())
    smtp.at_rcpt["person1@mail.dialoog.nl"] = "550 5.1.1 no such user"
    delivery.deliver_due()
    assert refused_addresses(workspace) == {"person1@mail.dialoog.nl"}

    smtp.at_rcpt.clear()
    post(workspace=workspace, envelope=envelope(key="another"))
    delivery.deliver_due()
    assert refused_addresses(workspace) == set()
    assert status_of(mail) == Status.FAILED


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "nonsense"},
        {"error": "nonsense"},
        {"status": Status.SENT, "sent_at": None},
        {"status": Status.CLAIMED},
        {"useless_after": F("due_at") - timedelta(days=1)},
    ],
)
def test_the_database_refuses_impossible_mails(workspace, envelope, wrong):
    mail = post(workspace=workspace, envelope=envelope())

    with pytest.raises(IntegrityError), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(**wrong)
