"""Layout words for forms: a question with its answer, several fields under one question, two side by side."""

from typing import Any

from crispy_forms.layout import Div, Field, Fieldset


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


class Ticks(Div):
    """Single ticks in columns."""

    css_class = "ticks2"
