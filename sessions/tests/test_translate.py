"""Translations of what the organiser wrote."""

import pytest

from dialoog.testing.factories import invite, make_person, make_promised_session
from sessions.content import source_digest
from sessions.models import SessionText

pytestmark = pytest.mark.django_db


@pytest.fixture
def session(workspace):
    """In English, with somebody who reads Dutch."""
    session = make_promised_session(workspace=workspace)
    invite(session=session, person=make_person(workspace=workspace, language="nl"))
    return session


def sent(session, text: str, **fields: str) -> dict[str, str]:
    seen = source_digest(session.goal)
    return {"field": "goal", "language": "nl", "seen": seen, "text": text, **fields}


def test_a_text_is_missing_then_done_then_stale(session, workspace, bram, as_user):
    client = as_user(bram)
    url = workspace.url("sessions:translation_edit", session.pk)

    def state() -> str:
        ((_code, twins),) = client.get(url).context["languages"]
        return next(twin.state for twin in twins if twin.name == "goal")

    assert state() == "missing"
    client.post(url, sent(session, "een lijst van grondstoffen."))
    assert state() == "done"
    session.goal = "another list."
    session.save()
    assert state() == "stale"


def test_an_emptied_translation_is_taken_away(session, workspace, bram, as_user):
    client = as_user(bram)
    url = workspace.url("sessions:translation_edit", session.pk)

    client.post(url, sent(session, "een lijst."))
    client.post(url, sent(session, " "))

    assert not SessionText.objects.exists()


def test_a_text_too_long_keeps_what_was_typed(session, workspace, bram, as_user):
    data = sent(session, "x" * 161, field="title", seen=source_digest(session.title))

    response = as_user(bram).post(workspace.url("sessions:translation_edit", session.pk), data)

    assert response.status_code == 422
    assert "x" * 161 in response.content.decode()
    assert not SessionText.objects.exists()


@pytest.mark.parametrize("wrong", [{"field": "history_note"}, {"language": "en"}, {"seen": "no"}])
def test_a_forged_field_or_language_is_refused(wrong, session, workspace, bram, as_user):
    url = workspace.url("sessions:translation_edit", session.pk)

    response = as_user(bram).post(url, sent(session, "tekst", **wrong))

    assert response.status_code == 422
    assert not SessionText.objects.exists()


def test_the_page_is_only_offered_when_somebody_reads_another_language(session, workspace, bram, as_user):
    alone = make_promised_session(workspace=workspace)
    invite(session=alone)
    client = as_user(bram)

    def offered(one) -> bool:
        tabs = client.get(workspace.url("sessions:answer_list", one.pk)).context["tabs"]
        return any(key == "translations" for key, *_rest in tabs)

    assert offered(session)
    assert not offered(alone)
    page = client.get(workspace.url("sessions:translation_edit", alone.pk)).content.decode()
    assert "Nothing to translate" in page


def test_roles_and_strangers(session, workspace, anna, chaima, romy, eva, as_user):  # noqa: PLR0917
    url = workspace.url("sessions:translation_edit", session.pk)

    seen = [as_user(user).get(url).status_code for user in (anna, eva, chaima, romy)]

    assert seen == [200, 404, 403, 403]
