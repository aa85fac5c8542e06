"""What is checked of the people at the table: who is missed, why they are asked, how they are reached."""

import pytest

from dialoog.kernel import clock
from dialoog.testing.factories import invite, make_organisation, make_person, make_promised_session
from sessions.actions.invite import explain_absence
from sessions.actions.translate import keep_text
from sessions.models import Absence
from sessions.readiness.registry import open_findings
from sessions.tests.readiness.conftest import fresh, ids, put, titles
from sessions.translations import sources_of
from stakeholders.models import Channel, Mode, SeedGroup


def test_nobody_blocks_until_somebody_is_on_the_list(workspace):
    session = make_promised_session(workspace=workspace)
    assert "nobody" in {one.id for one in open_findings(session).blocking}

    invite(session=session)
    assert "nobody" not in ids(session)


def test_gaps_are_at_most_three_and_go_with_a_person_or_a_reason(draft, anna):
    assert {one for one in ids(draft) if one.startswith("T2:")} == {"T2:workers", "T2:local", "T2:unions"}

    invite(session=draft, group=SeedGroup.UNIONS)
    workers = draft.workspace.stakeholder_groups.get(key=SeedGroup.WORKERS)
    explain_absence(session=draft, group=workers, absence=Absence.SEPARATE, reason="", by=anna)

    gaps = {one for one in ids(draft) if one.startswith("T2:")}
    assert gaps == {"T2:local", "T2:suppliers", "T2:government"}


def test_reason_and_request_per_group(draft):
    draft.groups.update(why_you="", what_we_ask="")
    assert {"T23", "T26"} <= ids(draft)

    draft.groups.update(why_you="You know.", what_we_ask="Tell us.")
    assert not {"T23", "T26"} & ids(draft)


def test_reason_per_person_is_enough(draft):
    draft.groups.update(why_you="", what_we_ask="")
    draft.invitations.update(why_you="You know.", what_we_ask="Tell us.")

    assert not {"T23", "T26"} & ids(draft)


def test_person_without_group(draft):
    lonely = invite(session=draft, group=None)
    assert "T23-group" in ids(draft)

    lonely.delete()
    assert "T23-group" not in ids(draft)


def test_measures_for_groups_easily_left_out(draft):
    assert "T39" not in ids(draft)
    invite(session=draft, group=SeedGroup.WORKERS)
    assert "T39" in ids(draft)

    put(draft, measures="Day pay, an interpreter.")
    assert "T39" not in ids(draft)


@pytest.mark.parametrize("where", ["person", "organisation", "needs"])
def test_what_helps_is_written_with_somebody_of_the_group(draft, where):
    person = make_person(workspace=draft.workspace, organisation=make_organisation(workspace=draft.workspace))
    invitation = invite(session=draft, person=person, group=SeedGroup.WORKERS)
    invite(session=draft, group=SeedGroup.WORKERS)
    assert open_findings(fresh(draft)).find("T39").mend_args == (person.pk,)

    if where == "needs":
        type(invitation).objects.filter(pk=invitation.pk).update(needs=["interpreter"])
    else:
        one = invitation.person if where == "person" else person.organisation
        type(one).objects.filter(pk=one.pk).update(note="Reads nothing, listens well.")
    assert "T39" not in ids(draft)


def test_protected_people_at_a_public_table(draft):
    person = make_person(workspace=draft.workspace, participation_mode=Mode.PSEUDONYM)
    invite(session=draft, person=person)
    put(draft, confidentiality="public")
    assert "T39-public" in ids(draft)

    put(draft, confidentiality="room")
    assert "T39-public" not in ids(draft)


def test_unreachable_person(draft):
    person = make_person(workspace=draft.workspace, channel=Channel.PHONE)
    invite(session=draft, person=person)
    assert "channel" in ids(draft)

    type(person).objects.filter(pk=person.pk).update(phone="070 555")
    assert "channel" not in ids(draft)


def test_person_behind_an_archived_intermediary_is_unreachable(draft):
    through = make_person(workspace=draft.workspace, archived_at=clock.now())
    person = make_person(workspace=draft.workspace, channel=Channel.INTERMEDIARY, intermediary=through)
    invite(session=draft, person=person)

    assert "channel" in ids(draft)


def test_texts_in_the_language_of_an_invitee(draft):
    invite(session=draft, person=make_person(workspace=draft.workspace, language="nl"))
    assert "1 person reads Dutch: 8 texts are not in Dutch yet" in titles(draft)

    for source in sources_of(draft):
        keep_text(session=draft, source=source, language="nl", text="Nederlands")
    assert "T76" not in ids(draft)

    put(draft, goal="another goal.")
    assert "1 person reads Dutch: 1 text is not in Dutch yet" in titles(draft)
