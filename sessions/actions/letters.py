"""Letters: what people reached by post were told, printed in one file, and written down as printed."""

from collections.abc import Sequence

from django.db import transaction

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.workspaces.models import User
from sessions import papers
from sessions.actions.send import latest_sent
from sessions.content import read
from sessions.models import BriefingCopy, BriefingKind, DialogueSession
from stakeholders.actions.access import give_access_many
from stakeholders.models import Channel


def letter_copies(session: DialogueSession, *, only_new: bool = False) -> list[BriefingCopy]:
    """Who gets the latest invitation by post, and whether their letter was printed."""
    briefing = latest_sent(session, BriefingKind.INVITATION)
    if briefing is None:
        return []
    rows = briefing.copies.filter(channel=Channel.LETTER, invitation__withdrawn_at=None)
    if only_new:
        rows = rows.filter(printed_at=None)
    related = rows.select_related(
        "briefing", "invitation__person__organisation", "invitation__person__workspace", "invitation__group"
    )
    return list(related.order_by("language", "pk"))


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
        )
        for copy in copies
    ]
    briefing = copies[0].briefing
    return papers.letters_pdf(session, letters, emblem=briefing.content.get("emblem", []), briefing=briefing)


@transaction.atomic
def mark_printed(*, session: DialogueSession, copies: Sequence[BriefingCopy], by: User) -> None:
    """Write down that these letters were printed; the first time counts."""
    ids = [copy.pk for copy in copies]
    BriefingCopy.objects.filter(pk__in=ids, printed_at=None).update(printed_at=clock.now())
    record(
        "letters_printed", on=session, by=Actor.user(by), workspace=session.workspace, data={"copies": ids}
    )
