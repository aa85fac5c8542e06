"""Letters: what people reached by post were told, printed in one file, and written down as printed."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.workspaces.models import User
from sessions import papers
from sessions.models import BriefingCopy, BriefingStatus, DialogueSession
from sessions.reading import read
from stakeholders.actions.access import give_access_many
from stakeholders.models import Channel


def letter_copies(session: DialogueSession, *, only_new: bool = False) -> list[BriefingCopy]:
    """What goes by post, the newest version of each mailing per person, and whether it was printed.

    With `only_new` what is still to be printed; nothing once the meeting is over.
    """
    if only_new and (session.is_closed or session.has_ended):
        return []
    rows = letters_waiting([session.pk]) if only_new else newest_letters([session.pk])
    related = rows.select_related(
        "briefing__session",
        "invitation__person__organisation",
        "invitation__person__workspace",
        "invitation__group",
    )
    return list(related.order_by("briefing__kind", "language", "pk"))


def letters_waiting(sessions: Iterable[int]) -> QuerySet[BriefingCopy]:
    """The letters of these sessions that were not printed yet."""
    return newest_letters(sessions).filter(printed_at=None)


def newest_letters(sessions: Iterable[int]) -> QuerySet[BriefingCopy]:
    """One copy per mailing and person reached by post: what is newer replaces what is older."""
    out = BriefingCopy.objects.filter(
        channel=Channel.LETTER, briefing__status__in=[BriefingStatus.SENDING, BriefingStatus.SENT]
    )
    newer = out.filter(
        invitation=OuterRef("invitation"),
        briefing__kind=OuterRef("briefing__kind"),
        briefing__version__gt=OuterRef("briefing__version"),
    )
    mine = out.filter(briefing__session__in=sessions, invitation__withdrawn_at=None)
    return mine.filter(~Exists(newer))


def letters_of(*, session: DialogueSession, copies: Sequence[BriefingCopy], by: User) -> bytes:
    """The print file. The personal addresses are made here and stand in these bytes only."""
    people = [copy.invitation.person for copy in copies]
    links = give_access_many(people=people, by=Actor.user(by))
    letters = [
        papers.Letter(
            person=copy.invitation.person,
            link=links[copy.invitation.person_id],
            reading=read(
                copy.briefing.content,
                copy.language,
                why=copy.why_you,
                ask=copy.what_we_ask,
                level=copy.influence,
            ),
            opening=copy.invitation.opening_line,
            briefing=copy.briefing,
        )
        for copy in copies
    ]
    return papers.letters_pdf(session, letters)


@transaction.atomic
def mark_printed(*, session: DialogueSession, copies: Sequence[BriefingCopy], by: User) -> None:
    """Write down that these letters were printed; the first time counts."""
    ids = [copy.pk for copy in copies]
    BriefingCopy.objects.filter(pk__in=ids, printed_at=None).update(printed_at=clock.now())
    record(
        "letters_printed", on=session, by=Actor.user(by), workspace=session.workspace, data={"copies": ids}
    )
