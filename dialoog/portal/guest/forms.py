"""What a guest can say, in forms that carry their person and refuse another's."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dialoog.kernel.ui.forms import DateInput, GuestForm, GuestRadio, GuestTicks
from sessions.models import Answer, Clear, Decline, Invitation, MandateAnswer, Need, RulesAnswer
from sessions.reading import Reading
from stakeholders.models import Channel, Person

KNOWLEDGE = [
    (0, gettext_lazy("It is new to me")),
    (1, gettext_lazy("I know the basics")),
    (2, gettext_lazy("I work with it")),
    (3, gettext_lazy("I know it thoroughly")),
]
NOT_PROVED = gettext_lazy(
    "We could not be sure that this came from this page, so nothing is saved yet. Send it once more."
)


class PersonalForm(GuestForm):
    """Carries whose form it is; never valid with another's page open, or without proof of our own page."""

    mark = "form"

    person = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, owner: Person, refused: bool = False, **kwargs: Any) -> None:
        initial = {"person": owner.pk, **kwargs.pop("initial", {})}
        super().__init__(data, initial=initial, auto_id=f"{self.mark}-%s", **kwargs)
        self.owner, self.refused = owner, refused

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if self.refused:
            raise forms.ValidationError(NOT_PROVED)
        if values.pop("person", None) != self.owner.pk:
            raise forms.ValidationError(
                _("This form is not of %(name)s, so nothing is saved. Open your own link first.")
                % {"name": self.owner.name}
            )
        return values


