"""Screen 1: what, when, where, whom to call."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Div, Layout
from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.ui import dates
from dialoog.kernel.ui.forms import DateInput, DialoogForm, PillSelect, TimeInput
from dialoog.kernel.ui.layout import Ask, Asked, Folded, Pair
from dialoog.kernel.zones import ZONES
from sessions.actions.plan import is_placeholder, suggested_answer_by
from sessions.engine.working_days import pack_on
from sessions.models import DateMode, DialogueSession, PlaceMode

OPTIONS = (1, 2, 3)


class MeetingForm(DialoogForm):
    """Only the name is asked for; what is not settled may stay open, with a date on which people hear it."""

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("The meeting is called"),
        help_text=_("This becomes the title above the invitation."),
        max_length=160,
    )
    language = forms.ChoiceField(
        label=_("In which language do you write?"),
        help_text=_("Who reads another language gets our words in that one, and yours as you wrote them."),
        choices=settings.LANGUAGES,
        widget=PillSelect(slim=True),
    )
    date_mode = forms.ChoiceField(label=_("When?"), choices=DateMode.choices, widget=PillSelect)
    day = forms.DateField(label=_("Date"), required=False, widget=DateInput)
    start = forms.TimeField(label=_("Starts"), required=False, widget=TimeInput)
    end = forms.TimeField(label=_("Ends"), required=False, widget=TimeInput)
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=DateInput,
        help_text=_("Only when it takes more than a day."),
    )
    timezone = forms.ChoiceField(
        label=_("Time zone of the meeting"), choices=[(zone, zone.replace("_", " ")) for zone in ZONES]
    )
    place_mode = forms.ChoiceField(label=_("Where?"), choices=PlaceMode.choices, widget=PillSelect)
    place = forms.CharField(label=_("Address"), required=False, max_length=200)
    online_link = forms.URLField(
        label=_("Link to take part online"), required=False, max_length=300, assume_scheme="https"
    )
    place_known_on = forms.DateField(label=_("People hear the place by"), required=False, widget=DateInput)
    answer_by = forms.DateField(label=_("Please answer before"), required=False, widget=DateInput)
    contact_name = forms.CharField(label=_("Contact person"), max_length=120)
    contact_phone = forms.CharField(label=_("Telephone"), max_length=40)
    contact_email = forms.EmailField(label=_("E-mail for replies"))
    deputy_name = forms.CharField(label=_("Name of the deputy"), required=False, max_length=120)
    deputy_phone = forms.CharField(label=_("Telephone of the deputy"), required=False, max_length=40)

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        self.session = session
        super().__init__(*args, **kwargs)
        for n in OPTIONS:
            self.fields[f"option{n}_day"] = forms.DateField(
                label=_("Date %(number)d") % {"number": n}, required=False, widget=DateInput
            )
            self.fields[f"option{n}_start"] = forms.TimeField(
                label=_("Starts"), required=False, widget=TimeInput
            )
            self.fields[f"option{n}_end"] = forms.TimeField(label=_("Ends"), required=False, widget=TimeInput)
        self.suggested = self._halfway()
        if self.suggested and not self.initial.get("answer_by"):
            self.initial["answer_by"] = self.suggested
        self.fields["answer_by"].help_text = format_html(
            '<span data-live="answer-hint">{}</span>', self.answer_hint()
        )
        if is_placeholder(str(self.initial.get("contact_email") or "")):
            self.initial["contact_email"] = ""
            self.fields["contact_email"].help_text = gettext(
                "Who replies to the mail writes to this address."
            )
        options = [
            Div(
                f"option{n}_day",
                Pair(f"option{n}_start", f"option{n}_end", css_class="tight"),
                css_class="pair",
            )
            for n in OPTIONS
        ]
        self.helper.layout = Layout(
            "version",
            Ask("title"),
            Ask("language"),
            Ask("date_mode"),
            Div(Pair("day", Pair("start", "end", css_class="tight")), data_when="date_mode=fixed"),
            Div(*options, css_class="stack-s", data_when="date_mode=poll"),
            Folded(
                _("More days, or another time zone"),
                Pair(Div("last_day", data_when="date_mode=fixed"), "timezone"),
                end=format_html('<span data-mirror="timezone">{}</span>', self._zone()),
                usual={"timezone": session.workspace.timezone},
            ),
            Ask("place_mode"),
            Div("place", data_when="place_mode=place|both"),
            Div("online_link", data_when="place_mode=online|both"),
            Div("place_known_on", data_when="place_mode=open"),
            Ask("answer_by", wrapper_class="beside"),
            Asked(
                _("Whom can people call?"),
                Pair("contact_name", "contact_phone"),
                "contact_email",
                Folded(_("Fixed deputy"), Pair("deputy_name", "deputy_phone"), end=_("can wait")),
            ),
        )

    def _zone(self) -> str:
        return str(self._typed("timezone") or self.session.timezone).replace("_", " ")

    def _typed(self, name: str) -> Any:
        """What stands in a field now, as far as it is right."""
        field = self.fields[name]
        try:
            # not self[name], which would keep the explanation the field has at this moment
            return field.clean(field.get_bound_field(self, name).value())
        except forms.ValidationError:
            return None

    def _starts_on(self) -> date | None:
        """The settled day as it stands in the form, while it is still to come."""
        day: date | None = self._typed("day") if self._typed("date_mode") == DateMode.FIXED else None
        return day if day and day > clock.today(self.session.timezone) else None

    def _halfway(self) -> date | None:
        starts_on, today = self._starts_on(), clock.today(self.session.timezone)
        is_off = self.session.workspace.is_day_off
        return suggested_answer_by(starts_on, today, is_off) if starts_on else None

    def answer_hint(self) -> str:
        """Why the day for the answers is proposed, and what it is needed for."""
        if self.suggested is None:
            return ""
        said = self._typed("answer_by")
        why = gettext("Halfway between now and the meeting.")
        if said and said != self.suggested:
            why = gettext("Halfway between now and the meeting is %(day)s.") % {
                "day": dates.day_month(self.suggested)
            }
        return f"{why} {self._pack_hint()}".strip()

    def _pack_hint(self) -> str:
        """By when answers can still shape the programme (T60); nothing while there is no date, or no time."""
        starts_on = self._starts_on()
        if starts_on is None:
            return ""
        made_on = pack_on(starts_on, self._typed("answer_by"), self.session.workspace.is_day_off)
        if made_on <= clock.today(self.session.timezone):
            return ""
        return gettext(
            "On %(day)s the programme goes to everybody, made from the answers. Ask for them before that day."
        ) % {"day": dates.day_month(made_on)}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        zone = ZoneInfo(data.get("timezone") or self.session.timezone)
        data["starts_at"] = data["ends_at"] = None
        data["options"] = []
        if data.get("date_mode") == DateMode.FIXED:
            self._fixed(data, zone)
        elif data.get("date_mode") == DateMode.POLL:
            data["options"] = self._options(data, zone)
        self._refuse_the_past(data)
        answer_by = data.get("answer_by")
        if answer_by and data["starts_at"] and answer_by > timezone.localtime(data["starts_at"], zone).date():
            self.add_error("answer_by", _("This date lies after the meeting."))
        return data

    def clean_contact_email(self) -> str:
        address = str(self.cleaned_data["contact_email"])
        if is_placeholder(address):
            raise forms.ValidationError(
                gettext("Answers would not reach you here. Fill in an address people can write to.")
            )
        return address

    def _fixed(self, data: dict[str, Any], zone: ZoneInfo) -> None:
        day, start, end = data.get("day"), data.get("start"), data.get("end")
        if not day and not start and not end:
            return
        missing = [name for name in ("day", "start", "end") if not data.get(name)]
        for name in missing:
            if name not in self.errors:
                self.add_error(name, _("Fill this in too, or leave date and times open for now."))
        if missing or day is None or start is None or end is None:
            return
        data["starts_at"] = _moment(day, start, zone)
        data["ends_at"] = _moment(data.get("last_day") or day, end, zone)
        if data.get("last_day") and data["last_day"] < day:
            self.add_error("last_day", _("The last day lies before the first."))
        elif data["ends_at"] <= data["starts_at"]:
            self.add_error("end", _("The meeting must end after it starts."))
        elif data["ends_at"] - data["starts_at"] > timedelta(days=14):
            self.add_error("last_day", _("A meeting takes at most fourteen days."))

    def _options(self, data: dict[str, Any], zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
        found = []
        for n in OPTIONS:
            day, start, end = (data.get(f"option{n}_{part}") for part in ("day", "start", "end"))
            if not day:
                continue
            if not start or not end:
                self.add_error(f"option{n}_start", _("Fill in when it starts and ends."))
            elif end <= start:
                self.add_error(f"option{n}_end", _("The meeting must end after it starts."))
            else:
                found.append((_moment(day, start, zone), _moment(day, end, zone)))
        return found

    def _refuse_the_past(self, data: dict[str, Any]) -> None:
        moments = [data["starts_at"], *(start for start, _end in data["options"])]
        if any(moment and moment <= clock.now() for moment in moments):
            field = "day" if data.get("date_mode") == DateMode.FIXED else "option1_day"
            self.add_error(field, _("This date has passed. A meeting already held is entered from the list."))


def meeting_initial(session: DialogueSession) -> dict[str, Any]:
    """The stored meeting as the form shows it, in the session's own zone."""
    zone = ZoneInfo(session.timezone)
    initial: dict[str, Any] = {
        name: getattr(session, name) for name in MeetingForm.base_fields if hasattr(session, name)
    }
    if session.starts_at and session.ends_at:
        start, end = timezone.localtime(session.starts_at, zone), timezone.localtime(session.ends_at, zone)
        initial |= {"day": start.date(), "start": start.time(), "end": end.time()}
        initial["last_day"] = end.date() if end.date() != start.date() else None
    for n, option in enumerate(session.date_options.order_by("starts_at")[: len(OPTIONS)], 1):
        start, end = timezone.localtime(option.starts_at, zone), timezone.localtime(option.ends_at, zone)
        initial |= {
            f"option{n}_day": start.date(),
            f"option{n}_start": start.time(),
            f"option{n}_end": end.time(),
        }
    return initial


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone)
