"""The report back: a draft that is written, versions that were sent and never change."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.db import choices_check
from dialoog.kernel.files.models import StoredFile
from dialoog.kernel.workspaces.models import User, Workspace
from sessions.models import DialogueSession, Invitation


class ReportStatus(models.TextChoices):
    """From being written to sent."""

    DRAFT = "draft", _("Being written")
    PLANNED = "planned", _("Ready to go out")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")


class AsAnnounced(models.TextChoices):
    """Was it decided in the way that was announced?"""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")
    NOTHING = "nothing", _("Nothing was decided")


class ReportQuerySet(models.QuerySet["Report"]):
    """Reading words of reports."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(session__dialogue__workspace=workspace)

    def sent(self) -> Self:
        return self.filter(status=ReportStatus.SENT)

    def waiting(self) -> Self:
        return self.filter(status__in=[ReportStatus.DRAFT, ReportStatus.PLANNED, ReportStatus.SENDING])


class Report(models.Model):
    """One version of what people hear back (T28). `content` is frozen when it is put ready to go out."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="reports")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=ReportStatus, default=ReportStatus.DRAFT)
    decided = models.TextField(_("what was decided"), max_length=1000, blank=True)
    adoption = models.TextField(_("what was done with it"), max_length=1000, blank=True)
    as_announced = models.CharField(max_length=8, choices=AsAnnounced, blank=True, default="")
    as_announced_note = models.TextField(max_length=1000, blank=True)
    names_kept = models.BooleanField(null=True)
    missing = models.TextField(_("who was missing"), max_length=1000, blank=True)
    late_reason = models.TextField(_("why this report is late"), max_length=1000, blank=True)
    changed = models.TextField(_("what changed in this version"), max_length=1000, blank=True)
    corrections_by = models.DateField(null=True, blank=True)
    next_news_on = models.DateField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    planned_for = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "version"], name="report_version_once"),
            models.UniqueConstraint(
                fields=["session"], condition=~Q(status="sent"), name="report_one_in_the_making"
            ),
            choices_check("status", ReportStatus, name="report_status_known"),
            choices_check("as_announced", AsAnnounced, name="report_as_announced_known", blank=True),
            models.CheckConstraint(
                condition=Q(status="draft") | (Q(content__isnull=False) & ~Q(digest="")),
                name="report_frozen_before_sending",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="report_sent_has_moment"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | Q(version=1) | ~Q(changed=""),
                name="report_correction_says_what_changed",
                violation_error_message=_("Say what changed since the last version."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} v{self.version}"

    @property
    def is_draft(self) -> bool:
        return self.status == ReportStatus.DRAFT

    @property
    def is_sent(self) -> bool:
        return self.status == ReportStatus.SENT


class ReportFile(models.Model):
    """The PDF of a version in one language: no name of any receiver is in it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="files")
    language = models.CharField(max_length=12)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "language"], name="report_file_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.language}"


class ReportCopy(models.Model):
    """What one person is told besides: which contributions are theirs. Only they and organisers read it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="copies")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="report_copies")
    language = models.CharField(max_length=12)
    channel = models.CharField(max_length=14)
    inputs = models.JSONField(default=list)
    printed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "invitation"], name="report_copy_once")]

    def __str__(self) -> str:
        return f"{self.report_id} {self.invitation_id}"


class Correction(models.Model):
    """Somebody says that something in the report is not right."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="corrections")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="corrections")
    text = models.TextField(max_length=5000)
    said_at = models.DateTimeField()
    answer = models.TextField(max_length=2000, blank=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_not_empty"),
            models.CheckConstraint(
                condition=Q(answer="", handled_at__isnull=True)
                | (~Q(answer="") & Q(handled_at__isnull=False)),
                name="correction_handled_with_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.pk}"