class MailMe(forms.BooleanField):
    """“Mail me the answer”: for the guest to tick, never ticked beforehand; not there without mail."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("Mail me the answer"), required=False)

    def suit(self, form: GuestForm, owner: Person) -> None:
        """Take it out of the form of somebody whom no mail reaches."""
        holder = owner.link_owner()
        if holder.channel != Channel.MAIL or not holder.email:
            del form.fields["mail_me"]


class ReceiptForm(PersonalForm):
    """Is it clear? Words without a tick are a question too."""

    mark = "receipt"

    clear = forms.ChoiceField(
        label=gettext_lazy("Is this clear?"),
        choices=Clear.choices,
        required=False,
        widget=GuestRadio(side=True),
    )
    question = forms.CharField(
        label=gettext_lazy("Your question"), required=False, widget=forms.Textarea({"rows": 3})
    )
    mail_me = MailMe()

    def __init__(self, data: Any = None, *, reading: Reading, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["mail_me"].suit(self, self.owner)  # type: ignore[attr-defined]
        self.readers["question"] = read_by(reading)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("question", "").strip():
            values["clear"] = Clear.QUESTION
        return values


class AnswerForm(ReceiptForm):
    """Will you be there? Nothing is chosen beforehand, and only the first question has to be answered."""

    mark = "answer"

    answer = forms.ChoiceField(
        label=gettext_lazy("Will you be there?"),
        choices=Answer.choices,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=gettext_lazy("Which part, or online?"),
        required=False,
        max_length=2000,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    know_on = forms.DateField(label=gettext_lazy("I will know before"), required=False, widget=DateInput())
    decline_reasons = forms.MultipleChoiceField(
        label=gettext_lazy("You may say why. You do not have to."),
        choices=Decline.choices,
        required=False,
        widget=GuestTicks,
    )
    deputy_name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    dates_ok = forms.MultipleChoiceField(
        label=gettext_lazy("Which dates suit you?"), required=False, widget=GuestTicks
    )

    def __init__(
        self, data: Any = None, *, reading: Reading, dates: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(data, reading=reading, **kwargs)
        offered = Answer.offered(has_online_choice=reading.has_online_choice)
        self.fields["answer"].choices = offered  # type: ignore[attr-defined]
        if not reading.has_online_choice:
            self.fields["note"].label = _("Which part?")
        self.fields["dates_ok"].choices = dates  # type: ignore[attr-defined]
        self.has_dates = bool(dates)
        self.readers["note"] = self.readers["deputy_name"] = self.readers["question"]


class WishesForm(PersonalForm):
    """The two questions that can wait."""

    mark = "wishes"

    agenda = forms.CharField(
        label=gettext_lazy("1. What must be on the programme?"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    last_time = forms.CharField(
        label=gettext_lazy("2. What must we know of last time?"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    without_name = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, reading: Reading, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.readers["agenda"] = (
            read_by(reading) + " " + _("The programme only says how many people asked for it.")
        )
        self.readers["last_time"] = read_by(reading) + " " + _("We do not pass it on.")
        self.fields["without_name"].label = _(
            "Do not put my name to this. Then %(name)s cannot give you a personal answer."
        ) % {"name": reading.contact_first}


class PreparationForm(PersonalForm):
    """What we ask before the day; what does not apply at this meeting is not asked."""

    mark = "before"

    rules_answer = forms.ChoiceField(
        label=gettext_lazy("Rules of conduct"),
        choices=RulesAnswer.choices,
        required=False,
        widget=GuestRadio(side=True),
    )
    rules_note = forms.CharField(
        label=gettext_lazy("What would you change?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    mandate = forms.ChoiceField(
        label=gettext_lazy("May you decide this for your organisation?"),
        choices=MandateAnswer.choices,
        required=False,
        widget=GuestRadio,
    )
    knowledge = forms.TypedChoiceField(
        label=gettext_lazy("How much do you know about this subject?"),
        choices=KNOWLEDGE,
        coerce=int,
        empty_value=None,
        required=False,
        widget=GuestRadio,
    )
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What do you need to take part well?"),
        choices=Need.choices,
        required=False,
        widget=GuestTicks,
    )
    needs_note = forms.CharField(label=gettext_lazy("Something else"), required=False, max_length=500)

    def __init__(self, data: Any = None, *, reading: Reading, decides: bool, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if not reading.conduct:
            del self.fields["rules_answer"], self.fields["rules_note"]
        if not decides:
            del self.fields["mandate"]
        numbered = [name for name in self.fields if name not in {"person", "rules_note", "needs_note"}]
        for number, name in enumerate(numbered, start=1):
            self.fields[name].label = f"{number}. {self.fields[name].label}"
        # somebody who needs nothing ticks nothing: that question is done with the others
        asked = [name for name in numbered if name != "needs"]
        still_open = [name for name in asked if self.initial.get(name) in {None, ""}]
        self.open_questions = len(numbered) if still_open == asked else len(still_open)
        self.readers["rules_note"] = read_by(reading)

    @classmethod
    def from_invitation(cls, invitation: Invitation) -> dict[str, Any]:
        names = ("rules_answer", "rules_note", "mandate", "knowledge", "needs", "needs_note")
        return {name: getattr(invitation, name) for name in names}


class QuestionForm(PersonalForm):
    mark = "ask"

    question = forms.CharField(
        label=gettext_lazy("Your question"),
        widget=forms.Textarea({"rows": 3}),
    )
    mail_me = MailMe()

    def __init__(self, data: Any = None, *, reading: Reading, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["mail_me"].suit(self, self.owner)  # type: ignore[attr-defined]
        self.readers["question"] = read_by(reading)


class CallForm(PersonalForm):
    mark = "call"

    number = forms.CharField(
        label=gettext_lazy("Your telephone number"),
        max_length=40,
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, data: Any = None, *, reading: Reading, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.readers["number"] = read_by(reading)


class TapForm(PersonalForm):
    """One tap: the answer of somebody, passed on."""

    answer = forms.ChoiceField(choices=[(a, a.label) for a in (Answer.YES, Answer.LATER, Answer.NO)])


class AskForOtherForm(GuestForm):
    """A question of one of the people reached through somebody."""

    person = forms.ChoiceField(
        label=gettext_lazy("Does somebody have a question?"),
        widget=forms.RadioSelect,
    )
    question = forms.CharField(
        label=gettext_lazy("The question"),
        widget=forms.Textarea({"rows": 3}),
    )
    mail_me = MailMe()

    def __init__(
        self,
        data: Any = None,
        *,
        owner: Person,
        people: list[tuple[str, str]],
        reading: Reading,
        refused: bool = False,
    ) -> None:
        super().__init__(data, auto_id="ask-%s")
        self.fields["mail_me"].suit(self, owner)  # type: ignore[attr-defined]
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.refused = refused
        self.readers["question"] = read_by(reading) + " " + _("Please write no names.")

    def clean(self) -> dict[str, Any]:
        if self.refused:
            raise forms.ValidationError(NOT_PROVED)
        return self.cleaned_data


class ProofForm(forms.Form):
    """For a button without a person, such as “Forget this phone”: only proves that our own page sent it."""

    def __init__(self, data: Any = None, *, refused: bool = False) -> None:
        super().__init__(data)
        self.refused = refused

    def is_valid(self) -> bool:
        return super().is_valid() and not self.refused


class LostForm(GuestForm):
    """Where to send a new link."""

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "invalid": gettext_lazy("This is not an e-mail address. An example: name@example.org."),
        },
    )

    def __init__(self, data: Any = None, *, refused: bool = False) -> None:
        super().__init__(data)
        self.refused = refused

    def clean(self) -> dict[str, Any]:
        if self.refused:
            raise forms.ValidationError(NOT_PROVED)
        return self.cleaned_data


def read_by(reading: Reading) -> str:
    """“Read by Eva and Tim.”"""
    # in English both are one sentence; in Dutch the verb follows the number
    sentence = ngettext("Read by %(names)s.", "Read by %(names)s.", reading.reader_count)
    return sentence % {"names": reading.readers}
