"""The agenda and the wishes it is made from."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.db import choices_check
from sessions.models.invitation import Invitation
from sessions.models.session import DialogueSession


class Form(models.TextChoices):
    """What kind of part it is (T7)."""

    PLENARY = "plenary", _("Everybody together")
    TABLES = "tables", _("At tables")
    BREAK = "break", _("Break")
    INFORMAL = "informal", _("Informal")
    VISIT = "visit", _("Visit")
    VOTE = "vote", _("Advice or vote")
    CLOSING = "closing", _("Closing")


class AgendaItem(models.Model):
    """A timed part. Its day and place in the order are stored; other clock times are computed."""

    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="agenda")
    day = models.PositiveSmallIntegerField(default=1)
    position = models.PositiveSmallIntegerField()
    fixed_start = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=30)
    form = models.CharField(max_length=10, choices=Form, default=Form.PLENARY)
    title = models.CharField(_("title"), max_length=160)
    lead = models.CharField(_("who leads or tells"), max_length=160, blank=True)
    note = models.CharField(_("what people do"), max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "day", "position"], name="agenda_position_once"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0, minutes__lte=1440),
                name="agenda_minutes_sensible",
                violation_error_message=_("A part takes at least one minute and at most a day."),
            ),
            models.CheckConstraint(condition=~Q(title=""), name="agenda_title_not_empty"),
            models.CheckConstraint(condition=Q(day__gte=1), name="agenda_day_from_one"),
            choices_check("form", Form, name="agenda_form_known"),
        ]

    def __str__(self) -> str:
        return self.title


class WishKind(models.TextChoices):
    """Which of the two questions it answers."""

    AGENDA = "agenda", _("For the programme")
    LAST_TIME = "last_time", _("About last time")


class Wish(models.Model):
    """What somebody wants raised or known. Without a name it points at nobody (decisions.md 16)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(DialogueSession, on_delete=models.CASCADE, related_name="wishes")
    kind = models.CharField(max_length=10, choices=WishKind)
    text = models.TextField(max_length=5000)
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.PROTECT, related_name="wishes")
    agenda_item = models.ForeignKey(AgendaItem, null=True, on_delete=models.SET_NULL, related_name="wishes")
    response = models.TextField(blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="wish_not_empty"),
            choices_check("kind", WishKind, name="wish_kind_known"),
            # one answer per question and person: writing again changes it
            models.UniqueConstraint(
                fields=["session", "invitation", "kind"],
                condition=Q(invitation__isnull=False),
                name="wish_once_per_person_and_kind",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
