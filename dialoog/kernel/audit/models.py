"""The trail and its counter."""

from typing import Self

from django.contrib.contenttypes.models import ContentType
from django.db import models

from dialoog.kernel.workspaces.models import Workspace


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    """Reading words of the trail."""

    def on(self, target: models.Model) -> Self:
        content_type = ContentType.objects.get_for_model(target)
        return self.filter(target_type=content_type, target_id=target.pk).order_by("number")


class AuditCounter(models.Model):
    """The last number and hash of a workspace's trail: written by one conditional UPDATE."""

    workspace = models.OneToOneField(Workspace, on_delete=models.CASCADE, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.workspace_id}: {self.last}"


class AuditEvent(models.Model):
    """One thing done. Holds ids and codes, never names or answers (decisions.md 31)."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="audit_events")
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    target_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    target_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "number"], name="audit_number_once"),
        ]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]

    def __str__(self) -> str:
        return f"{self.workspace_id}#{self.number} {self.verb}"
