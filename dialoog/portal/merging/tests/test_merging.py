"""Two rows of the register that are one person."""

import pytest

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.post import Envelope, keep_body, post
from dialoog.portal.merging.actions import merge_people
from dialoog.portal.merging.doubles import doubles_in
from dialoog.testing.factories import ask, invite, make_organisation, make_person, make_promised_session
from sessions.models import Invitation
from stakeholders.actions.access import give_access
from stakeholders.models import Channel, Mode, Person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def by(bram):
    return Actor.user(bram)


@pytest.fixture
def stays(workspace):
    return make_person(workspace=workspace, name="Élodie Dubois", email="elodie@one.example", phone="")


@pytest.fixture
def goes(workspace):
    return make_person(
        workspace=workspace, name="Elodie Dubois", email="e@two.example", phone="06 1", language="fr"
    )


def test_one_gets_everything_of_the_other(workspace, stays, goes, by):
    session = make_promised_session(workspace=workspace)
    row = invite(session=session, person=goes, answer="yes", answered_at=clock.now(), sent_at=clock.now())
    question = ask(invitation=row)
    link = give_access(person=goes, by=by)
    reached = make_person(
        workspace=workspace, channel=Channel.INTERMEDIARY, intermediary=goes, email="", phone=""
    )

    merge_people(stays=stays, goes=goes, fields={"email": "e@two.example"}, by=by)

    for each in (row, question, link, reached, stays):
        each.refresh_from_db()
    gone = Person.objects.get(pk=goes.pk)
    assert row.person == stays
    assert row.answer == "yes"
    assert question.invitation == row
    assert reached.intermediary == stays
    assert link.is_revoked
    assert (stays.email, stays.phone, stays.language) == ("e@two.example", "06 1", "en")
    assert (gone.merged_into, gone.email, gone.phone) == (stays, "", "")
    assert gone.erased_at is not None
    last = AuditEvent.objects.order_by("-pk").first()
    assert (last.verb, last.data) == ("person.merged", {"from": goes.pk})


def test_two_invitations_with_a_history_are_never_joined(workspace, stays, goes, by):
    session = make_promised_session(workspace=workspace, title="The talk")
    for person in (stays, goes):
        invite(session=session, person=person, sent_at=clock.now())

    with pytest.raises(DomainError, match="Both were invited to “The talk”"):
        merge_people(stays=stays, goes=goes, fields={}, by=by)

    assert Invitation.objects.filter(person=goes).count() == 1


@pytest.mark.parametrize("sent", ["stays", "goes", ""])
def test_of_two_lines_on_one_list_the_one_with_a_history_stays(workspace, stays, goes, by, sent):
    session = make_promised_session(workspace=workspace)
    rows = {
        name: invite(session=session, person=person, sent_at=clock.now() if name == sent else None)
        for name, person in (("stays", stays), ("goes", goes))
    }

    merge_people(stays=stays, goes=goes, fields={}, by=by)

    assert [row.pk for row in Invitation.objects.filter(person=stays)] == [rows[sent or "stays"].pk]


def test_what_protects_one_protects_both(workspace, stays, goes, by):
    Person.objects.filter(pk=goes.pk).update(participation_mode=Mode.PSEUDONYM)
    goes.refresh_from_db()

    merge_people(stays=stays, goes=goes, fields={}, by=by)

    stays.refresh_from_db()
    assert stays.is_protected


def test_who_holds_the_link_of_one_never_reads_the_other(workspace, stays, by):
    helper = make_person(workspace=workspace)
    through = make_person(
        workspace=workspace, channel=Channel.INTERMEDIARY, intermediary=helper, email="", phone=""
    )

    with pytest.raises(DomainError, match="reads along"):
        merge_people(stays=stays, goes=through, fields={}, by=by)
    with pytest.raises(DomainError, match="through the other"):
        merge_people(stays=helper, goes=through, fields={}, by=by)


def test_a_mail_about_to_go_out_is_waited_for_and_old_ones_go_along(workspace, stays, goes, by):
    body = keep_body(workspace=workspace, kind="test", language="en", subject="s", html="h", text="t")
    envelope = Envelope(key="k", body=body, to_email=goes.email, recipient=f"person:{goes.pk}")
    mail = post(workspace=workspace, envelope=envelope)

    with pytest.raises(DomainError, match="about to go out"):
        merge_people(stays=stays, goes=goes, fields={}, by=by)
    type(mail).objects.filter(pk=mail.pk).update(status="sent", sent_at=clock.now())
    merge_people(stays=stays, goes=goes, fields={}, by=by)

    mail.refresh_from_db()
    assert mail.recipient == f"person:{stays.pk}"


def test_the_alike_are_found_by_name_and_by_initial_at_one_organisation(workspace, stays, goes, eva):
    shared = make_organisation(workspace=workspace)
    jan = make_person(workspace=workspace, name="Jan de Vries", organisation=shared)
    short = make_person(workspace=workspace, name="J. de Vries", organisation=shared)
    make_person(workspace=workspace, name="J. de Vries")
    make_person(workspace=eva.workspaces.get(), name="Elodie Dubois")

    found = {(pair.first.pk, pair.second.pk) for pair in doubles_in(workspace)}

    assert (stays.pk, goes.pk) in found
    assert (jan.pk, short.pk) in found
    assert not any(pair.second.workspace_id != workspace.pk for pair in doubles_in(workspace))


def test_the_page_asks_only_about_differences(workspace, stays, goes, bram, as_user):
    page = as_user(bram).get(workspace.url("portal:person_merge", stays.pk, goes.pk)).content.decode()

    assert "elodie@one.example" in page
    assert 'name="email"' in page
    assert 'name="phone"' not in page
    data = dict.fromkeys(("name", "email", "language"), "goes")
    answer = as_user(bram).post(workspace.url("portal:person_merge", stays.pk, goes.pk), data)
    stays.refresh_from_db()
    assert answer.url == workspace.url("stakeholders:person_detail", stays.pk)
    assert (stays.name, stays.language) == ("Elodie Dubois", "fr")


def test_nobody_merges_across_workspaces_or_without_the_right(workspace, stays, eva, romy, as_user):
    stranger = make_person(workspace=eva.workspaces.get())
    address = workspace.url("portal:person_merge", stays.pk, stranger.pk)

    assert as_user(romy).post(address).status_code in {403, 404}
    assert as_user(romy).get(workspace.url("portal:double_list")).status_code == 403
