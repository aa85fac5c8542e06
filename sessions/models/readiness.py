"""What somebody decided about a readiness check: later, or aside with a reason."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.workspaces.models import User
from sessions.models.session import DialogueSession


class SetAside(models.Model):
    """A finding put off to a date, or put aside with a reason that stays visible."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="set_asides")
    check_id = models.CharField(max_length=30)
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "check_id"], name="set_aside_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=False, reason="") | (Q(until__isnull=True) & ~Q(reason="")),
                name="set_aside_date_or_reason",
                violation_error_message=_("Give a date, or say why this does not matter here."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.check_id}"


class PlannedKind(models.TextChoices):
    """Mails that beat sends by itself, one of each per session (and per commitment)."""

    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("One reminder")
    PACK = "pack", _("Information pack")
    FEEDBACK = "feedback", _("Questions about how it was")
    FEEDBACK_REMINDER = "feedback_reminder", _("One reminder of the questions")
    REPORT_DUE = "report_due", _("Your report back is due")
    COMMITMENT_DUE = "commitment_due", _("A commitment is due")
    PROPOSAL = "proposal", _("Proposal to change a commitment")
    PROPOSAL_DUE = "proposal_due", _("Time to decide about a proposal")
    RULES_DUE = "rules_due", _("The rules are due")


class PlannedState(models.TextChoices):
    """What became of it."""

    PLANNED = "planned", _("Planned")
    BLOCKED = "blocked", _("Waiting for you")
    DONE = "done", _("Sent")
    MISSED = "missed", _("Missed")
    CANCELLED = "cancelled", _("Not needed")


class PlannedMail(models.Model):
    """A mail to come: a computed row that moves with the session; too late to make sense is missed."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="planned_mails")
    kind = models.CharField(max_length=18, choices=PlannedKind)
    subject_id = models.BigIntegerField(default=0)
    due_at = models.DateTimeField()
    late_after = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PlannedState, default=PlannedState.PLANNED)
    done_at = models.DateTimeField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "kind", "subject_id"], name="planned_mail_once"),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="planned"), name="planned_mail_due"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind}"
