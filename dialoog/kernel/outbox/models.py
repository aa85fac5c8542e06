"""Outgoing mail: content shared by many, one row per receiver, and the state of the queue."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dialoog.kernel import clock
from dialoog.kernel.db import choices_check
from dialoog.kernel.files.models import StoredFile
from dialoog.kernel.workspaces.models import Workspace


def new_message_id() -> str:
    """A Message-ID that says nothing about anybody and stays the same at every try."""
    return f"<{uuid.uuid4().hex}@{settings.MAIL_DOMAIN}>"


class MailStatus(models.TextChoices):
    """The life of a mail."""

    HELD = "held", pgettext_lazy("state of a mail", "Held")
    PENDING = "pending", pgettext_lazy("state of a mail", "Waiting")
    CLAIMED = "claimed", pgettext_lazy("state of a mail", "In line")
    SENDING = "sending", pgettext_lazy("state of a mail", "Being sent")
    SENT = "sent", pgettext_lazy("state of a mail", "Sent")
    FAILED = "failed", pgettext_lazy("state of a mail", "Not delivered")
    UNCERTAIN = "uncertain", pgettext_lazy("state of a mail", "Perhaps sent")
    CANCELLED = "cancelled", pgettext_lazy("state of a mail", "Taken back")
    MISSED = "missed", pgettext_lazy("state of a mail", "Too late to send")


class MailError(models.TextChoices):
    """Why it did not arrive, for a person."""

    REFUSED = "refused", _("The mail server says that this address does not exist.")
    BOUNCED = "bounced", _("The mail came back afterwards.")
    MAILBOX = "mailbox", _("The receiver's mailbox does not take mail now.")
    RESERVED = "reserved", _("This is an address for examples. Mail to it never leaves.")
    LATER = "later", _("The mail server asked to try again later.")
    BLOCKED = "blocked", _("The mail server refused this mail.")
    NETWORK = "network", _("The connection with the mail server broke.")
    STOPPED = "stopped", _("Sending was interrupted. Nobody knows whether this mail left.")
    BROKEN = "broken", _("This mail could not be put together. That is a fault of ours.")


class MailBody(models.Model):
    """What many receivers share. What differs per person is a mark, `{{name}}`, filled while sending."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="mail_bodies")
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=20)
    subject = models.CharField(max_length=400)
    html = models.TextField()
    text = models.TextField()
    is_automatic = models.BooleanField(default=False)
    files = models.ManyToManyField(StoredFile, through="BodyFile", related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "digest"], name="mail_body_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.language} {self.digest[:8]}"


class BodyFile(models.Model):
    """A file that goes with a body, under the name its receiver sees."""

    body = models.ForeignKey(MailBody, on_delete=models.CASCADE, related_name="attachments")
    # a file may serve a briefing as well, so it outlives the mail and never goes before it
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    filename = models.CharField(max_length=120)
    media_type = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "position"], name="body_file_position_once")]

    def __str__(self) -> str:
        return self.filename


class MailQuerySet(models.QuerySet["OutgoingMail"]):
    """Reading words of the outbox."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def for_recipient(self, recipient: str) -> Self:
        return self.filter(recipient=recipient)

    def due(self, moment: datetime) -> Self:
        return self.filter(status=OutgoingMail.Status.PENDING, next_at__lte=moment)

    def with_body(self) -> Self:
        return self.select_related("body").prefetch_related("body__attachments")


class OutgoingMail(models.Model):
    """One mail to one receiver. The key names the reason for it: the same key never becomes a second mail."""

    Status = MailStatus
    Error = MailError

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="mails")
    key = models.CharField(max_length=150)
    body = models.ForeignKey(MailBody, on_delete=models.PROTECT, related_name="mails")
    personal = models.JSONField(default=dict, blank=True)
    to_email = models.CharField(max_length=254)
    to_name = models.CharField(max_length=200, blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    recipient = models.CharField(max_length=60, blank=True)
    link_ref = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=12, choices=MailStatus, default=MailStatus.PENDING)
    due_at = models.DateTimeField()
    useless_after = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=255, unique=True, default=new_message_id)
    error = models.CharField(max_length=20, blank=True, choices=MailError)
    answer = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    is_once_only = models.BooleanField(default=False)
    is_sandboxed = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)

    objects = MailQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "key"], name="mail_key_once"),
            choices_check("status", MailStatus, name="mail_status_known"),
            choices_check("error", MailError, name="mail_error_known", blank=True),
            models.CheckConstraint(
                condition=~Q(status="sent") | Q(sent_at__isnull=False), name="mail_sent_has_moment"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["claimed", "sending"])
                | (~Q(lease="") & Q(lease_until__isnull=False)),
                name="mail_on_its_way_has_lease",
            ),
            models.CheckConstraint(
                condition=Q(useless_after__isnull=True) | Q(useless_after__gte=F("due_at")),
                name="mail_useful_when_due",
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(status="pending"), name="mail_pending"),
            models.Index(
                fields=["lease_until"], condition=Q(status__in=["claimed", "sending"]), name="mail_on_its_way"
            ),
            models.Index(fields=["workspace", "-due_at", "-id"], name="mail_newest"),
            models.Index(fields=["workspace", "recipient"], name="mail_recipient"),
            models.Index(fields=["workspace", "to_email"], name="mail_address"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.key} {self.status}"

    @property
    def is_waiting(self) -> bool:
        return self.status in (self.Status.HELD, self.Status.PENDING)

    @property
    def can_retry(self) -> bool:
        if self.error == self.Error.RESERVED or not self.to_email:
            return False
        stopped = self.status in (self.Status.FAILED, self.Status.UNCERTAIN, self.Status.MISSED)
        return stopped or (self.status == self.Status.PENDING and self.attempts > 0)

    @property
    def can_bounce(self) -> bool:
        return self.status in (self.Status.SENT, self.Status.UNCERTAIN) and not self.is_sandboxed


class QueueState(models.Model):
    """The one row that says whether mail goes out, and if not, since when and what the server said."""

    ONLY = 1

    paused_until = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(null=True, blank=True)
    code = models.CharField(max_length=20, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    failures = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="queue_state_one_row")]

    def __str__(self) -> str:
        return f"{self.code or 'running'} {self.failures}"
