"""Layout words for forms: a question with its answer, several fields under one question, two side by side."""

from collections.abc import Mapping
from typing import Any

from crispy_forms.layout import Div, Field, Fieldset
from django.forms import BoundField


class Ask(Field):
    """One field as a question of its own: its label is the heading."""

    template = "dialoog/ask.html"


class Asked(Fieldset):
    """Several fields under one question; `hint` stands below it."""

    template = "%s/layout/fieldset.html"

    def __init__(self, legend: Any, *fields: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(legend, *fields, **kwargs)
        self.hint = hint


class Pair(Div):
    """Fields side by side where there is room."""

    css_class = "pair"


class When(Div):
    """Fields that are asked only after a certain answer; without JavaScript they always stand there."""

    def __init__(self, field: str, answers: str, *fields: Any, **kwargs: Any) -> None:
        """`answers` are the values of `field` that open it, with a bar between them."""
        super().__init__(*fields, data_when=f"{field}={answers}", **kwargs)


class Ticks(Div):
    """Single ticks in columns."""

    css_class = "ticks2"


class Folded(Fieldset):
    """Fields few people need, behind one line; open as soon as one of them is filled in or wrong.

    `end` stands at the end of the line, `note` below it. A field with its value in `usual` opens nothing;
    with `stays_shut` only a mistake does, because the note already says what the fields hold.
    """

    template = "%s/layout/fold.html"

    def __init__(
        self,
        legend: Any,
        *fields: Any,
        end: Any = "",
        note: Any = "",
        usual: Mapping[str, str] | None = None,
        stays_shut: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(legend, *fields, **kwargs)
        self.end, self.note, self.usual, self.stays_shut = end, note, usual or {}, stays_shut

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        held = [form[pointer.name] for pointer in self.get_field_names() if pointer.name in form.fields]
        self.is_open = any(field.errors or self._is_unusual(field) for field in held)
        return str(super().render(form, context, *args, **kwargs))

    def _is_unusual(self, field: BoundField) -> bool:
        value = field.value()
        return not self.stays_shut and bool(value) and value != self.usual.get(field.name)
