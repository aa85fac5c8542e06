"""A meeting that was held, with people in three groups, made through the actions."""

from datetime import UTC, datetime, timedelta

import pytest

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from feedback.actions.questionnaire import open_questionnaire, prepare_questionnaire
from feedback.models import Questionnaire
from sessions.actions.hold import hold_session
from sessions.actions.plan import plan_session, save_meeting
from sessions.models import Answer, DialogueSession, Invitation, SessionGroup, Status
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import Organisation, Person, StakeholderGroup

DAY = datetime(2027, 3, 2, 9, tzinfo=UTC)
NEXT_MORNING = datetime(2027, 3, 3, 8, tzinfo=UTC)
AFTER_CLOSING = datetime(2027, 3, 11, 8, tzinfo=UTC)
SIZES = {"companies": 6, "ngos": 6, "government": 5}


@pytest.fixture
def make_session(workspace, anna):
    """Makes a meeting on 2 March 2027 to which people were invited and said yes; `sizes` per group."""

    def make(sizes: dict[str, int] | None = None) -> DialogueSession:
        ensure_groups(workspace=workspace)
        with clock.at(DAY - timedelta(days=40)):
            session = plan_session(workspace=workspace, by=anna)
            fields = {
                "title": "Which materials do we tackle together?",
                "starts_at": DAY,
                "ends_at": DAY + timedelta(hours=6),
                "language": "en",
            }
            save_meeting(session=session, fields=fields, by=anna, version=session.version)
            DialogueSession.objects.filter(pk=session.pk).update(
                status=Status.INVITING,
                goal="a list of six materials",
                use_of_outcomes="the work plan",
                influence="collaborate",
                decides="yes",
                report_by=DAY.date() + timedelta(days=14),
            )
            for key, size in (SIZES if sizes is None else sizes).items():
                _invite(session, StakeholderGroup.objects.get(workspace=workspace, key=key), size)
        session.refresh_from_db()
        return session

    return make


def _invite(session: DialogueSession, group: StakeholderGroup, size: int) -> None:
    SessionGroup.objects.create(session=session, group=group, position=group.position)
    for number in range(size):
        organisation = Organisation.objects.create(
            workspace=session.workspace, name=f"{group.key} {session.pk}.{number}", group=group
        )
        person = Person.objects.create(
            workspace=session.workspace,
            name=f"Person {group.key} {number}",
            organisation=organisation,
            email=f"{group.key}{session.pk}.{number}@example.org",
            language="en",
        )
        Invitation.objects.create(
            session=session,
            person=person,
            group=group,
            sent_at=DAY - timedelta(days=30),
            answer=Answer.YES,
            answered_at=DAY - timedelta(days=20),
        )


@pytest.fixture
def invited(make_session) -> DialogueSession:
    """Before the meeting."""
    return make_session()


@pytest.fixture
def held(invited, anna) -> DialogueSession:
    """After the meeting."""
    with clock.at(NEXT_MORNING):
        hold_session(session=invited, by=Actor.user(anna))
    return invited


@pytest.fixture
def questionnaire(held, anna) -> Questionnaire:
    """Open since the next morning."""
    with clock.at(NEXT_MORNING):
        return open_questionnaire(questionnaire=prepare_questionnaire(session=held), by=Actor.user(anna))


@pytest.fixture
def people(questionnaire) -> list[Invitation]:
    """Everyone invited, in the order of the table, with their cluster."""
    return list(questionnaire.session.invitations.with_people().order_by("pk"))


@pytest.fixture
def clients(request, as_user):
    """A client per member of the cast, and one of the other workspace."""
    return {who: as_user(request.getfixturevalue(who)) for who in ("anna", "bram", "chaima", "romy", "eva")}
