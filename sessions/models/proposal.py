"""A published commitment changes only together with those it touches (T53): proposal and answers."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.db import choices_check
from dialoog.kernel.workspaces.models import User
from sessions.models.follow_up import Commitment
from sessions.models.invitation import Invitation, Via


class ProposalKind(models.TextChoices):
    """What would become different."""

    MOVE = "move", _("Another date")
    WORDS = "words", _("Other words")
    DROP = "drop", _("It will not happen")


class ProposalState(models.TextChoices):
    """From being asked to what the organiser did with the answers."""

    OPEN = "open", _("Being asked")
    CARRIED_OUT = "done", _("Carried out")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ProposalView(models.TextChoices):
    """What somebody it touches says."""

    AGREED = "agreed", _("Agreed")
    RATHER_NOT = "rather_not", _("Rather not")


class ChangeProposalQuerySet(models.QuerySet["ChangeProposal"]):
    """Reading words of proposals."""

    def open(self) -> Self:
        return self.filter(state=ProposalState.OPEN)


class ChangeProposal(models.Model):
    """Old, new and why, put to those it touches. Never edited: it is carried out or withdrawn."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=8, choices=ProposalKind)
    old_text = models.TextField(max_length=1000)
    old_due_on = models.DateField()
    new_text = models.TextField(max_length=1000, blank=True)
    new_due_on = models.DateField(null=True, blank=True)
    reason = models.TextField(max_length=1000)
    answer_by = models.DateField()
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ChangeProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(state="open"), name="proposal_one_open"
            ),
            choices_check("kind", ProposalKind, name="proposal_kind_known"),
            choices_check("state", ProposalState, name="proposal_state_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_has_reason"),
            models.CheckConstraint(
                condition=Q(kind="move", new_due_on__isnull=False, new_text="")
                | (Q(kind="words", new_due_on__isnull=True) & ~Q(new_text=""))
                | Q(kind="drop", new_due_on__isnull=True, new_text=""),
                name="proposal_says_what",
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="proposal_settled_iff_not_open",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN


class ProposalAnswer(models.Model):
    """Somebody a proposal touches, and what they say. Without an answer they are silent, which blocks nobody.

    Organisers see the name and the reason; others see numbers only.
    """

    proposal = models.ForeignKey(ChangeProposal, on_delete=models.CASCADE, related_name="answers")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="proposal_answers")
    answer = models.CharField(max_length=10, choices=ProposalView, blank=True, default="")
    reason = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    via = models.CharField(max_length=12, choices=Via, blank=True, default="")
    # who said it and how, when the organiser wrote it down
    said_by = models.CharField(max_length=200, blank=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "invitation"], name="proposal_answer_once"),
            choices_check("answer", ProposalView, name="proposal_answer_known", blank=True),
            choices_check("via", Via, name="proposal_answer_via_known", blank=True),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True, via="")
                | (~Q(answer="") & Q(answered_at__isnull=False) & ~Q(via="")),
                name="proposal_answered_iff_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.invitation_id}"
