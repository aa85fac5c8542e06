"""Answers: taken, dealt out among others, counted. Never audited: the trail would tell when."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from random import SystemRandom

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.errors import DomainError
from feedback.engine.summary import Answers, summarise
from feedback.engine.suppression import THRESHOLD
from feedback.items import ITEMS, REVERSED
from feedback.models import Incoming, Participation, Questionnaire, Remark, RemarkState, Sheet
from feedback.sealing import BrokenSeal, seal, unseal
from sessions.models import Invitation

logger = logging.getLogger(__name__)
# longer than any request takes, one that waited twenty seconds for SQLite's lock too: after it no answer is
# still on its way in
GRACE = timedelta(seconds=60)
_AT_ONCE = 400
_SheetContent = tuple[int | None, dict[str, int | None]]
_RemarkContent = tuple[str, bool]


class AlreadyAnswered(DomainError):
    """The second of two; the first one stands."""


@dataclass(frozen=True)
class _Opened:
    cluster: int | None
    items: dict[str, int | None]
    remarks: list[str]
    may_quote: bool


def submit(
    *,
    questionnaire: Questionnaire,
    invitation: Invitation,
    items: Mapping[str, int | None],
    remarks: Iterable[str] = (),
    may_quote: bool = False,
) -> None:
    """Take one person's answers. Refused when closed, and a second time: nobody knows which sheet is whose.

    That somebody answered is written at once; what they answered waits under seal. Both or neither.
    """
    if not questionnaire.is_open:
        raise DomainError(
            _("The questions are closed. Thank you all the same; call us if you want to tell us.")
        )
    content = {
        "cluster": invitation.cluster_id,
        "items": {code: items[code] for code in questionnaire.items if code in items},
        "remarks": [text.strip() for text in remarks if text.strip()],
        "may_quote": may_quote,
    }
    try:
        with transaction.atomic():
            Participation.objects.create(questionnaire=questionnaire, invitation=invitation)
            Incoming.objects.create(
                questionnaire=questionnaire, sealed=seal(content, _context(questionnaire))
            )
    except IntegrityError:
        raise AlreadyAnswered(_("We have your answers already. Thank you.")) from None


@transaction.atomic
def deal_out(*, questionnaire: Questionnaire) -> int:
    """Move sealed answers of clusters that have enough of them waiting, in a random order; returns how many.

    An answer that moved together with `THRESHOLD` others of its cluster cannot be told from them by
    its place, its transaction or the moment it moved.
    """
    waiting = _open_seals(questionnaire)
    per_cluster: dict[int | None, list[Incoming]] = {}
    for row, opened in waiting:
        per_cluster.setdefault(opened.cluster, []).append(row)
    ready = {cluster for cluster, rows in per_cluster.items() if len(rows) >= THRESHOLD}
    moved = [(row, opened) for row, opened in waiting if opened.cluster in ready]
    answers = [opened for _row, opened in moved]
    _lay_down(questionnaire, _sheets_in(answers), _remarks_in(answers))
    Incoming.objects.filter(pk__in=[row.pk for row, _opened in moved]).delete()
    return len(moved)


@transaction.atomic
def count_answers(*, questionnaire: Questionnaire) -> bool:
    """Deal all answers anew and keep what may be shown, once. False when it was counted, or is not yet time.

    Every sheet and remark is written again under a new id in a random order, all in this transaction: where
    and with whom it was dealt out before can no longer be seen.
    """
    if questionnaire.closed_at is None or questionnaire.closed_at + GRACE > clock.now():
        return False
    rows = Questionnaire.objects.filter(pk=questionnaire.pk, counted_at=None)
    if not rows.update(counted_at=clock.now()):
        return False
    _deal_anew(questionnaire)
    questionnaire.refresh_from_db()
    questionnaire.results = results_of(questionnaire)
    questionnaire.save(update_fields=["results"])
    return True


def results_of(questionnaire: Questionnaire) -> dict[str, object]:
    """The figures that may be shown. Refused (ValueError) before closing."""
    if not questionnaire.is_closed:
        raise ValueError("There are no results before closing.")
    rows = Sheet.objects.filter(questionnaire=questionnaire).values_list("cluster_id", "items")
    clusters = list(questionnaire.session.clusters.order_by("position").values_list("pk", flat=True))
    scales: dict[str, list[str]] = {}
    for code in questionnaire.items:
        scales.setdefault(ITEMS[code].scale, []).append(code)
    figures = summarise(
        [Answers(cluster or 0, items) for cluster, items in rows.iterator(chunk_size=2000)],
        codes=questionnaire.items,
        scales=scales,
        clusters=clusters,
        reversed_codes=REVERSED,
    )
    answered = questionnaire.participations.count()
    return {**figures, "answered": answered, "asked": max(questionnaire.asked, answered)}


@transaction.atomic
def sort_remarks(*, questionnaire: Questionnaire, quoted: Iterable[Remark]) -> None:
    """Put exactly these remarks in the report; one that may not be quoted is refused."""
    chosen = [remark.pk for remark in quoted]
    remarks = questionnaire.remarks.all()
    if remarks.filter(pk__in=chosen, may_quote=False).exists():
        raise DomainError(_("This person did not allow us to quote."))
    remarks.exclude(pk__in=chosen).update(state=RemarkState.KEPT_BACK)
    remarks.filter(pk__in=chosen).update(state=RemarkState.QUOTED)


def _context(questionnaire: Questionnaire) -> str:
    return f"questionnaire:{questionnaire.pk}"


def _open_seals(questionnaire: Questionnaire) -> list[tuple[Incoming, _Opened]]:
    opened = []
    for row in questionnaire.incoming.all():
        try:
            opened.append((row, _Opened(**unseal(bytes(row.sealed), _context(questionnaire)))))
        except BrokenSeal:
            logger.error(
                "An answer of questionnaire %s cannot be unsealed: was the key changed?", questionnaire.pk
            )
    return opened


def _sheets_in(answers: Iterable[_Opened]) -> list[_SheetContent]:
    return [(each.cluster, each.items) for each in answers]


def _remarks_in(answers: Iterable[_Opened]) -> list[_RemarkContent]:
    return [(text, each.may_quote) for each in answers for text in each.remarks]


def _lay_down(
    questionnaire: Questionnaire, sheets: list[_SheetContent], remarks: list[_RemarkContent]
) -> None:
    """New rows in a random order, remarks shuffled apart from sheets."""
    chance = SystemRandom()
    chance.shuffle(sheets)
    chance.shuffle(remarks)
    Sheet.objects.bulk_create(
        (Sheet(questionnaire=questionnaire, cluster_id=cluster, items=items) for cluster, items in sheets),
        batch_size=_AT_ONCE,
    )
    Remark.objects.bulk_create(
        (Remark(questionnaire=questionnaire, text=text, may_quote=quote) for text, quote in remarks),
        batch_size=_AT_ONCE,
    )


def _deal_anew(questionnaire: Questionnaire) -> None:
    waiting = _open_seals(questionnaire)
    answers = [opened for _row, opened in waiting]
    sheets = [*questionnaire.sheets.values_list("cluster_id", "items"), *_sheets_in(answers)]
    remarks = [*questionnaire.remarks.values_list("text", "may_quote"), *_remarks_in(answers)]
    questionnaire.sheets.all().delete()
    questionnaire.remarks.all().delete()
    # what cannot be unsealed stays: with the right key it can still be read
    Incoming.objects.filter(pk__in=[row.pk for row, _opened in waiting]).delete()
    _lay_down(questionnaire, sheets, remarks)
