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


class When(Div):
    """Fields that are asked only after a certain answer; without JavaScript they always stand there."""

    def __init__(self, field: str, answers: str, *fields: Any, **kwargs: Any) -> None:
        """`answers` are the values of `field` that open it, with a bar between them."""
        super().__init__(*fields, data_when=f"{field}={answers}", **kwargs)


class Ticks(Div):
    """Single ticks in columns."""

    css_class = "ticks2"


class Folded(Fieldset):
    """Fields few people need, behind one line; open as soon as one of them is filled in or wrong."""

    template = "%s/layout/fold.html"

    def render(self, form: Any, context: Any, *args: Any, **kwargs: Any) -> str:
        names = [each for each in self.fields if each in form.fields]
        self.is_open = any(form[name].value() or form[name].errors for name in names)
        return str(super().render(form, context, *args, **kwargs))
