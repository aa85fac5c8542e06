"""The report by post: a personal cover before it, printed in one file, and written down as printed."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.workspaces.models import User
from feedback import papers
from feedback.models import Report, ReportCopy
from feedback.reading import read
from feedback.telling import own_wishes
from sessions.models import DialogueSession
from stakeholders.actions.access import give_access_many
from stakeholders.models import Channel


def report_letters(session: DialogueSession) -> QuerySet[ReportCopy]:
    """The newest version each person reached by post was told; somebody with an intermediary is not here."""
    out = ReportCopy.objects.filter(channel=Channel.LETTER, report__in=Report.objects.sent())
    newer = out.filter(invitation=OuterRef("invitation"), report__version__gt=OuterRef("report__version"))
    rows = out.filter(~Exists(newer), report__session=session, invitation__withdrawn_at=None)
    rows = rows.filter(invitation__person__channel=Channel.LETTER, invitation__person__erased_at=None)
    related = rows.select_related(
        "report__session__dialogue__workspace",
        "invitation__person__organisation",
        "invitation__person__workspace",
    )
    return related.order_by("language", "invitation__person__sort_key", "pk")


def letters_of(*, session: DialogueSession, copies: Sequence[ReportCopy], by: User) -> bytes:
    """The print file. The personal addresses are made here and stand in these bytes only."""
    links = give_access_many(people=[copy.invitation.person for copy in copies], by=Actor.user(by))
    wishes = own_wishes(session)
    letters = [
        papers.ReportLetter(
            person=copy.invitation.person,
            link=links[copy.invitation.person_id],
            reading=read(
                copy.report.content or {}, copy.language, copy.inputs, wishes.get(copy.invitation_id, [])
            ),
            report=copy.report,
        )
        for copy in copies
    ]
    return papers.report_letters_pdf(session, letters)


@transaction.atomic
def mark_printed(*, session: DialogueSession, copies: Sequence[ReportCopy], by: User) -> None:
    """Write down that these letters were printed; the first time counts."""
    ids = [copy.pk for copy in copies]
    ReportCopy.objects.filter(pk__in=ids, printed_at=None).update(printed_at=clock.now())
    data = {"copies": ids}
    record("report_letters_printed", on=session, by=Actor.user(by), workspace=session.workspace, data=data)
