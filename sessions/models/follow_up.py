"""What came of it: outcomes, contributions with a response, commitments."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.db import choices_check
from dialoog.kernel.workspaces.models import User
from sessions.models.agenda import Wish
from sessions.models.invitation import Invitation
from sessions.models.session import DialogueSession
from stakeholders.models import Organisation


class OutcomeKind(models.TextChoices):
    """What kind of result it is (T6, T8, T18, T70, T71)."""

    DECISION = "decision", _("Decided")
    ADVICE = "advice", _("Advised")
    RISK = "risk", _("Risk")
    JOINT_ACTION = "joint_action", _("Joint action")
    COURSE = "course_of_action", _("Course of action")
    INTEREST = "shared_interest", _("Shared interest")
    LESSON = "lesson", _("Lesson")
    OPEN = "open", _("Open question")
    DISSENT = "dissent", _("Other view, written down")


class Outcome(models.Model):
    """One result, in the words of the record."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="outcomes")
    kind = models.CharField(max_length=16, choices=OutcomeKind)
    text = models.TextField(max_length=2000)
    figure = models.CharField(_("figure"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="outcome_not_empty"),
            choices_check("kind", OutcomeKind, name="outcome_kind_known"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Response(models.TextChoices):
    """What happened with a contribution (T44)."""

    ADOPTED = "adopted", _("Adopted")
    PARTLY = "partly", _("Partly")
    NOT = "not", _("Not adopted")
    STUDY = "study", _("We are finding out")


class Contribution(models.Model):
    """What was put forward, and the response with its reason. Its sources stay with the organiser."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="contributions")
    text = models.TextField(max_length=2000)
    position = models.PositiveSmallIntegerField(default=0)
    wishes = models.ManyToManyField(Wish, blank=True, related_name="contributions")
    people = models.ManyToManyField(Invitation, blank=True, related_name="contributions")
    response = models.CharField(max_length=8, choices=Response, blank=True, default="")
    reason = models.TextField(blank=True, max_length=2000)
    answer_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="contribution_not_empty"),
            choices_check("response", Response, name="contribution_response_known", blank=True),
            models.CheckConstraint(
                condition=~Q(response=Response.NOT) | ~Q(reason=""),
                name="contribution_not_adopted_has_reason",
                violation_error_message=_("Say why this was not adopted."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CommitmentStatus(models.TextChoices):
    """Where a commitment stands."""

    RUNNING = "running", _("On its way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Not kept")


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Reading words of commitments."""

    def published(self) -> Self:
        return self.filter(published_at__isnull=False)

    def with_changes(self) -> Self:
        """With what a card shows: the owner's mark, and how it changed with whose agreement."""
        proposals = models.Prefetch("proposals", to_attr="changes")
        return self.select_related("owner__group").prefetch_related(proposals, "changes__answers")


class Commitment(models.Model):
    """A promise by a named owner with a date (T51). The organiser's own when no organisation is named."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="commitments")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=1000)
    owner_name = models.CharField(_("who"), max_length=200)
    owner = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="+")
    by_organiser = models.BooleanField(default=False)
    contributions = models.ManyToManyField(Contribution, blank=True, related_name="commitments")
    due_on = models.DateField()
    first_due_on = models.DateField()
    status = models.CharField(max_length=8, choices=CommitmentStatus, default=CommitmentStatus.RUNNING)
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=1000)
    # since when people can read it, and in which version of the report; from then on it is theirs too (T53)
    published_at = models.DateTimeField(null=True, blank=True)
    told_in = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="commitment_number_once"),
            choices_check("status", CommitmentStatus, name="commitment_status_known"),
            models.CheckConstraint(
                condition=Q(status="done", done_on__isnull=False)
                | (~Q(status="done") & Q(done_on__isnull=True)),
                name="commitment_done_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(owner_name=""), name="commitment_has_owner_and_text"
            ),
            models.CheckConstraint(
                condition=Q(told_in__isnull=True) | Q(published_at__isnull=False),
                name="commitment_told_is_published",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_running(self) -> bool:
        return self.status == CommitmentStatus.RUNNING
