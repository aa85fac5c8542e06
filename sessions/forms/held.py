"""Forms of the meeting itself: who was there, what came of it, what was put forward."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui.forms import DialoogForm, TickList
from dialoog.kernel.ui.layout import Ask
from sessions.actions.hold import suggested_attendance
from sessions.models import (
    Attendance,
    Contribution,
    DialogueSession,
    Invitation,
    Outcome,
    OutcomeKind,
    Wish,
)
from stakeholders.models import Person
from stakeholders.visibility import name_for_others, organisation_for_others


class AttendanceForm(DialoogForm):
    """One choice per person, filled in from what they answered; and a note about the day."""

    note = forms.CharField(
        label=_("What stood out that day"),
        required=False,
        max_length=5000,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        session: DialogueSession,
        rows: Sequence[Invitation],
        may_see_people: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial={"note": session.held_note}, **kwargs)
        self.rows, self.may_see_people = rows, may_see_people
        choices = [("", _("Not known")), *Attendance.choices]
        for row in rows:
            field = forms.ChoiceField(
                label=self._name(row), choices=choices, required=False, initial=suggested_attendance(row)
            )
            field.widget.attrs["class"] = "slim"
            self.fields[f"p{row.pk}"] = field

    def people(self) -> list[tuple[Invitation, forms.BoundField, str]]:
        """Each invitation with its choice and the organisation that may be read beside the name."""
        return [(row, self[f"p{row.pk}"], self._organisation(row.person)) for row in self.rows]

    def attendance(self) -> dict[int, str]:
        return {row.pk: self.cleaned_data[f"p{row.pk}"] for row in self.rows}

    def _name(self, row: Invitation) -> str:
        # who leads the talk is one of the others for protected people (journeys.md, rule 13)
        return row.person.name if self.may_see_people else name_for_others(row.person, row.group)

    def _organisation(self, person: Person) -> str:
        if self.may_see_people:
            return person.organisation.name if person.organisation else ""
        return organisation_for_others(person)


class OutcomeForm(DialoogForm):
    """One result."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=OutcomeKind.choices)
    text = forms.CharField(
        label=_("In one sentence"), max_length=2000, widget=forms.Textarea({"rows": 3, "dir": "auto"})
    )
    figure = forms.CharField(
        label=_("Figure"),
        required=False,
        max_length=40,
        help_text=_("For example the mean score: 4.3."),
    )

    def __init__(self, *args: Any, outcome: Outcome | None = None, **kwargs: Any) -> None:
        if outcome is not None:
            kwargs["initial"] = {"kind": outcome.kind, "text": outcome.text, "figure": outcome.figure}
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(Ask("kind"), Ask("text"), Ask("figure"))


class ContributionForm(DialoogForm):
    """What was put forward, and whose it was."""

    text = forms.CharField(
        label=_("What was put forward"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        help_text=_("Without names: everyone invited reads this sentence."),
    )
    people = forms.ModelMultipleChoiceField(
        label=_("Who said it"),
        queryset=Invitation.objects.none(),
        required=False,
        widget=TickList,
        help_text=_("Only you see this. Each of them reads what was done with their own words."),
    )
    wishes = forms.ModelMultipleChoiceField(
        label=_("From the answers before the meeting"),
        queryset=Wish.objects.none(),
        required=False,
        widget=TickList,
    )

    def __init__(
        self,
        *args: Any,
        session: DialogueSession,
        contribution: Contribution | None = None,
        may_see_people: bool = False,
        **kwargs: Any,
    ) -> None:
        if contribution is not None:
            kwargs["initial"] = {
                "text": contribution.text,
                "people": list(contribution.people.values_list("pk", flat=True)),
                "wishes": list(contribution.wishes.values_list("pk", flat=True)),
            }
        super().__init__(*args, **kwargs)
        if not may_see_people:
            # who said what, and what people wrote beforehand, is for organisers
            del self.fields["people"], self.fields["wishes"]
            self.helper.layout = Layout(Ask("text"))
            return
        people, wishes = self.fields["people"], self.fields["wishes"]
        people.queryset = session.invitations.open().with_people().order_by("person__sort_key", "pk")  # type: ignore[attr-defined]
        people.label_from_instance = lambda row: row.person.name  # type: ignore[attr-defined]
        wishes.queryset = session.wishes.order_by("pk")  # type: ignore[attr-defined]
        wishes.label_from_instance = lambda row: row.text[:200]  # type: ignore[attr-defined]
        self.helper.layout = Layout(Ask("text"), Ask("people"), Ask("wishes"))


class MergeForm(DialoogForm):
    """Several contributions that say the same, and the sentence that stays."""

    chosen = forms.ModelMultipleChoiceField(
        label=_("Ticked ones say the same: make one of them"),
        queryset=Contribution.objects.none(),
    )
    text = forms.CharField(label=_("The sentence that stays"), max_length=2000, required=False)

    def __init__(self, *args: Any, session: DialogueSession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = session.contributions.all()  # type: ignore[attr-defined]
        # said here because every required field of a form gets the same words
        self.fields["chosen"].error_messages["required"] = _("Choose at least two to merge.")

    def ticked(self) -> list[str]:
        return [str(value) for value in self["chosen"].value() or []]
