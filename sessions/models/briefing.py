"""What was sent: versions that never change, and a copy per invitation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.db import choices_check
from dialoog.kernel.files.models import StoredFile
from dialoog.kernel.workspaces.models import User
from sessions.models.invitation import Clear, Invitation
from sessions.models.session import DialogueSession


class BriefingKind(models.TextChoices):
    """The two mailings."""

    INVITATION = "invitation", _("Invitation")
    PACK = "pack", _("Information pack")


class BriefingStatus(models.TextChoices):
    """From put ready to sent."""

    PLANNED = "planned", _("Ready to go out")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    TAKEN_BACK = "taken_back", _("Taken back")


class ChangeSize(models.TextChoices):
    """Three sizes of change (T107)."""

    TYPO = "typo", _("Typing error")
    PROGRAMME = "programme", _("Programme")
    PROMISE = "promise", _("Promise")


class Briefing(models.Model):
    """One version of what people were told: frozen content, group defaults, one hash (decisions.md 10)."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="briefings")
    kind = models.CharField(max_length=12, choices=BriefingKind)
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=BriefingStatus, default=BriefingStatus.PLANNED)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    planned_for = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    created_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "kind", "version"], name="briefing_version_once"),
            models.UniqueConstraint(
                fields=["session", "kind"], condition=Q(status="planned"), name="briefing_planned_once"
            ),
            choices_check("kind", BriefingKind, name="briefing_kind_known"),
            choices_check("status", BriefingStatus, name="briefing_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.kind} v{self.version}"


class BriefingFile(models.Model):
    """The PDF of one distinct content: language, contribution and influence (decisions.md 19)."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="files")
    content_key = models.CharField(max_length=64)
    language = models.CharField(max_length=12)
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["briefing", "content_key"], name="briefing_file_once")]

    def __str__(self) -> str:
        return f"{self.briefing_id} {self.content_key[:8]}"


class BriefingCopy(models.Model):
    """What one invitation was told, and its receipt."""

    briefing = models.ForeignKey(Briefing, on_delete=models.CASCADE, related_name="copies")
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="copies")
    language = models.CharField(max_length=12)
    channel = models.CharField(max_length=14)
    why_you = models.TextField(blank=True)
    what_we_ask = models.TextField(blank=True)
    influence = models.CharField(max_length=12)
    file = models.ForeignKey(BriefingFile, null=True, on_delete=models.PROTECT, related_name="copies")
    printed_at = models.DateTimeField(null=True, blank=True)
    clear = models.CharField(max_length=8, choices=Clear, blank=True, default="")
    clear_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["briefing", "invitation"], name="briefing_copy_once"),
            choices_check("clear", Clear, name="briefing_copy_clear_known", blank=True),
            models.CheckConstraint(
                condition=Q(clear="", clear_at__isnull=True) | (~Q(clear="") & Q(clear_at__isnull=False)),
                name="briefing_copy_receipt_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.briefing_id} {self.invitation_id}"


class BriefingChange(models.Model):
    """One thing that became different after a version was sent, with old and new text (T53, T89, T107)."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="changes")
    briefing = models.ForeignKey(Briefing, null=True, on_delete=models.SET_NULL, related_name="changes")
    field = models.CharField(max_length=40)
    size = models.CharField(max_length=10, choices=ChangeSize)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [choices_check("size", ChangeSize, name="briefing_change_size_known")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.field}"


class Endorsement(models.Model):
    """Somebody stands for the promise: asked by a mailed link, answered without an account (T52)."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="endorsements")
    name = models.CharField(_("name"), max_length=120)
    function = models.CharField(_("function"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"))
    digest = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unknown until the id is
    promise_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed = models.BooleanField(null=True)
    note = models.TextField(blank=True, max_length=2000)
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed__isnull=True, answered_at__isnull=True)
                | Q(agreed__isnull=False, answered_at__isnull=False),
                name="endorsement_answered_at_iff_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} {self.pk}"
