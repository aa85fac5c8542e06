"""The base of every form and the widgets people answer with."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

Attrs = dict[str, Any]
LONGEST_TEXT = 5_000
_KEPT = {"\n", "\r", "\t"}


@dataclass(frozen=True)
class Card:
    """What a choice in a CardSelect says: its sentence, an explanation, and a safe SVG beside it."""

    title: str | Promise
    hint: str | Promise = ""
    figure: str = ""

    def __str__(self) -> str:
        return str(self.title)


def cards(
    choices: Iterable[tuple[str, str | Promise]],
    hints: Mapping[str, str | Promise] | None = None,
    drawn: Mapping[str, str] | None = None,
) -> list[tuple[str, Card]]:
    """The choices of an enum as cards, each with its explanation and figure where there is one."""
    hints, drawn = hints or {}, drawn or {}
    return [(value, Card(title, hints.get(value, ""), drawn.get(value, ""))) for value, title in choices]


# --- widgets


class DateInput(forms.DateInput):
    """The browser's own date picker; the value travels as 2027-03-02 in every language."""

    input_type = "date"

    def __init__(self, attrs: Attrs | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: Attrs | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class PillSelect(forms.RadioSelect):
    """Short choices side by side."""

    template_name = "dialoog/widgets/pills.html"

    def __init__(self, attrs: Attrs | None = None, choices: Any = (), *, slim: bool = False) -> None:
        super().__init__(attrs, choices)
        self.slim = slim

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["slim"] = self.slim
        return context


class CardSelect(forms.RadioSelect):
    """Sentences to choose from, under each other; `columns` sets three short ones side by side.

    `live`: the name under which a preview brings each sentence anew (preview.js), before “-” and its value.
    """

    template_name = "dialoog/widgets/cards.html"

    def __init__(
        self,
        attrs: Attrs | None = None,
        choices: Any = (),
        *,
        columns: bool = False,
        say: bool = False,
        live: str = "",
    ) -> None:
        super().__init__(attrs, choices)
        self.columns, self.say, self.live = columns, say, live

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(columns=self.columns, say=self.say, live=self.live)
        return context


class TickList(forms.CheckboxSelectMultiple):
    template_name = "dialoog/widgets/ticks.html"


class StarterTextarea(forms.Textarea):
    """A text that begins with words already printed in the field: “At the end we have together …”."""

    template_name = "dialoog/widgets/starter.html"

    def __init__(self, attrs: Attrs | None = None, *, starter: str | Promise, short: bool = False) -> None:
        super().__init__({"rows": 2, **(attrs or {})})
        self.starter, self.short = starter, short

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"].update(starter=self.starter, short=self.short)
        return context


class FilePick(forms.FileInput):
    """A file to choose or to drop."""

    template_name = "dialoog/widgets/file.html"

    def __init__(self, attrs: Attrs | None = None, *, accept: str = "", text: str | Promise = "") -> None:
        super().__init__({**({"accept": accept} if accept else {}), **(attrs or {})})
        self.text = text

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["text"] = self.text
        return context


class GuestRadio(forms.RadioSelect):
    """Large choices for a thumb; `side` sets two of them side by side."""

    template_name = "dialoog/widgets/guest_radio.html"

    def __init__(self, attrs: Attrs | None = None, choices: Any = (), *, side: bool = False) -> None:
        super().__init__(attrs, choices)
        self.side = side

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["side"] = self.side
        return context


class GuestTicks(forms.CheckboxSelectMultiple):
    template_name = "dialoog/widgets/guest_ticks.html"


class GuestLikert(forms.RadioSelect):
    """Five steps in a row and, last, “I do not know”; `faces` draws the steps as faces."""

    template_name = "dialoog/widgets/guest_likert.html"

    def __init__(self, attrs: Attrs | None = None, choices: Any = (), *, faces: bool = False) -> None:
        super().__init__(attrs, choices)
        self.faces = faces

    def get_context(self, name: str, value: Any, attrs: Attrs | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["faces"] = self.faces
        return context


# --- forms


class CalmForm(forms.BaseForm):
    """What every form keeps: no control characters, no endless text, pickers for dates, our own pack.

    `later` names fields that can wait, `readers` says per field who reads it.
    """

    later: tuple[str, ...] = ()
    mark_optional = True
    field_template = "dialoog/field.html"

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(_printable(data), *args, **kwargs)
        self.readers: dict[str, str | Promise] = {}
        for field in self.fields.values():
            _calm(field)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.field_template = self.field_template


class DialoogForm(CalmForm, forms.Form):
    """For organisers' pages."""


class DialoogModelForm(CalmForm, forms.ModelForm):
    """The same over a model; saving is the work of an action."""


class GuestForm(CalmForm, forms.Form):
    """A form on the guest page: large controls, and under every text who reads it."""

    field_template = "dialoog/guest_field.html"
    mark_optional = False


def _printable(data: Any) -> Any:
    """A NUL is refused by PostgreSQL and means nothing to anybody: control characters never come in."""
    if not isinstance(data, QueryDict):
        return {k: _clean(v) for k, v in data.items()} if isinstance(data, Mapping) else data
    cleaned = QueryDict(mutable=True, encoding=data.encoding)
    for name, values in data.lists():
        cleaned.setlist(name, [_clean(value) for value in values])
    cleaned._mutable = False
    return cleaned


def _clean(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    if not isinstance(value, str) or value.isprintable():
        return value
    return "".join(c for c in value if c in _KEPT or unicodedata.category(c) not in {"Cc", "Cs"})


def _calm(field: forms.Field) -> None:
    if type(field.widget) is forms.DateInput:
        field.widget = DateInput(field.widget.attrs)
    if type(field.widget) is forms.TimeInput:
        field.widget = TimeInput(field.widget.attrs)
    if field.required:
        chosen = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
        field.error_messages["required"] = _("Please choose.") if chosen else _("Please fill this in.")
    if isinstance(field.widget, forms.Textarea):
        # far above every limit, so that too long a text still gets its sentence, and no tab freezes on it
        field.widget.attrs.setdefault("maxlength", "20000")
    if type(field) is forms.CharField and field.max_length is None:
        field.max_length = LONGEST_TEXT
        field.validators.append(
            MaxLengthValidator(
                LONGEST_TEXT,
                ngettext_lazy(
                    "This text has %(show_value)d characters; at most %(limit_value)d fit here.",
                    "This text has %(show_value)d characters; at most %(limit_value)d fit here.",
                    "limit_value",
                ),
            )
        )
