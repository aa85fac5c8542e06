"""Who took part, and apart from it what was said. Nothing joins the two (docs/anonymity.md)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.db import choices_check
from feedback.models.questionnaire import Questionnaire
from sessions.models import Invitation, ReportingCluster


class Participation(models.Model):
    """This person has answered. Nothing about when or what."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="participations")
    # why PROTECT: an invitation that was answered for is evidence that nobody counted twice
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="participations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "invitation"], name="participation_once"),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Incoming(models.Model):
    """An answer under seal until it is dealt out among others; unreadable without the server's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="incoming")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.pk)


class Sheet(models.Model):
    """The ticked answers of somebody of this cluster: `items` is code → 1 to 5, or null for “don't know”."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="sheets")
    # why PROTECT: clusters are fixed once people have answered
    cluster = models.ForeignKey(ReportingCluster, null=True, on_delete=models.PROTECT, related_name="+")
    items = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.pk)


class RemarkState(models.TextChoices):
    """What the reader of remarks decided."""

    NEW = "new", _("Not read yet")
    QUOTED = "quoted", _("In the report")
    KEPT_BACK = "kept_back", _("Not in the report")


class Remark(models.Model):
    """What somebody wrote, without sheet, cluster, language or time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="remarks")
    text = models.TextField(max_length=5000)
    may_quote = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=RemarkState, default=RemarkState.NEW)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="remark_not_empty"),
            choices_check("state", RemarkState, name="remark_state_known"),
            models.CheckConstraint(
                condition=~Q(state=RemarkState.QUOTED) | Q(may_quote=True),
                name="remark_quoted_with_permission",
                violation_error_message=_("This person did not allow us to quote."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
