"""The questions asked after a session, and when they may be answered."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.db import choices_check
from dialoog.kernel.workspaces.models import Workspace
from sessions.models import DialogueSession


class Moment(models.TextChoices):
    """When people are asked: right after, or once the report is out (domain.md section 5)."""

    AFTER = "m1", _("After the meeting")
    LATER = "m2", _("After the report")


class QuestionnaireQuerySet(models.QuerySet["Questionnaire"]):
    """Reading words of questionnaires."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(session__dialogue__workspace=workspace)

    def is_open(self) -> Self:
        return self.filter(opened_at__isnull=False, closed_at__isnull=True)


class Questionnaire(models.Model):
    """One round of questions. `results` is filled once, after closing, with what may be shown."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="questionnaires")
    moment = models.CharField(max_length=2, choices=Moment, default=Moment.AFTER)
    items = models.JSONField(default=list)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    asked = models.PositiveIntegerField(default=0)
    talk_to = models.CharField(_("somebody to talk to instead"), max_length=120, blank=True)
    talk_to_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    talk_to_why = models.CharField(_("who that is"), max_length=160, blank=True)
    results = models.JSONField(null=True, blank=True)

    objects = QuestionnaireQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "moment"], name="questionnaire_once"),
            choices_check("moment", Moment, name="questionnaire_moment_known"),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="questionnaire_closes_after_opening",
                violation_error_message=_("The questions must close after they open."),
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False),
                name="questionnaire_closed_was_open",
            ),
            # results before closing would tell each new answer by the difference (decisions.md 14)
            models.CheckConstraint(
                condition=Q(results__isnull=True) | Q(closed_at__isnull=False),
                name="questionnaire_results_after_closing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.moment}"

    @property
    def is_opened(self) -> bool:
        return self.opened_at is not None

    @property
    def is_open(self) -> bool:
        """Whether answers are taken now."""
        return self.opened_at is not None and self.closed_at is None and clock.now() < self.closes_at

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None
