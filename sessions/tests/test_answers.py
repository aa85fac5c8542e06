"""Answers as organisers see and record them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dialoog.kernel import clock
from dialoog.testing.factories import (
    answer,
    ask,
    invite,
    make_organisation,
    make_person,
    make_promised_session,
    make_sent_session,
)
from sessions.models import (
    Answer,
    Clear,
    DateMode,
    DateOption,
    DecisionProcedure,
    Invitation,
    Method,
    RulesAnswer,
    Via,
)
from sessions.queries import answer_rows, by_group, coverage
from sessions.telling import freeze
from stakeholders.models import Channel, Mode, SeedGroup

pytestmark = pytest.mark.django_db


@pytest.fixture
def briefed(workspace):
    """A meeting whose invitation was frozen with all it says."""
    session = make_sent_session(workspace=workspace)
    session.briefings.update(content=freeze(session))
    return session


def test_the_list_shows_groups_in_words_and_each_answer_with_how_it_came(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    femke = make_person(workspace=workspace, name="Femke Haverkamp")
    answer(invitation=invite(session=session, person=femke), answer=Answer.PARTLY, note="Only the morning")
    geert = invite(session=session, person=make_person(workspace=workspace, name="Geert Friso"))
    answer(invitation=geert, answer=Answer.NO, decline_reasons=["far"], via=Via.PHONE, recorded_by=bram)
    invite(session=session, group=SeedGroup.NGOS)

    page = as_user(bram).get(workspace.url("sessions:answer_list", session.pk)).content.decode()

    assert "1 comes, 1 does not come, 1 not answered yet" in page
    assert "Only the morning" in page
    assert "Too far away" in page
    assert "by telephone, written down by Bram on" in page


def test_what_somebody_would_change_about_the_rules_is_read(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    answer(invitation=invite(session=session))
    session.invitations.update(rules_answer=RulesAnswer.OTHERWISE, rules_note="Let the women speak first")

    page = as_user(bram).get(workspace.url("sessions:answer_list", session.pk)).content.decode()

    assert "Would change the rules" in page
    assert "Let the women speak first" in page


def test_clear_is_said_of_who_comes_and_not_of_who_declined(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    no = invite(session=session, person=make_person(workspace=workspace, name="Geert Friso"))
    answer(invitation=no, answer=Answer.NO)
    session.invitations.update(clear=Clear.YES)
    client, url = as_user(bram), workspace.url("sessions:answer_list", session.pk)

    declined = client.get(url).content.decode()
    session.invitations.update(answer=Answer.YES)
    coming = client.get(url).content.decode()

    assert "Says it is clear" not in declined
    assert "Says it is clear" in coming


def test_a_filter_leaves_only_those_of_that_group_and_answer(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    answer(invitation=invite(session=session, person=make_person(workspace=workspace, name="Wel Degelijk")))
    invite(session=session, person=make_person(workspace=workspace, name="Nog Stil"))
    ngo = invite(
        session=session, person=make_person(workspace=workspace, name="Andere Groep"), group=SeedGroup.NGOS
    )
    url = workspace.url("sessions:answer_list", session.pk)

    open_ones = as_user(bram).get(url, {"answer": "open"}).context["rows"].object_list
    ngos = as_user(bram).get(url, {"group": ngo.group_id, "answer": "nonsense"}).context["rows"].object_list

    assert [row.person.name for row in open_ones] == ["Nog Stil", "Andere Groep"]
    assert [row.person.name for row in ngos] == ["Andere Groep"]


def test_a_long_list_is_searched_by_name_and_organisation(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    mill = make_organisation(workspace=workspace, name="Wéverij Zuid")
    invite(session=session, person=make_person(workspace=workspace, name="Ömer Ak", organisation=mill))
    hidden = make_person(
        workspace=workspace, name="Neem", organisation=mill, participation_mode=Mode.PSEUDONYM
    )
    invite(session=session, person=hidden, group=SeedGroup.WORKERS)
    for number in range(14):
        invite(session=session, person=make_person(workspace=workspace, name=f"Persoon {number}"))
    client, url = as_user(bram), workspace.url("sessions:answer_list", session.pk)

    def found(words: str) -> list[str]:
        page = client.get(url, {"q": words})
        assert page.status_code == 200
        return [row.person.name for row in page.context["rows"].object_list]

    assert 'name="q"' in client.get(url).content.decode()
    assert found("omer") == ["Ömer Ak"]
    assert found("weverij ÖMER") == ["Ömer Ak"]
    # where a protected person is from is not found out by searching
    assert found("weverij") == ["Ömer Ak"]
    assert found("neem") == ["Neem"]
    assert found("nobody at all") == []
    assert "Nobody fits these words" in client.get(url, {"q": "nobody at all"}).content.decode()


def test_a_short_list_needs_no_search(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    for _number in range(15):
        invite(session=session)
    url = workspace.url("sessions:answer_list", session.pk)

    assert 'name="q"' not in as_user(bram).get(url).content.decode()


def test_searching_asks_nothing_more_of_the_database(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    invite(session=session, person=make_person(workspace=workspace, name="Wel Degelijk"))
    client, url = as_user(bram), workspace.url("sessions:answer_list", session.pk)
    with CaptureQueriesContext(connection) as whole:
        client.get(url)

    with CaptureQueriesContext(connection) as searched:
        client.get(url, {"q": "wel\x00 degelijk"})

    assert len(searched) == len(whole)


def test_an_answer_by_phone_is_kept_with_who_wrote_it_down(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    invitation = invite(session=session)
    url = workspace.url("sessions:answer_edit", session.pk, invitation.pk)
    data = {"answer": "later", "know_on": "2026-12-01", "note": "After my leave", "via": "phone"}

    response = as_user(bram).post(url, data)

    invitation.refresh_from_db()
    assert response.status_code == 302
    assert (invitation.answer, invitation.know_on) == (Answer.LATER, date(2026, 12, 1))
    assert (invitation.via, invitation.recorded_by) == (Via.PHONE, bram)


def test_an_answer_without_how_it_came_keeps_what_was_typed(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    invitation = invite(session=session)
    url = workspace.url("sessions:answer_edit", session.pk, invitation.pk)

    response = as_user(bram).post(url, {"answer": "yes", "note": "With a colleague"})

    assert response.status_code == 422
    assert "With a colleague" in response.content.decode()
    assert Invitation.objects.get(pk=invitation.pk).answer == ""


def test_an_answer_after_the_start_is_refused_in_a_sentence(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace, days=-1)
    invitation = invite(session=session)
    url = workspace.url("sessions:answer_edit", session.pk, invitation.pk)

    response = as_user(bram).post(url, {"answer": "yes", "via": "mail"})

    assert response.status_code == 422
    assert "has already started" in response.content.decode()


def test_the_call_list_empties_when_somebody_was_called(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    invitation = invite(session=session, call_first=True)
    client = as_user(bram)
    url = workspace.url("sessions:answer_list", session.pk)

    before = client.get(url).context["to_call"]
    client.post(workspace.url("sessions:answer_called", session.pk, invitation.pk))

    assert before == [invitation]
    assert client.get(url).context["to_call"] == []


def test_who_has_only_a_telephone_stays_on_the_call_list_until_they_answer(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    person = make_person(workspace=workspace, channel=Channel.PHONE, phone="0512 555 01 77")
    invitation = invite(session=session, person=person, called_at=clock.now())
    client = as_user(bram)
    url = workspace.url("sessions:answer_list", session.pk)

    assert client.get(url).context["to_call"] == [invitation]
    answer(invitation=invitation, via=Via.PHONE)
    assert client.get(url).context["to_call"] == []


def test_a_deputy_is_confirmed_as_somebody_new_and_gets_the_invitation(workspace, briefed, bram, as_user):
    session = briefed
    home = make_organisation(workspace=workspace, name="Haverkamp Wonen")
    asked = invite(session=session, person=make_person(workspace=workspace, organisation=home))
    answer(invitation=asked, answer=Answer.DEPUTY, deputy_name="Jan Prins")
    client = as_user(bram)
    url = workspace.url("sessions:deputy_confirm", session.pk, asked.pk)

    assert 'value="Jan Prins"' in client.get(url).content.decode()
    client.post(url, {"name": "Jan Prins", "email": "jan@example.org"})

    new = session.invitations.get(replaces=asked)
    assert (new.person.name, new.person.organisation, new.group) == ("Jan Prins", home, asked.group)
    assert new.copies.count() == 1
    (group,) = by_group(answer_rows(session))
    assert (group.invited, group.coming) == (1, 0)


def test_a_deputy_without_a_way_to_reach_them_is_refused(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    asked = invite(session=session)
    url = workspace.url("sessions:deputy_confirm", session.pk, asked.pk)

    response = as_user(bram).post(url, {"name": "Jan Prins"})

    assert response.status_code == 422
    assert "Jan Prins" in response.content.decode()
    assert not session.invitations.filter(replaces=asked).exists()


def test_no_deputy_of_a_deputy(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    first = invite(session=session)
    second = invite(session=session, replaces=first)
    other = make_person(workspace=workspace)
    url = workspace.url("sessions:deputy_confirm", session.pk, second.pk)

    response = as_user(bram).post(url, {"person": other.pk})

    assert response.status_code == 422
    assert not session.invitations.filter(replaces=second).exists()


def test_withdrawing_asks_first_and_keeps_the_row(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    invitation = invite(session=session)
    client = as_user(bram)
    url = workspace.url("sessions:invitation_withdraw", session.pk, invitation.pk)

    assert client.get(url).status_code == 200
    assert not Invitation.objects.get(pk=invitation.pk).is_withdrawn
    client.post(url)

    assert Invitation.objects.get(pk=invitation.pk).is_withdrawn
    page = client.get(workspace.url("sessions:answer_list", session.pk))
    assert [row.pk for row in page.context["withdrawn"]] == [invitation.pk]


def test_a_newcomer_joins_once_from_the_list_or_new(workspace, briefed, bram, as_user):
    session = briefed
    known = make_person(workspace=workspace, name="Known Already")
    client = as_user(bram)
    url = workspace.url("sessions:invitee_new", session.pk)

    client.post(url, {"person": known.pk})
    again = client.post(url, {"person": known.pk})
    client.post(url, {"name": "Brand New", "phone": "070 555 01 09"})

    assert again.status_code == 422
    names = session.invitations.order_by("pk").values_list("person__name", "person__channel")
    assert list(names) == [("Known Already", "mail"), ("Brand New", "phone")]


def test_the_date_most_can_come_is_settled_once(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace, date_mode=DateMode.POLL)
    start = session.starts_at + timedelta(days=7)
    option = DateOption.objects.create(session=session, starts_at=start, ends_at=start + timedelta(hours=3))
    answer(invitation=invite(session=session), dates_ok=[option.pk])
    invite(session=session, group=SeedGroup.NGOS)
    client = as_user(bram)

    (polled,) = client.get(workspace.url("sessions:answer_list", session.pk)).context["dates"]
    for _click in range(2):
        client.post(workspace.url("sessions:date_settle", session.pk, option.pk))

    session.refresh_from_db()
    assert (polled.total, polled.per_group) == (1, [1, 0])
    assert (session.date_mode, session.starts_at, session.version) == (DateMode.FIXED, start, 2)


def test_coverage_says_in_words_who_is_missed(workspace):
    session = make_sent_session(workspace=workspace)
    for given in (Answer.YES, Answer.NO, Answer.NO):
        answer(invitation=invite(session=session), answer=given)
    answer(invitation=invite(session=session, group=SeedGroup.NGOS), answer=Answer.NO)
    procedure = DecisionProcedure(session=session, method=Method.VOTE, quorum=3)

    sentences = coverage(by_group(answer_rows(session)), procedure)

    assert sentences == [
        "Companies: 1 of 3 come, fewer than half. Others would speak for them.",
        "NGOs: nobody comes. Others would speak about them.",
        "The rules ask for 3 organisations; so far 1 come.",
    ]


def test_coverage_is_silent_before_anybody_answered(workspace):
    session = make_sent_session(workspace=workspace)
    invite(session=session)

    assert coverage(by_group(answer_rows(session)), None) == []


def test_protected_people_appear_by_their_pseudonym_without_where_they_are_from(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    mill = make_organisation(workspace=workspace, name="Secret Mill")
    person = make_person(
        workspace=workspace, name="Neem", organisation=mill, participation_mode=Mode.PSEUDONYM
    )
    answer(
        invitation=invite(session=session, person=person, group=SeedGroup.WORKERS), note="Night shift only"
    )
    client = as_user(bram)

    page = client.get(workspace.url("sessions:answer_list", session.pk)).content.decode()
    file = b"".join(client.get(workspace.url("sessions:answer_export", session.pk))).decode()

    assert "Neem" in page
    assert "Secret Mill" not in page
    assert "Neem;;Workers;Yes;;;;;" in file
    assert "Night shift" not in file


def test_the_file_runs_no_formula(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    person = make_person(workspace=workspace, name="=HYPERLINK(1)")
    answer(invitation=invite(session=session, person=person), note="@SUM(A1)")

    response = as_user(bram).get(workspace.url("sessions:answer_export", session.pk))
    file = b"".join(response).decode()

    assert "'=HYPERLINK(1)" in file
    assert "'@SUM(A1)" in file
    assert response["Content-Disposition"].endswith('-answers.csv"')


def test_an_empty_list_says_what_to_do_first(workspace, bram, as_user):
    session = make_promised_session(workspace=workspace)

    page = as_user(bram).get(workspace.url("sessions:answer_list", session.pk)).content.decode()

    assert "First put the people on the list" in page


def test_the_list_asks_as_much_of_the_database_for_one_as_for_three(workspace, bram, as_user):
    session = make_sent_session(workspace=workspace)
    client = as_user(bram)
    url = workspace.url("sessions:answer_list", session.pk)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(url).status_code == 200
        return len(seen)

    ask(invitation=answer(invitation=invite(session=session), answer=Answer.DEPUTY, deputy_name="Jo"))
    one = queries()
    for group in (SeedGroup.NGOS, SeedGroup.UNIONS):
        first = invite(session=session, group=group, call_first=True)
        answer(invitation=first, answer=Answer.DEPUTY)
        invite(session=session, group=group, replaces=first)
        make_organisation(workspace=workspace)

    assert queries() == one


PAGES = [
    ("answer_list", "GET"),
    ("answer_export", "GET"),
    ("answer_edit", "GET"),
    ("answer_called", "POST"),
    ("deputy_confirm", "GET"),
    ("invitation_withdraw", "POST"),
    ("invitee_new", "GET"),
]


@pytest.mark.parametrize(("name", "method"), PAGES)
def test_roles_and_strangers(name, method, workspace, anna, chaima, romy, eva, as_user):  # noqa: PLR0917
    session = make_sent_session(workspace=workspace)
    invitation = invite(session=session)
    args = (
        [session.pk]
        if name in {"answer_list", "answer_export", "invitee_new"}
        else [session.pk, invitation.pk]
    )
    url = workspace.url(f"sessions:{name}", *args)

    def status(user) -> int:
        return as_user(user).generic(method, url).status_code

    assert [status(user) for user in (eva, chaima, romy)] == [404, 403, 403]
    assert status(anna) in {200, 302}


def test_an_invitation_of_another_session_is_not_found(workspace, bram, as_user):
    session, other = make_sent_session(workspace=workspace), make_sent_session(workspace=workspace)
    invitation = invite(session=other)

    response = as_user(bram).get(workspace.url("sessions:answer_edit", session.pk, invitation.pk))

    assert response.status_code == 404
