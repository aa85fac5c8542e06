"""The report to oneself before it goes out, and the report by post with a cover of one page."""

import subprocess
from datetime import datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from pikepdf import Pdf

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.outbox.models import OutgoingMail
from feedback.actions.report import deliver_report, save_report, send_report, start_report
from feedback.actions.trial import post_trial
from feedback.models import ReportCopy
from feedback.tests.conftest import DAY
from sessions.actions.conclude import respond_to_contributions, save_contribution, save_outcome
from stakeholders.models import Channel, Person

pytestmark = pytest.mark.django_db

IN_TIME = datetime(2027, 3, 14, 9, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def draft(held, anna):
    by, first = Actor.user(anna), held.invitations.order_by("pk").first()
    with clock.at(DAY + timedelta(days=2)):
        save_outcome(session=held, kind="decision", text="Cotton", by=by)
        said = save_contribution(session=held, text="Late changes cause overtime", people=[first], by=by)
        respond_to_contributions(
            session=held, responses={said.pk: ("adopted", "Because " + "x " * 700, None)}, by=by
        )
        fields = {"decided": "cotton", "adoption": "y " * 450, "as_announced": "yes", "names_kept": True}
        return save_report(report=start_report(session=held, by=by), fields=fields, by=by)


def at(session, name):
    return session.workspace.url(f"feedback:{name}", session.pk)


def test_trial_is_what_that_person_gets_marked_as_a_test(draft, anna):
    first = draft.session.invitations.select_related("person").order_by("pk").first()

    for _click in range(2):
        post_trial(report=draft, invitation_id=first.pk, by=anna, minute="202703140900")

    mail = OutgoingMail.objects.get(body__kind="report_test")
    assert mail.to_email == anna.email
    assert mail.body.subject.startswith("Test: ")
    assert mail.personal["name"] == first.person.name
    assert "Late changes cause overtime" in mail.personal["input"]
    assert mail.body.attachments.count() == 1


def test_trial_is_asked_for_by_who_reports_and_about_who_is_told(draft, clients):
    page, first = at(draft.session, "report_trial"), draft.session.invitations.first()

    codes = {who: client.post(page, {"to": first.pk}).status_code for who, client in clients.items()}
    nobody = clients["anna"].post(page, {"to": "x"}).status_code

    assert codes.pop("chaima") in {403, 404}
    assert codes == {"anna": 302, "bram": 302, "romy": 403, "eva": 404}
    assert nobody == 404


def test_letters_are_printed_once_with_a_cover_of_one_page(draft, anna, clients):
    session = draft.session
    first = session.invitations.order_by("pk").first()
    address = {"street": "Dorpsstraat 1", "postcode": "1234 AB", "city": "Utrecht"}
    Person.objects.filter(pk=first.person_id).update(channel=Channel.LETTER, email="", **address)
    with clock.at(IN_TIME):
        send_report(report=draft, by=Actor.user(anna))
        deliver_report(report=draft)
        listed = clients["anna"].get(at(session, "report_letter_list")).content.decode()
        printed = clients["anna"].post(at(session, "report_letter_print"))
        again = clients["anna"].post(at(session, "report_letter_print"))
        enclosed = Pdf.open(_stream(clients["anna"].get(at_version(session))))
    pages = Pdf.open(_stream(printed)).pages

    assert "Dorpsstraat 1, 1234 AB Utrecht" in listed
    assert ReportCopy.objects.get(channel="letter").printed_at is not None
    assert again.status_code == 302
    assert len(pages) == 1 + len(enclosed.pages)
    assert text_of(printed.content).partition("\f")[0].count("Dorpsstraat 1") == 1
    assert not OutgoingMail.objects.filter(recipient=f"person:{first.person_id}").exists()


def at_version(session):
    return session.workspace.url("feedback:report_pdf", session.pk, 1)


def text_of(pdf):
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def _stream(response):
    return BytesIO(response.content)


@pytest.mark.parametrize("name", ["report_letter_list", "report_letter_print"])
def test_letters_are_of_who_reports(held, clients, name):
    method = "get" if name.endswith("list") else "post"
    found = {who: getattr(client, method)(at(held, name)).status_code for who, client in clients.items()}

    assert (found["romy"], found["eva"]) == (403, 404)
