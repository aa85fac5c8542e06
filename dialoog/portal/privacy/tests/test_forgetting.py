"""What was promised to be forgotten is forgotten, under a set clock."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core import serializers

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.portal.guest.actions import ask_erasure
from dialoog.portal.guest.mails import send_links
from dialoog.portal.privacy.actions import erase_everywhere, forget_overdue
from dialoog.testing.factories import (
    answer,
    ask,
    invite,
    make_organisation,
    make_person,
    make_promised_session,
    make_sent_session,
    make_wish,
)
from feedback.models import Correction, Report, ReportCopy
from sessions.actions.conclude import save_contribution
from sessions.actions.forget import erase_needs
from sessions.models import Answer, Invitation, Status
from sessions.queries import kept_until
from stakeholders.models import Channel

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 22, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _january():
    with clock.at(NOW):
        yield


def at(moment):
    return clock.at(moment)


def test_needs_are_erased_seven_days_after_the_meeting_and_not_before(workspace):
    session = make_sent_session(workspace=workspace)
    needy = invite(session=session, needs=["wheelchair"], needs_note="An interpreter")
    noted = invite(session=session, needs_note="Halal")
    invite(session=session)

    with at(session.ends_at + timedelta(days=7, seconds=-1)):
        early = erase_needs()
    with at(session.ends_at + timedelta(days=7)):
        done, again = erase_needs(), erase_needs()

    needy.refresh_from_db()
    noted.refresh_from_db()
    assert (early, done, again) == (0, 2, 0)
    assert (needy.needs, needy.needs_note, noted.needs_note) == ([], "", "")
    assert [event.data for event in AuditEvent.objects.filter(verb="needs_erased")] == [{"count": 2}]


def test_needs_of_a_meeting_still_to_come_stay(workspace):
    row = invite(session=make_sent_session(workspace=workspace), needs=["food"])

    erase_needs()

    row.refresh_from_db()
    assert row.needs == ["food"]


@pytest.fixture
def daan(workspace):
    """Somebody who left traces everywhere."""
    factory = make_organisation(workspace=workspace, name="Loom Works")
    person = make_person(
        workspace=workspace,
        name="Daan Yilmaz",
        email="daan@loom.example",
        phone="0655501020",
        note="Needs a quiet room",
        organisation=factory,
    )
    session = make_sent_session(workspace=workspace)
    row = invite(
        session=session,
        person=person,
        why_you="Daan, you buy wool",
        opening_line="Dear Daan",
        needs_note="quiet for Daan",
        rules_note="Daan says",
    )
    answer(invitation=row, answer=Answer.PARTLY, note="Daan comes by train")
    ask(invitation=row, text="May Daan bring a dog?")
    make_wish(session=session, invitation=row, text="Daan wants less")
    ask_erasure(row, {})
    send_links([person.pk])
    report = Report.objects.create(session=session, version=1)
    ReportCopy.objects.create(report=report, invitation=row, language="en", channel="mail", inputs=[1])
    Correction.objects.create(report=report, invitation=row, text="Daan said no", said_at=NOW)
    save_contribution(session=session, text="Less", by=Actor.system(), people=[row])
    return person


def everything() -> str:
    """All rows of our apps in one text, ids and codes with the rest."""
    rows = []
    for model in apps.get_models():
        if model._meta.app_label in {"stakeholders", "dialogue_sessions", "feedback", "outbox", "audit"}:
            rows += json.loads(serializers.serialize("json", model._default_manager.all()))
    return json.dumps(rows)


def test_an_erased_person_is_nowhere_any_more(daan):
    before = everything()

    erase_everywhere(person=daan, by=Actor.system())

    after = everything()
    assert "Daan" in before
    for trace in ("Daan", "daan@", "0655501020", "quiet"):
        assert trace not in after, trace
    assert Invitation.objects.get().answer == Answer.PARTLY


def test_mails_on_their_way_to_an_erased_person_stop(daan):
    erase_everywhere(person=daan, by=Actor.system())

    to_them = OutgoingMail.objects.filter(recipient=f"person:{daan.pk}")
    assert {mail.status for mail in to_them} == {"cancelled"}


def test_an_erased_person_does_not_come_to_what_is_still_to_be_held(daan):
    erase_everywhere(person=daan, by=Actor.system())

    assert Invitation.objects.get().is_withdrawn


def test_people_go_by_themselves_on_the_day_their_page_names(daan):
    day = kept_until(Invitation.objects.get().session)
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    with at(noon - timedelta(days=1)):
        early = forget_overdue()
    with at(noon):
        done, again = forget_overdue(), forget_overdue()

    daan.refresh_from_db()
    assert (early, done, again) == (0, 1, 0)
    assert daan.erased_at is not None
    assert AuditEvent.objects.filter(verb="person.erased", actor_kind="system").count() == 1


def test_another_meeting_keeps_people_longer(workspace, daan):
    later = make_promised_session(workspace=workspace, days=300, status=Status.INVITING)
    invite(session=later, person=daan)

    with at(NOW + timedelta(days=600)):
        assert forget_overdue() == 0


def test_who_was_never_invited_stays_in_the_register(workspace):
    make_person(workspace=workspace)

    with at(NOW + timedelta(days=3650)):
        assert forget_overdue() == 0


def test_people_go_before_those_who_reach_them(workspace):
    session = make_sent_session(workspace=workspace)
    sunita = make_person(workspace=workspace, name="Sunita")
    worker = make_person(workspace=workspace, channel=Channel.INTERMEDIARY, intermediary=sunita)
    for person in (sunita, worker):
        invite(session=session, person=person)

    with at(NOW + timedelta(days=600)):
        counts = [forget_overdue() for _attempt in range(3)]

    assert counts == [1, 1, 0]


def test_the_organiser_sees_it_coming_and_can_do_it(daan, workspace, bram, romy, as_user):
    client = as_user(bram)
    detail = client.get(workspace.url("stakeholders:person_detail", daan.pk)).content.decode()
    address = workspace.url("portal:person_erase", daan.pk)
    asked = client.get(address).content.decode()
    refused = as_user(romy).post(address)
    done = client.post(address)

    daan.refresh_from_db()
    assert address in detail
    assert "Erased by itself on" in detail
    assert "It happens by itself on" in asked
    assert refused.status_code == 403
    assert done["Location"] == workspace.url("stakeholders:person_list")
    assert daan.erased_at is not None


def test_who_reaches_others_is_not_erased(workspace, bram, as_user):
    sunita = make_person(workspace=workspace, name="Sunita")
    make_person(workspace=workspace, channel=Channel.INTERMEDIARY, intermediary=sunita)

    answered = as_user(bram).post(workspace.url("portal:person_erase", sunita.pk))

    sunita.refresh_from_db()
    assert answered.status_code == 422
    assert "Other people are reached through this person" in answered.content.decode()
    assert sunita.erased_at is None
