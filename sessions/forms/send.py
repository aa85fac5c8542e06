"""Screens 6 and 7: who stands for the promise, and when it goes."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Div, Layout
from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.ui import dates
from dialoog.kernel.ui.forms import DateInput, DialoogForm, PillSelect, TimeInput
from dialoog.kernel.ui.layout import Ask, Pair
from sessions.actions.brief import suggested_moment
from sessions.models import Briefing, BriefingKind, DialogueSession


class LookForm(DialoogForm):
    """Looking changes nothing; the form only carries the screen."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class EndorseForm(DialoogForm):
    """Asks somebody's agreement by a mailed link."""

    name = forms.CharField(label=_("Name"), max_length=120)
    function = forms.CharField(label=_("Function"), max_length=120, required=False)
    email = forms.EmailField(label=_("E-mail"))


class When(models.TextChoices):
    """When a mailing goes."""

    PLANNED = "planned", _("First working day, 09:00")
    NOW = "now", _("Right now")
    OTHER = "other", _("Another moment")


class SendForm(DialoogForm):
    """The moment that suits a mailing best, unless one wants otherwise."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    when = forms.ChoiceField(label=_("When?"), choices=When.choices, widget=PillSelect, initial=When.PLANNED)
    day = forms.DateField(label=_("Date"), required=False, widget=DateInput)
    at = forms.TimeField(label=_("Time"), required=False, widget=TimeInput)

    def __init__(
        self,
        *args: Any,
        session: DialogueSession,
        kind: BriefingKind = BriefingKind.INVITATION,
        **kwargs: Any,
    ) -> None:
        self.session = session
        super().__init__(*args, **kwargs)
        self.suggested, asked = suggested_moment(session, kind)
        if asked:
            self.fields["when"].help_text = gettext(
                "%(name)s was asked to agree and has not answered yet. This leaves a working day for that."
            ) % {"name": asked.name}
        choices: list[tuple[str, Any]] = [(When.NOW, When.NOW.label), (When.OTHER, When.OTHER.label)]
        if session.starts_at and clock.now() < session.starts_at <= self.suggested:
            self.initial["when"] = When.NOW
        else:
            choices.insert(0, (When.PLANNED, dates.when(self.suggested, session.timezone)))
        self.fields["when"].choices = choices  # type: ignore[attr-defined]
        self.helper.layout = Layout("version", Ask("when"), Div(Pair("day", "at"), data_when="when=other"))

    def moment(self) -> datetime:
        """When it goes as the form stands now: what is chosen as far as it is right, else what we suggest."""
        when = self["when"].value()
        if when == When.OTHER:
            return self.other() or self.suggested
        return clock.now() if when == When.NOW else self.suggested

    def other(self) -> datetime | None:
        """The moment somebody chose; None while its date or time is missing, wrong or past."""
        try:
            day, at = (self.fields[name].clean(self[name].value()) for name in ("day", "at"))
        except forms.ValidationError:
            return None
        if not day or not at:
            return None
        moment = datetime.combine(day, at, tzinfo=ZoneInfo(self.session.timezone))
        return moment if moment >= clock.now() else None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["send_at"] = clock.now()
        if data.get("when") == When.PLANNED:
            data["send_at"] = self.suggested
        elif data.get("when") == When.OTHER:
            day, at = data.get("day"), data.get("at")
            if not day or not at:
                self.add_error("day", _("Choose a date and a time."))
            else:
                data["send_at"] = datetime.combine(day, at, tzinfo=ZoneInfo(self.session.timezone))
                if data["send_at"] < clock.now():
                    self.add_error("day", _("This moment has passed."))
        return data


def moment_initial(waiting: Briefing | None) -> dict[str, Any]:
    """The moment a mailing waits for, as another one is chosen; without one, the moment we propose."""
    if waiting is None:
        return {"when": When.PLANNED}
    local = waiting.planned_for.astimezone(ZoneInfo(waiting.session.timezone))
    return {"when": When.OTHER, "day": local.date(), "at": local.time()}
