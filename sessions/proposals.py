"""How a commitment changed and who agreed, from rows read already; and whom a change of it touches (T53)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sessions.audience import audience
from sessions.models import (
    ChangeProposal,
    Commitment,
    ProposalAnswer,
    ProposalKind,
    ProposalState,
    ProposalView,
)
from sessions.models.invitation import InvitationQuerySet


@dataclass(frozen=True)
class Tally:
    """What those who were asked said, in numbers: whoever is in none of them was silent."""

    asked: int
    agreed: int
    objected: int

    @property
    def silent(self) -> int:
        return self.asked - self.agreed - self.objected

    @property
    def short(self) -> str:
        """“agreed by 4 of 5”."""
        return _("agreed by %(agreed)d of %(asked)d") % {"agreed": self.agreed, "asked": self.asked}

    @property
    def sentence(self) -> str:
        """Who agreed, objected and was silent, in one sentence."""
        words = {"asked": self.asked, "agreed": self.agreed, "objected": self.objected, "silent": self.silent}
        asked = ngettext("%(asked)d person was asked", "%(asked)d people were asked", self.asked) % words
        said = _("%(agreed)d agreed, %(objected)d rather not, %(silent)d did not answer") % words
        return f"{asked}: {said}."


def tally(answers: Iterable[ProposalAnswer]) -> Tally:
    """Count answers at hand."""
    said = [row.answer for row in answers]
    return Tally(len(said), said.count(ProposalView.AGREED), said.count(ProposalView.RATHER_NOT))


def changes_of(commitment: Commitment) -> list[ChangeProposal]:
    """What was proposed for it, oldest first; read by `with_changes`."""
    found: list[ChangeProposal] = commitment.changes  # type: ignore[attr-defined]
    return sorted(found, key=lambda row: row.pk)


def open_proposal(commitment: Commitment) -> ChangeProposal | None:
    """What is being asked now, if anything is. Reads `with_changes`."""
    return next((row for row in changes_of(commitment) if row.is_open), None)


def last_change(commitment: Commitment) -> ChangeProposal | None:
    """The last change that was carried out, if there was one. Reads `with_changes`."""
    done = [row for row in changes_of(commitment) if row.state == ProposalState.CARRIED_OUT]
    return done[-1] if done else None


def agreed_by(commitment: Commitment) -> str:
    """“agreed by 4 of 5” for the last change; "" when there was none. Reads `with_changes`."""
    last = last_change(commitment)
    return tally(last.answers.all()).short if last else ""


def touched(commitment: Commitment) -> InvitationQuerySet:
    """Whom a change of this commitment touches.

    The people of who promised it and those whose contribution it answers, as far as they were told. Where
    nobody in particular is, it was promised to everybody who was told.
    """
    told = audience(commitment.session).filter(Q(sent_at__isnull=False) | ~Q(attendance=""))
    parties = [pk for pk in [commitment.owner_id, *commitment.partners.values_list("pk", flat=True)] if pk]
    theirs = told.filter(
        Q(person__organisation__in=parties)
        | Q(contributions__commitments=commitment)
        | Q(wishes__contributions__commitments=commitment)
    )
    chosen = list(theirs.values_list("pk", flat=True).distinct())
    rows = told.filter(pk__in=chosen) if chosen else told
    return rows.with_people().order_by("person__sort_key", "pk")


def may_settle(proposal: ChangeProposal, answers: Iterable[ProposalAnswer], today: date) -> bool:
    """Whether everybody answered, or had the time to: who is silent does not block (journeys.md, rule 17)."""
    return today > proposal.answer_by or all(row.answer for row in answers)


def what_changes(proposal: ChangeProposal) -> str:
    """What would become different, as a heading."""
    return {
        ProposalKind.MOVE: _("This takes longer"),
        ProposalKind.WORDS: _("This becomes different"),
        ProposalKind.DROP: _("This will not happen"),
    }[ProposalKind(proposal.kind)]
