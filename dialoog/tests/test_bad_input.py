"""Bad input: a clear sentence in the reader's language, what was typed is kept, nothing is lost, no 500."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.workspaces.actions import add_member, make_user
from dialoog.kernel.workspaces.policy import Role
from dialoog.testing.everything import Everything, make_everything
from dialoog.testing.factories import invite, make_person, make_promised_session, make_sent_session
from feedback.models import Report
from sessions.models import Status
from stakeholders.actions.access import give_access, token_of

pytestmark = pytest.mark.django_db

TEXTS = {
    "endless": "x" * 100_000,
    "odd": "😀 👩\u200d🌾 مرحبا שלום be\x00fore\x07 <script>alert(1)</script> {{ link }} {% now 'Y' %}",
}
# buttons, not forms: whatever is sent along, they break nothing
BUTTONS = (
    "sessions:briefing_to_myself",
    "sessions:agenda_item_move",
    "sessions:date_settle",
    "sessions:change_tell",
    "sessions:outcome_move",
    "sessions:proposal_settle",
    "feedback:report_trial",
    "feedback:report_letter_print",
)
# a list may be endless: what is too long in it is cut, and the preview says so
LISTS = ("stakeholders:person_import", "sessions:invite_people")
# pages without one form to look at: what they take
TAKEN: dict[str, dict[str, str]] = {
    "outbox:mail_bounced": {"reason": ""},
    "sessions:endorsement_ask": {"name": "", "function": "", "email": "board@example.org"},
    "sessions:session_cancel": {"reason": ""},
    "sessions:attendance_save": {"note": ""},
    "sessions:contributions_merge": {"text": ""},
    "sessions:commitment_edit": {"drop": "1", "drop-reason": ""},
    "sessions:proposal_new": {"words": "1", "words-text": "", "words-reason": ""},
    "sessions:proposal_answer": {"whom": "", "answer": "agreed", "reason": "", "via": "phone"},
    "feedback:questionnaire_save": {"talk_to": "", "talk_to_phone": "", "talk_to_why": ""},
    "feedback:correction_answer": {"answer": ""},
}


@pytest.fixture
def every(workspace, anna) -> Everything:
    return make_everything(workspace=workspace, by=anna)


def filled(form: Any, text: str, *, everywhere: bool) -> dict[str, Any]:
    """What somebody sends who writes `text` in every text field, or in every field there is."""
    return {name: _value(form, name, text, everywhere) for name in form.fields}


def _value(form: Any, name: str, text: str, everywhere: bool) -> Any:
    field, initial = form.fields[name], form.get_initial_for_field(form.fields[name], name)
    if name == "version":
        return initial or 1
    if everywhere or type(field) is forms.CharField:
        return text
    if isinstance(field, forms.EmailField):
        return "typed@example.org"
    if isinstance(field, forms.DateField):
        return (clock.today() + timedelta(days=40)).isoformat()
    if isinstance(field, forms.TimeField):
        return "12:00" if name == "end" else "10:00"
    if isinstance(field, forms.IntegerField):
        return initial or 30
    if isinstance(field, forms.ChoiceField):
        return initial or next((str(key) for key, _label in field.choices if key), "")
    return "" if initial is None or isinstance(initial, list) else initial


def typed_on(client: Any, page: str, address: str, text: str, everywhere: bool) -> dict[str, Any]:
    name = page.split(" ", maxsplit=1)[0]
    if name in BUTTONS:
        return dict.fromkeys(("row", "to", "seen", "up"), text)
    if name in TAKEN:
        return {field: value or text for field, value in TAKEN[name].items()}
    return filled(client.get(address).context["form"], text, everywhere=everywhere)


@pytest.mark.parametrize("everywhere", [False, True], ids=["in texts", "everywhere"])
@pytest.mark.parametrize("name", TEXTS)
def test_any_text_in_any_form_of_an_organiser_is_taken_or_given_back(every, anna, as_user, name, everywhere):
    client, text = as_user(anna), TEXTS[name]
    readable = "".join(c for c in text if c.isprintable() or c == "\u200d")
    lost = []
    for page, address in every.addresses.items():
        typed = typed_on(client, page, address, text, everywhere)
        answer = client.post(address, typed)
        if answer.status_code == 422:
            shown = unescape(answer.content.decode())
            is_there = text in shown or readable in shown
            lost += [page] if text in typed.values() and not is_there else []
        elif answer.status_code not in {302, 404}:
            lost.append((page, answer.status_code))
        elif name == "endless" and page not in (*BUTTONS, *LISTS) and text in typed.values():
            lost.append((page, "neither kept nor given back"))

    assert "\n".join(map(str, lost)) == ""


# --- one by one, as a Dutch organiser and Dutch guests read it


@pytest.fixture
def jan(workspace, as_user):
    """An organiser who reads Dutch, signed in."""
    user = make_user(email="jan@example.org", name="Jan Bos", language="nl")
    add_member(workspace=workspace, user=user, role=Role.ORGANISER)
    return as_user(user)


def dutch(sentence: str, **values: object) -> str:
    with translation.override("nl"):
        return gettext(sentence) % values if values else gettext(sentence)


def shown(answer: Any) -> str:
    return unescape(answer.content.decode())


def fields_of(client: Any, address: str, **changes: Any) -> dict[str, Any]:
    """What the form on a page would send as it stands, with `changes`."""
    form = client.get(address).context["form"]
    values = {bound.name: bound.value() for bound in form if bound.value() is not None}
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {name: value for name, value in plain.items() if value is not False} | changes


def test_an_end_before_the_start_is_said_wherever_times_are_given(every, jan):
    for page, more in (
        ("sessions:invite_meeting", {}),
        ("sessions:change_edit programme", {"reason": "The room"}),
        ("sessions:session_new_held", {"title": "Last week", "day": "2026-01-05", "people": every.person.pk}),
    ):
        address = every.addresses[page]
        typed = fields_of(jan, address, **more, start="16:00", end="09:00", place="Kota 🏜")
        answer = jan.post(address, typed)
        assert answer.status_code == 422, page
        assert dutch("The meeting must end after it starts.") in shown(answer), page
        assert "Kota 🏜" in shown(answer), page


def test_inviting_to_a_meeting_that_has_begun_is_refused(workspace, jan):
    session = make_promised_session(workspace=workspace, days=-1)
    invite(session=session)
    address = workspace.url("sessions:invite_send", session.pk)

    answer = jan.post(address, {"version": session.version, "when": "now"})

    sentence = "The meeting has already begun. You cannot invite to a moment in the past."
    assert answer.status_code == 422
    assert dutch(sentence) in shown(answer)
    assert not session.briefings.exists()


def test_a_moment_in_the_past_is_no_moment_to_send(workspace, jan):
    session = make_promised_session(workspace=workspace)
    invite(session=session)
    address = workspace.url("sessions:invite_send", session.pk)
    typed = {"version": session.version, "when": "other", "day": "2020-01-06", "at": "09:00"}

    answer = jan.post(address, typed)

    assert answer.status_code == 422
    assert "2020-01-06" in shown(answer)
    assert not session.briefings.exists()


def test_a_double_click_on_send_sends_one_mailing(workspace, jan):
    session = make_promised_session(workspace=workspace)
    invite(session=session)
    address = workspace.url("sessions:invite_send", session.pk)

    answers = [jan.post(address, {"version": session.version, "when": "now"}) for _click in range(2)]

    assert {answer.status_code for answer in answers} <= {302, 422}
    assert session.briefings.count() == 1


def test_a_double_click_on_the_report_sends_one_report(workspace, jan):
    session = make_promised_session(workspace=workspace, days=-3, status=Status.HELD)
    invite(session=session, sent_at=clock.now())
    report = Report.objects.create(session=session, version=1, decided="Six materials")
    address = workspace.url("feedback:report_send", session.pk)

    answers = [jan.post(address, {"when": "now"}) for _click in range(2)]

    report.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 404]
    assert report.status == "planned"


def test_who_cannot_be_reached_is_not_added_and_not_forgotten(workspace, jan):
    address = workspace.url("stakeholders:person_new")
    typed = {"name": "Daan Yılmaz 🌍", "language": "nl", "channel": "mail", "participation_mode": "named"}

    answer = jan.post(address, typed)

    assert answer.status_code == 422
    assert dutch("Give an e-mail address, or choose another way.") in shown(answer)
    assert typed["name"] in shown(answer)
    assert not workspace.people.exists()


def test_the_same_person_twice_is_one_person(workspace, jan):
    make_person(workspace=workspace, name="Daan", email="daan@example.org")
    typed = {"name": "Daan Yılmaz", "email": "DAAN@example.org", "language": "nl", "channel": "mail"}

    answer = jan.post(
        workspace.url("stakeholders:person_new"),
        {**typed, "participation_mode": "named", "note": "Likes tea"},
    )

    assert answer.status_code == 422
    assert dutch("Somebody with this e-mail address is in your list already.") in shown(answer)
    assert "Likes tea" in shown(answer)
    assert workspace.people.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"%PDF-1.4 list", "pdf"), (b"\xd0\xcf\x11\xe0 list", "excel"), (b"", ""), (b"\x00\x01" * 99, "")],
    ids=["pdf", "xls", "empty", "bytes"],
)
def test_a_file_that_is_no_list_leaves_the_meeting_as_it_was(every, jan, content, sentence):
    address = every.addresses["sessions:invite_people"]
    file = SimpleUploadedFile("list.xlsx", content)

    answer = jan.post(address, {"read": "1", "file": file})

    assert answer.status_code == 422
    errors = str(answer.context["form"].errors).lower()
    assert sentence in errors
    assert errors
    assert every.draft.invitations.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        "Naam;Organisatie;E-mail;;;\r\nAnaïs de Vries;Café;anais@cafe.example;;;\r\n".encode("cp1252"),
        "Naam\tOrganisatie\tE-mail\nAnaïs de Vries\tCafé\tanais@cafe.example\n".encode("utf-16"),
        "\ufeffNaam,Organisatie,E-mail,,\nAnaïs de Vries,Café,anais@cafe.example,,\n".encode(),
    ],
    ids=["windows-1252, semicolons, empty columns", "utf-16, tabs", "byte order mark, commas"],
)
def test_lists_as_spreadsheets_write_them_are_read(every, jan, content):
    address = every.addresses["sessions:invite_people"]

    jan.post(address, {"read": "1", "file": SimpleUploadedFile("list.csv", content)})
    jan.post(address, {"confirm": "1"})

    added = every.draft.invitations.get(person__email="anais@cafe.example")
    assert (added.person.name, added.person.organisation.name) == ("Anaïs de Vries", "Café")


def test_a_guest_who_answers_too_late_reads_why_and_keeps_the_words(workspace):
    person = make_person(workspace=workspace, language="nl")
    session = make_sent_session(workspace=workspace)
    row = invite(session=session, person=person)
    phone = Client()
    link = give_access(person=person, by=Actor.system())
    phone.get(reverse("portal:guest_enter", args=[token_of(link)]))

    with clock.at(session.starts_at + timedelta(minutes=5)):
        answer = phone.post(
            reverse("portal:guest_answer", args=[row.pk]),
            {"person": person.pk, "answer": "partly", "note": "Ik ben op het station"},
        )

    row.refresh_from_db()
    sentence = "This meeting has already started. Call us if something changed."
    assert answer.status_code == 422
    assert dutch(sentence) in shown(answer)
    assert "Ik ben op het station" in shown(answer)
    assert row.answer == ""


def test_a_text_nobody_translated_is_shown_with_a_sentence_saying_so(workspace):
    person = make_person(workspace=workspace, language="nl")
    row = invite(session=make_sent_session(workspace=workspace, language="en"), person=person)
    phone = Client()
    link = give_access(person=person, by=Actor.system())
    phone.get(reverse("portal:guest_enter", args=[token_of(link)]))

    page = shown(phone.get(reverse("portal:guest_detail", args=[row.pk])))

    assert 'lang="nl"' in page
    assert 'lang="en"' in page
    assert row.session.goal.rstrip(".") in page
    said = "Some texts are not translated yet. You read them as they were written (%(language)s)."
    assert dutch(said, language="English") in page
