"""A list that was read but not yet added: kept here between looking and confirming."""

from datetime import timedelta
from typing import Self

from django.conf import settings
from django.db import models

from dialoog.kernel import clock
from dialoog.kernel.workspaces.models import Workspace

DRAFT_LASTS = timedelta(days=7)


class ImportDraftQuerySet(models.QuerySet["ImportDraft"]):
    """Reading words of drafts."""

    def stale(self) -> Self:
        return self.filter(created_at__lt=clock.now() - DRAFT_LASTS)


class ImportDraft(models.Model):
    """A table as `stakeholders.importing` reads it (`Table.as_json`), with the columns as chosen.

    `languages` are those of people who seem to be abroad: by line of the list, and "" for all the others.
    `same` are the lines of which somebody said that they are the person of the same name.
    """

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="import_drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200, blank=True)
    table = models.JSONField()
    columns = models.JSONField()
    languages = models.JSONField(default=dict, blank=True)
    same = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = ImportDraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.pk} {self.workspace_id}"
