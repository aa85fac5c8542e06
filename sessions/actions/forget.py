"""What was promised to be forgotten: needs after the meeting, everything personal when somebody is erased."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from sessions.models import (
    BriefingCopy,
    Contribution,
    DialogueSession,
    Invitation,
    ProposalAnswer,
    Question,
    SessionText,
    TextOwner,
    Wish,
)
from sessions.queries import KEPT, NEEDS_KEPT
from stakeholders.models import Person


def erase_needs() -> int:
    """Forget what people need to take part, seven days after the end of each meeting; returns of how many.

    The page says so where it is asked. Safe to run twice; the trail has how many there were.
    """
    asked = Invitation.objects.filter(session=OuterRef("pk")).exclude(needs=[], needs_note="")
    over = DialogueSession.objects.filter(ends_at__lte=clock.now() - NEEDS_KEPT).filter(Exists(asked))
    return sum(_erase_needs_of(session) for session in over.with_workspace())


@transaction.atomic
def _erase_needs_of(session: DialogueSession) -> int:
    count = session.invitations.exclude(needs=[], needs_note="").update(needs=[], needs_note="")
    if count:
        workspace = session.workspace
        record("needs_erased", on=session, by=Actor.system(), workspace=workspace, data={"count": count})
    return count


@transaction.atomic
def forget_person(*, person: Person) -> None:
    """Empty what sessions hold of somebody; that they were invited and came stays, without anything personal.

    Meetings still to come are told without them. Questions answered for everybody stay as words of nobody.
    """
    mine = Invitation.objects.filter(person=person)
    mine.filter(session__starts_at__gt=clock.now(), withdrawn_at=None).update(withdrawn_at=clock.now())
    Invitation.objects.filter(replaced_by__in=mine).update(deputy_name="")
    Question.objects.filter(invitation__in=mine, for_everyone=False).delete()
    wishes = Wish.objects.filter(invitation__in=mine)
    keys = [str(pk) for pk in wishes.values_list("pk", flat=True)]
    SessionText.objects.filter(owner=TextOwner.WISH, key__in=keys).delete()
    wishes.delete()
    # that somebody agreed or not stays as a number; why is theirs
    ProposalAnswer.objects.filter(invitation__in=mine).update(reason="", said_by="")
    Contribution.people.through.objects.filter(invitation__in=mine).delete()
    Invitation.dates_ok.through.objects.filter(invitation__in=mine).delete()
    BriefingCopy.objects.filter(invitation__in=mine).update(why_you="", what_we_ask="")
    mine.update(
        why_you="",
        what_we_ask="",
        opening_line="",
        answer_note="",
        deputy_name="",
        decline_reasons=[],
        know_on=None,
        rules_note="",
        mandate="",
        knowledge=None,
        needs=[],
        needs_note="",
    )


def people_kept_long_enough() -> list[int]:
    """Ids of people of whom every meeting is longer ago than was promised, and who reach nobody.

    Who was never invited is not among them: the register is the organiser's, and nothing was promised.
    """
    limit = clock.today() - KEPT
    theirs = Invitation.objects.filter(person=OuterRef("pk"))
    invited = theirs.filter(Q(sent_at__isnull=False) | ~Q(attendance=""))
    young = theirs.filter(
        Q(session__report_by__gt=limit)
        | Q(session__report_by=None, session__ends_at=None)
        | Q(session__report_by=None, session__ends_at__gt=clock.now() - KEPT - timedelta(days=1))
    )
    reached = Person.objects.filter(intermediary=OuterRef("pk"), erased_at=None)
    old = Person.objects.filter(Exists(invited), ~Exists(young), ~Exists(reached), erased_at=None)
    return list(old.order_by("pk").values_list("pk", flat=True))
