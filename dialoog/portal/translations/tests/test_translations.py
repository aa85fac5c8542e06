"""The page with translations: missing, stale, complete, two writers, and what other pages say about it."""

import pytest

from dialoog.testing.factories import invite, make_agenda_item, make_person, make_promised_session
from sessions.actions.plan import draft_of
from sessions.models import SessionText, TextOwner
from sessions.reading import source_digest
from stakeholders.models import Channel

pytestmark = pytest.mark.django_db

GOAL = "nl-session-goal"


@pytest.fixture
def session(workspace):
    """In English, with somebody who reads Dutch."""
    session = make_promised_session(workspace=workspace)
    invite(session=session, person=make_person(workspace=workspace, language="nl"))
    return session


@pytest.fixture
def page(session, workspace, bram, as_user):
    """The page as Bram has it before him, and what he sends from it."""
    return Page(as_user(bram), workspace.url("portal:translation_edit", session.pk))


class Page:
    def __init__(self, client, url) -> None:
        self.client, self.url = client, url

    def look(self):
        self.form = self.client.get(self.url).context["form"]
        return self

    def send(self, **texts: str):
        data = {name: field.initial or "" for name, field in self.form.fields.items()}
        data = {name: text for name, text in data.items() if not name.endswith("-right")}
        return self.client.post(self.url, data | texts)

    def state(self, name: str) -> str:
        twins = [
            twin
            for language in self.client.get(self.url).context["languages"]
            for section in language.sections
            for twin in (*section.open, *section.done, *section.names)
        ]
        return next(twin.state for twin in twins if twin.field.name == name)

    @property
    def standing(self):
        return self.client.get(self.url).context["languages"][0].standing


def test_a_text_is_missing_then_done_then_stale(page, session):
    assert page.state(GOAL) == "missing"
    page.look().send(**{GOAL: "een lijst van grondstoffen."})
    assert page.state(GOAL) == "done"
    session.goal = "another list."
    session.save()
    assert page.state(GOAL) == "stale"
    page.look().send(**{f"{GOAL}-right": "on"})
    assert page.state(GOAL) == "done"


def test_progress_counts_what_is_needed_and_says_when_all_is_done(page):
    before = page.standing
    every = {name: f"NL {name}" for name in page.look().form.fields if not name.endswith(("-seen", "-right"))}
    page.send(**every)
    after = page.standing

    assert (before.done, before.total) == (0, 6)
    assert before.sentence == "1 person reads Dutch: 6 texts are not in Dutch yet"
    assert (after.done, after.total) == (6, 6)
    assert after.sentence == "1 person reads Dutch: everything is translated."


def test_the_same_words_are_asked_once(page, session):
    for title in ("Lunch", "Lunch", "Welcome"):
        make_agenda_item(session=session, title=title)

    names = [name for name in page.look().form.fields if "agenda" in name and name.endswith("title")]

    assert len(names) == 2


def test_words_to_a_group_without_such_readers_are_not_asked(page, session):
    asked = page.look().form.fields
    elsewhere = session.groups.get()
    elsewhere.pk = None
    elsewhere.group = session.workspace.stakeholder_groups.create(name="Else", shape="star", position=99)
    elsewhere.why_you = "nobody of you reads Dutch"
    elsewhere.save()

    assert set(page.look().form.fields) == set(asked)


def test_words_two_groups_share_are_asked_when_one_of_them_has_such_readers(page, session):
    session.groups.update(why_you="you know the trade")
    first = session.groups.get()
    first.pk = None
    first.group = session.workspace.stakeholder_groups.create(name="Else", shape="star", position=99)
    first.save()

    assert [name for name in page.look().form.fields if name.endswith("why_you")]


def test_who_is_reached_through_somebody_counts_in_that_persons_language(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)
    through = make_person(workspace=workspace, language="nl")
    person = make_person(
        workspace=workspace, channel=Channel.INTERMEDIARY, intermediary=through, language="hi"
    )
    invite(session=session, person=person)

    response = as_user(bram).get(workspace.url("portal:translation_edit", session.pk))

    assert [language.code for language in response.context["languages"]] == ["nl"]


def test_an_emptied_translation_is_taken_away(page):
    page.look().send(**{GOAL: "een lijst."})
    page.look().send(**{GOAL: " "})

    assert not SessionText.objects.exists()


def test_a_text_too_long_keeps_what_was_typed(page):
    response = page.look().send(**{"nl-session-title": "x" * 161})

    assert response.status_code == 422
    assert "x" * 161 in response.content.decode()
    assert not SessionText.objects.exists()


