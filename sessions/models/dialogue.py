"""A dialogue: what joins sessions; it exists from the first session on and shows itself at the second."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.workspaces.models import Workspace


class DialogueQuerySet(models.QuerySet["Dialogue"]):
    """Reading words of dialogues."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)


class Dialogue(models.Model):
    """A lasting process between an organiser and others, made of sessions and follow-up."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="dialogues")
    title = models.CharField(_("title"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = DialogueQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title or str(self.pk)
