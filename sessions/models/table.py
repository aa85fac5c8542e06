"""Who is at the table: groups with a reason, and groups that are missing with one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.db import choices_check
from sessions.models.session import DialogueSession, Influence
from stakeholders.models import StakeholderGroup


class Absence(models.TextChoices):
    """Why a group that might be expected is not invited (T2)."""

    SEPARATE = "separate", _("They are heard at a separate meeting")
    NOT_NEEDED = "not_needed", _("Not needed, because …")


class ReportingCluster(models.Model):
    """Groups taken together for results, fixed before the questionnaire opens (decisions.md 5, 13)."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="clusters")
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "position"], name="cluster_position_once")]

    def __str__(self) -> str:
        return self.name


class SessionGroup(models.Model):
    """A group at this table: why it is there and what we ask of it, or why it is absent."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="groups")
    group = models.ForeignKey(StakeholderGroup, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    why_you = models.TextField(_("why you"), blank=True, max_length=600)
    what_we_ask = models.TextField(_("what we ask of you"), blank=True, max_length=600)
    influence = models.CharField(max_length=12, choices=Influence, blank=True, default="")
    absence = models.CharField(max_length=12, choices=Absence, blank=True, default="")
    absence_reason = models.CharField(max_length=300, blank=True)
    cluster = models.ForeignKey(ReportingCluster, null=True, on_delete=models.SET_NULL, related_name="groups")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "group"], name="session_group_once"),
            choices_check("absence", Absence, name="session_group_absence_known", blank=True),
            choices_check("influence", Influence, name="session_group_influence_known", blank=True),
            models.CheckConstraint(
                condition=~Q(absence=Absence.NOT_NEEDED) | ~Q(absence_reason=""),
                name="session_group_absence_has_reason",
                violation_error_message=_("Say why this group need not be there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.group_id}"