def test_an_endless_text_is_refused(page):
    assert page.look().send(**{GOAL: "x" * 100_000}).status_code == 422
    assert not SessionText.objects.exists()


@pytest.mark.parametrize(("typed", "kept"), [("a\x00b", "ab"), ("قائمة نص", "قائمة نص")])
def test_odd_characters_are_kept_but_for_what_no_text_can_hold(typed, kept, page):
    page.look().send(**{GOAL: typed})

    assert SessionText.objects.get().text == kept


def test_of_two_writers_the_second_sees_both_and_may_keep_his(page, session):
    page.look()
    SessionText.objects.create(
        session=session,
        field="goal",
        language="nl",
        text="van Anna",
        source_digest=source_digest(session.goal),
    )

    response = page.send(**{GOAL: "van Bram"})

    assert response.status_code == 422
    assert "van Anna" in response.content.decode()
    assert "van Bram" in response.content.decode()
    assert SessionText.objects.get().text == "van Anna"
    page.form = response.context["form"]
    seen = page.form[f"{GOAL}-seen"].value()
    page.send(**{GOAL: "van Bram", f"{GOAL}-seen": seen})
    assert SessionText.objects.get().text == "van Bram"


def test_what_was_not_touched_is_not_written_over(page, session):
    page.look()
    SessionText.objects.create(
        session=session,
        field="goal",
        language="nl",
        text="van Anna",
        source_digest=source_digest(session.goal),
    )

    assert page.send(**{"nl-session-title": "Titel"}).status_code == 302
    assert SessionText.objects.get(field="goal").text == "van Anna"


def test_what_is_typed_is_kept_as_a_draft_until_it_is_saved(page, session, workspace, bram):
    keep = workspace.url("portal:translation_keep", session.pk)
    page.client.post(keep, {GOAL: "half a sen\x00", "nl-forged": "x"})

    assert draft_of(session, bram, "translations").fields == {GOAL: ["half a sen"]}
    assert "half a sen" in page.client.get(page.url).content.decode()
    assert not SessionText.objects.exists()
    page.look().send()
    assert draft_of(session, bram, "translations") is None
    assert page.client.post(keep, {GOAL: "x" * 300_000}).status_code == 422


def test_a_forged_field_writes_nothing(page):
    response = page.look().send(**{"nl-session-history_note": "x", "en-session-goal": "y"})

    assert response.status_code == 302
    assert not SessionText.objects.exists()


def test_a_cancelled_meeting_is_not_translated(page, session):
    page.look()
    session.status = "cancelled"
    session.save()

    assert page.send(**{GOAL: "een lijst."}).status_code == 422


def test_the_page_is_only_offered_when_somebody_reads_another_language(session, workspace, bram, as_user):
    alone = make_promised_session(workspace=workspace)
    invite(session=alone)
    client = as_user(bram)

    def offered(one) -> bool:
        tabs = client.get(workspace.url("sessions:answer_list", one.pk)).context["tabs"]
        return any(key == "translations" for key, *_rest in tabs)

    assert offered(session)
    assert not offered(alone)
    page = client.get(workspace.url("portal:translation_edit", alone.pk)).content.decode()
    assert "Nothing to translate" in page


@pytest.mark.parametrize("name", ["invite_look", "invite_send", "pack_look", "pack_send"])
def test_the_screens_say_who_reads_another_language(name, session, workspace, bram, as_user):
    alone = make_promised_session(workspace=workspace)
    invite(session=alone)
    client = as_user(bram)

    there, not_there = (
        client.get(workspace.url(f"sessions:{name}", one.pk)).content.decode() for one in (session, alone)
    )

    assert "1 person reads Dutch: 6 texts are not in Dutch yet" in there
    assert workspace.url("portal:translation_edit", session.pk) in there
    assert "reads Dutch" not in not_there


def test_a_part_taken_from_the_programme_takes_its_translation_along(session, page, bram):
    item = make_agenda_item(session=session, title="Lunch")
    page.look().send(**{f"nl-agenda-{item.pk}-title": "Lunch (nl)"})
    page.client.post(session.workspace.url("sessions:agenda_item_delete", session.pk, item.pk))

    assert not SessionText.objects.filter(owner=TextOwner.AGENDA).exists()


def test_roles_and_strangers(session, workspace, anna, chaima, romy, eva, as_user):  # noqa: PLR0917
    url = workspace.url("portal:translation_edit", session.pk)

    seen = [as_user(user).get(url).status_code for user in (anna, eva, chaima, romy)]

    assert seen == [200, 404, 403, 403]
