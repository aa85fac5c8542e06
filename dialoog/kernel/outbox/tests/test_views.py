"""The pages of the outbox."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.outbox import delivery
from dialoog.kernel.outbox.message import personal_address
from dialoog.kernel.outbox.models import MailBody, OutgoingMail, QueueState
from dialoog.kernel.outbox.post import post, post_many

Status, Error = OutgoingMail.Status, OutgoingMail.Error
PAGES = ["mail_detail", "mail_view", "mail_text", "mail_follow"]


@pytest.fixture
def mail(workspace, envelope):
    return post(workspace=workspace, envelope=envelope())


@pytest.fixture
def client(as_user, anna):
    return as_user(anna)


def change(mail, **fields):
    OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
    mail.refresh_from_db()


def test_list_shows_receiver_subject_and_state(client, workspace, mail):
    response = client.get(workspace.url("outbox:mail_list"))

    assert response.status_code == 200
    words = response.content.decode()
    assert "Person 1" in words
    assert "Uitnodiging voor Person &lt;1&gt;: wélke grondstoffen?" in words
    assert "Waiting" in words


def test_list_is_searched_and_filtered(client, workspace, envelope):
    mails = post_many(workspace=workspace, envelopes=[envelope(n) for n in range(3)])
    change(mails[0], status=Status.FAILED, error=Error.REFUSED, answer="550 no")

    found = client.get(workspace.url("outbox:mail_list"), {"q": "person2"}).content.decode()
    failed = client.get(workspace.url("outbox:mail_list"), {"state": "failed"}).content.decode()

    assert "Person 2" in found
    assert "Person 1" not in found
    assert "Person 0" in failed
    assert "Person 2" not in failed
    assert "does not exist" in failed


@pytest.mark.parametrize(
    "query", [{"q": "\x00"}, {"page": "9" * 30}, {"state": "nonsense"}, {"q": "é" * 5000}]
)
def test_list_bears_any_query(client, workspace, mail, query):
    assert client.get(workspace.url("outbox:mail_list"), query).status_code == 200


def test_list_asks_the_database_as_often_for_many_mails(
    client, workspace, envelope, django_assert_num_queries, mail
):
    with CaptureQueriesContext(connection) as one:
        client.get(workspace.url("outbox:mail_list"))
    post_many(workspace=workspace, envelopes=[envelope(n) for n in range(2, 60)])

    with django_assert_num_queries(len(one)):
        client.get(workspace.url("outbox:mail_list"))


def test_detail_shows_text_files_and_meeting_but_no_link(client, workspace, mail):
    words = client.get(workspace.url("outbox:mail_detail", mail.pk)).content.decode()

    assert "Beste Person &lt;1&gt;," in words
    assert "briefing.pdf" in words
    assert "Grondstoffen" in words
    assert "De Brug" in words
    assert "/g/" not in words


def test_text_says_where_the_reader_finds_their_own_link(client, workspace, body, mail):
    MailBody.objects.filter(pk=body.pk).update(
        text="Lees en antwoord\n{{link}}\nEnglish: {{link}}?language=en\n"
    )

    words = client.get(workspace.url("outbox:mail_detail", mail.pk)).content.decode()

    assert "Lees en antwoord\n[hier vindt de lezer de eigen link]\nEnglish: [hier vindt" in words
    assert "personal-link" not in words
    assert "?language=en" not in words


def test_meeting_names_its_day_once(client, workspace, mail):
    words = client.get(workspace.url("outbox:mail_detail", mail.pk)).content.decode()

    assert words.count("2 March 2027") == 1
    assert "10:00 – 16:00" in words


def test_html_stands_in_a_frame_that_can_do_nothing(client, workspace, mail):
    response = client.get(workspace.url("outbox:mail_view", mail.pk))

    policy = response["Content-Security-Policy"]
    assert policy.startswith("sandbox; default-src 'none'")
    assert "script-src" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "Beste Person &lt;1&gt;" in response.content.decode()
    assert "/g/" not in response.content.decode()


def test_attachments_come_as_they_were(client, workspace, mail):
    pdf = client.get(workspace.url("outbox:mail_attachment", mail.pk, 0))
    calendar = client.get(workspace.url("outbox:mail_attachment", mail.pk, 1))

    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert calendar["Content-Disposition"] == 'attachment; filename="meeting.ics"'
    assert client.get(workspace.url("outbox:mail_attachment", mail.pk, 2)).status_code == 404


def test_link_is_followed_in_the_embedded_sandbox_only(client, workspace, mail, settings):
    embedded = client.get(workspace.url("outbox:mail_follow", mail.pk))
    settings.EMBEDDED = False
    real = client.get(workspace.url("outbox:mail_follow", mail.pk))

    assert embedded.headers["Location"] == personal_address("link:1:1")
    assert real.status_code == 404


def test_retry_waits_again_and_is_written_down(client, workspace, mail):
    change(mail, status=Status.FAILED, error=Error.BLOCKED, attempts=3)

    client.post(workspace.url("outbox:mail_retry", mail.pk))

    mail.refresh_from_db()
    assert (mail.status, mail.error, mail.attempts) == (Status.PENDING, "", 0)
    assert [event.verb for event in AuditEvent.objects.on(mail)] == ["mail.retried"]


def test_retry_of_a_sent_mail_changes_nothing(client, workspace, mail):
    delivery.deliver_due()

    response = client.post(workspace.url("outbox:mail_retry", mail.pk), follow=True)

    mail.refresh_from_db()
    assert mail.status == Status.SENT
    assert "cannot be sent again" in response.content.decode()


def test_bounce_is_written_down_with_its_reason(client, workspace, mail):
    delivery.deliver_due()
    OutgoingMail.objects.update(is_sandboxed=False)

    client.post(workspace.url("outbox:mail_bounced", mail.pk), {"reason": "User unknown"})

    mail.refresh_from_db()
    assert (mail.status, mail.error, mail.answer) == (Status.FAILED, Error.BOUNCED, "User unknown")


def test_bounce_needs_a_reason(client, workspace, mail):
    response = client.post(workspace.url("outbox:mail_bounced", mail.pk), {"reason": ""})

    assert response.status_code == 422


def test_alarm_is_shown_and_the_queue_resumed(client, workspace, mail):
    QueueState.objects.create(
        pk=1, since=timezone.now(), paused_until=timezone.now() + delivery.REST, code="login", answer="535 no"
    )

    words = client.get(workspace.url("outbox:mail_list")).content.decode()
    client.post(workspace.url("outbox:queue_resume"))

    assert "does not accept our name and password" in words
    assert not delivery.is_paused()
    assert delivery.queue_alarm() is not None


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_closed_to_strangers(as_user, eva, mail, name):
    assert as_user(eva).get(mail.workspace.url(f"outbox:{name}", mail.pk)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_closed_to_readers(as_user, romy, mail, name):
    assert as_user(romy).get(mail.workspace.url(f"outbox:{name}", mail.pk)).status_code == 403


@pytest.mark.parametrize("name", ["mail_retry", "mail_bounced"])
def test_changes_need_a_post(client, workspace, mail, name):
    assert client.get(workspace.url(f"outbox:{name}", mail.pk)).status_code == 405


def test_a_mail_of_elsewhere_is_not_found(as_user, eva, mail):
    elsewhere = eva.memberships.get().workspace

    assert as_user(eva).get(elsewhere.url("outbox:mail_detail", mail.pk)).status_code == 404
