"""After sending: a typing error, the programme, or a promise (T107)."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DialoogForm
from sessions.actions.change import TEXTS
from sessions.actions.plan import PROMISE
from sessions.forms.meeting import MeetingForm
from sessions.forms.promise import PromiseForm
from sessions.models import DialogueSession
from sessions.queries import readers_of
from sessions.reading import language_name
from sessions.translations import OF_SESSION, of_session, translations_of

MEETING_FIELDS = ("day", "start", "end", "last_day", "place_mode", "place", "online_link", "place_known_on")
PERSON_FIELDS = ("contact_name", "contact_phone", "contact_email", "deputy_name", "deputy_phone")


class ChangeForm(DialoogForm):
    """The fields of one size of change, taken from the screens they were first written on."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    names: tuple[str, ...] = ()
    needs_reason = False
    # what happens to a translation nobody touches
    untouched: Any = _("Left as it is, they read the new text as you wrote it.")

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        self.session = session
        self.foreign = readers_of(session)
        self.other: dict[tuple[str, str], str] = {}
        super().__init__(*args, **kwargs)

    def values(self) -> dict[str, Any]:
        """What goes to the action."""
        return {name: self.cleaned_data[name] for name in self.names if name in self.cleaned_data}

    def translated(self) -> dict[str, dict[str, str]]:
        """Per language what was written anew; a text left as it was says nothing about the new one."""
        found: dict[str, dict[str, str]] = {}
        for (name, code), field in self.other.items():
            text = self.cleaned_data.get(field, "").replace("\r\n", "\n").strip()
            if text and text != self.fields[field].initial:
                found.setdefault(code, {})[name] = text
        return found

    def ask_other_languages(self) -> None:
        """Under each text the same in every other language somebody reads."""
        stored = translations_of(self.session)
        order = []
        for name in list(self.fields):
            order.append(name)
            for them in self.foreign if name in OF_SESSION or name == "reason" else ():
                source = of_session(self.session, name) if name in OF_SESSION else None
                order.append(
                    self._ask(name, them.language, stored.last(source, them.language) if source else "")
                )
        self.order_fields(order)

    def _ask(self, name: str, code: str, initial: str) -> str:
        source, field = self.fields[name], f"{name}-{code}"
        label = source.label or of_session(self.session, name).label
        words = {"label": label, "language": language_name(code)}
        self.fields[field] = forms.CharField(
            label=_("%(label)s (%(language)s)") % words,
            required=False,
            initial=initial,
            max_length=OF_SESSION.get(name, 300),
            help_text=self.untouched,
            widget=forms.Textarea(attrs={"rows": 2, "lang": code, "dir": "auto"}),
        )
        self.other[name, code] = field
        return field


class TypoForm(ChangeForm):
    """Words that were spelt wrong; the old text stays visible and no mail goes out."""

    names = TEXTS
    untouched = _("Left as it is, it stays the translation.")

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        super().__init__(*args, session=session, **kwargs)
        model = session._meta
        for name in TEXTS:
            if getattr(session, name):
                field = model.get_field(name)
                long = field.get_internal_type() == "TextField"
                widget = forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput()
                limit = 5000 if long else field.max_length  # type: ignore[union-attr]
                label = str(field.verbose_name).capitalize()  # type: ignore[union-attr]
                self.fields[name] = forms.CharField(label=label, max_length=limit, widget=widget)
        self.ask_other_languages()


class ProgrammeForm(ChangeForm):
    """Day, time, place, whom to call: told in the next planned mail, or now."""

    names = ("starts_at", "ends_at", *MEETING_FIELDS[4:], *PERSON_FIELDS)
    reason = forms.CharField(
        label=_("Why?"), required=False, max_length=300, help_text=_("People read it beside the change.")
    )

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        super().__init__(*args, session=session, **kwargs)
        source = MeetingForm(session=session).fields
        reason = self.fields.pop("reason")
        for name in (*MEETING_FIELDS, *PERSON_FIELDS):
            self.fields[name] = source[name]
        self.fields["reason"] = reason
        self.ask_other_languages()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        zone = ZoneInfo(self.session.timezone)
        if all(data.get(name) for name in ("day", "start", "end")):
            data["starts_at"] = datetime.combine(data["day"], data["start"], tzinfo=zone)
            data["ends_at"] = datetime.combine(data.get("last_day") or data["day"], data["end"], tzinfo=zone)
        return data


class PromiseChangeForm(ChangeForm):
    """What people may expect: goes to everybody with old, new and why, and asks whether it is clear."""

    names = PROMISE
    needs_reason = True
    reason = forms.CharField(
        label=_("Why?"), max_length=300, help_text=_("People read it beside the change.")
    )

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        super().__init__(*args, session=session, **kwargs)
        source = PromiseForm(session=session).fields
        reason = self.fields.pop("reason")
        for name in PROMISE:
            self.fields[name] = source[name]
        self.fields["use_of_outcomes"].label = _("What happens with the outcome?")
        self.fields["reason"] = reason
        self.ask_other_languages()


class CancelForm(DialoogForm):
    """Calls the meeting off."""

    reason = forms.CharField(label=_("Why?"), max_length=300, help_text=_("People read this in the mail."))


FORMS: dict[str, type[ChangeForm]] = {
    "typo": TypoForm,
    "programme": ProgrammeForm,
    "promise": PromiseChangeForm,
}


def change_initial(session: DialogueSession) -> dict[str, Any]:
    """The stored session as the three forms show it."""
    names = {*TEXTS, *PROMISE, *MEETING_FIELDS[4:], *PERSON_FIELDS}
    initial = {name: getattr(session, name) for name in names}
    if session.starts_at and session.ends_at:
        zone = ZoneInfo(session.timezone)
        start, end = timezone.localtime(session.starts_at, zone), timezone.localtime(session.ends_at, zone)
        initial |= {"day": start.date(), "start": start.time(), "end": end.time()}
        initial["last_day"] = end.date() if end.date() != start.date() else None
    return initial | {"version": session.version}
