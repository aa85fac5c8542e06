"""What guests fill in: the questions, and "something is not right"."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialoog.kernel.ui.forms import LONGEST_TEXT, GuestForm, GuestLikert
from feedback.items import DONT_KNOW, FACES, ITEMS, STEPS
from feedback.models import Questionnaire
from stakeholders.models import Person

_STEPS = frozenset(value for value, _label in (*STEPS, DONT_KNOW))
REMARKS = ("different", "meaning", "missing")


class OwnForm(GuestForm):
    """Carries whose form it is and refuses another's: one telephone may serve six people."""

    person = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, owner: Person, refused: bool = False, **kwargs: Any) -> None:
        super().__init__(data, initial={"person": owner.pk}, **kwargs)
        self.owner, self.refused = owner, refused

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.refused:
            raise forms.ValidationError(
                _(
                    "We could not be sure that this came from this page, so nothing is saved yet."
                    " Send it again."
                )
            )
        if values.get("person") != self.owner.pk:
            raise forms.ValidationError(
                _("This form is not of %(name)s, so nothing is saved. Open your own link first.")
                % {"name": self.owner.name}
            )
        return values


class FeedbackForm(OwnForm):
    """The statements in the order asked (with `faces` those with pictures only), and what somebody writes.

    Every question may be skipped; “I do not know” is kept apart from skipping and never scored.
    """

    different = forms.CharField(
        label=gettext_lazy("What should be different next time?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 4}),
    )
    meaning = forms.CharField(
        label=gettext_lazy("What made this talk meaningful for you, or not?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 3}),
    )
    missing = forms.CharField(
        label=gettext_lazy("Who was missing?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea({"rows": 2}),
    )
    may_quote = forms.BooleanField(
        label=gettext_lazy("What I write may be in the report, without my name and without my organisation."),
        required=False,
    )

    def __init__(
        self, data: Any = None, *, questionnaire: Questionnaire, faces: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.questionnaire = questionnaire
        self.codes = [code for code in questionnaire.items if not faces or code in FACES]
        self.faces = faces
        # in English both are one sentence; in Dutch the verb follows the number
        sentence = ngettext(
            "Read by: %(who)s, without your name. Do not write names.",
            "Read by: %(who)s, without your name. Do not write names.",
            len(_names(questionnaire)),
        )
        for name in REMARKS:
            self.readers[name] = sentence % {"who": readers_of(questionnaire)}

    @cached_property
    def statements(self) -> list[forms.BoundField]:
        """The controls; made when they are shown, because judging what was sent needs none of them."""
        for number, code in enumerate(self.codes, 1):
            self.fields[code] = forms.ChoiceField(
                label=f"{number}. {ITEMS[code].text}",
                choices=[*STEPS, DONT_KNOW],
                required=False,
                widget=GuestLikert(faces=self.faces),
            )
        return [self[code] for code in self.codes]

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in (*REMARKS, "may_quote")]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        chosen = {code: self.data[code] for code in self.codes if self.data.get(code)}
        if not _STEPS.issuperset(chosen.values()):
            raise forms.ValidationError(_("Choose one of the steps that are shown."))
        values |= chosen
        if not any(values.get(name) for name in (*self.codes, *REMARKS)):
            raise forms.ValidationError(_("Answer at least one question, or write something."))
        return values

    def answers(self) -> dict[str, int | None]:
        """Code → step, None for “I do not know”; what was skipped is not in it."""
        given = self.cleaned_data
        return {code: int(given[code]) or None for code in self.codes if code in given}

    def remarks(self) -> list[str]:
        return [self.cleaned_data[name] for name in REMARKS if self.cleaned_data[name]]


class CorrectionForm(OwnForm):
    """Something in the report is not right."""

    text = forms.CharField(
        label=gettext_lazy("What is not right?"),
        max_length=5000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Write what is not right.")},
    )

    def __init__(self, *args: Any, who: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.readers["text"] = _("Read by: %(who)s.") % {"who": who}


def readers_of(questionnaire: Questionnaire) -> str:
    """Who reads what people write, by name."""
    names = _names(questionnaire)
    return (
        names[0] if len(names) == 1 else _("%(first)s and %(last)s") % {"first": names[0], "last": names[1]}
    )


def _names(questionnaire: Questionnaire) -> list[str]:
    session = questionnaire.session
    names = [name.split()[0] for name in (session.contact_name, session.deputy_name) if name.strip()]
    return names or [session.workspace.name]
