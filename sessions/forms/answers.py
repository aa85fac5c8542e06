"""Answers that came by phone, mail or post, who comes in somebody's place, and who joins later."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui import dates
from dialoog.kernel.ui.forms import DateInput, DialoogForm, PillSelect, TickList
from dialoog.kernel.ui.layout import Ask, Asked, Pair, When
from sessions.models import Answer, Decline, DialogueSession, Invitation, Via
from stakeholders.models import Channel, Organisation, Person, StakeholderGroup

_TOLD = [Via.PHONE, Via.MAIL, Via.POST]


class AnswerForm(DialoogForm):
    """What somebody told us; the page keeps who wrote it down and how it came."""

    mark_optional = False

    answer = forms.ChoiceField(label=_("What is the answer?"), choices=Answer.choices, widget=PillSelect)
    know_on = forms.DateField(label=_("Knows it on"), required=False, widget=DateInput)
    deputy_name = forms.CharField(label=_("Who comes instead"), required=False, max_length=120)
    decline_reasons = forms.MultipleChoiceField(
        label=_("Why not, if they said so"), choices=Decline.choices, required=False, widget=TickList
    )
    dates_ok = forms.MultipleChoiceField(label=_("Dates that suit"), required=False, widget=TickList)
    note = forms.CharField(
        label=_("In their words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They see this on their page, as you write it."),
    )
    via = forms.ChoiceField(label=_("How did it reach you?"), widget=PillSelect)

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = Answer.offered(has_online_choice=invitation.session.has_online_choice)
        self.fields["answer"].choices = offered  # type: ignore[attr-defined]
        through = [Via.INTERMEDIARY] if invitation.person.channel == Channel.INTERMEDIARY else []
        via: forms.ChoiceField = self.fields["via"]  # type: ignore[assignment]
        via.choices = [(way.value, way.label) for way in [*_TOLD, *through]]
        options = [
            (str(option.pk), dates.when(option.starts_at, invitation.session.timezone))
            for option in invitation.session.date_options.order_by("starts_at")
        ]
        asked: list[Any] = [
            Ask("answer"),
            When("answer", Answer.LATER, "know_on"),
            When("answer", Answer.DEPUTY, "deputy_name"),
            When("answer", Answer.NO, "decline_reasons"),
        ]
        if options and invitation.session.date_mode == "poll":
            self.fields["dates_ok"].choices = options  # type: ignore[attr-defined]
            asked.append("dates_ok")
        else:
            del self.fields["dates_ok"]
        self.helper.layout = Layout(*asked, Ask("note"), Ask("via"))


class NewPersonForm(DialoogForm):
    """Somebody of the list, or somebody new with a way to reach them."""

    mark_optional = False

    person = forms.ModelChoiceField(
        label=_("From your list"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=_("Somebody new"),
    )
    name = forms.CharField(label=_("Name"), required=False, max_length=120)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40)

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: forms.ModelChoiceField = self.fields["person"]  # type: ignore[assignment]
        people.queryset = not_yet_invited(invitation.session)
        self.fields["name"].initial = invitation.deputy_name
        self.helper.layout = Layout(
            Ask("person"),
            Asked(
                _("Or somebody new"),
                "name",
                Pair("email", "phone"),
                hint=_("We never mail an address a guest wrote down. Ask for it, or look it up."),
            ),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("person") or "person" in self.errors:
            return cleaned
        if not cleaned.get("name"):
            self.add_error("name", _("Choose somebody from your list, or write a name."))
        elif not cleaned.get("email") and not cleaned.get("phone") and "email" not in self.errors:
            self.add_error("email", _("Give an e-mail address or a telephone number."))
        return cleaned

    def new_person(self) -> dict[str, Any]:
        """The fields of somebody new; with only a telephone they are reached by it."""
        fields = {name: self.cleaned_data[name] for name in ("name", "email", "phone")}
        return {**fields, "channel": Channel.MAIL if fields["email"] else Channel.PHONE}


class InviteeForm(NewPersonForm):
    """The same for somebody who was not thought of before; where they come from is asked too."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False, empty_label=_("None")
    )
    group = forms.ModelChoiceField(
        label=_("Speaks for"),
        queryset=StakeholderGroup.objects.none(),
        required=False,
        empty_label=_("The group of the organisation"),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, invitation=invitation, **kwargs)
        workspace = invitation.session.workspace
        organisations: forms.ModelChoiceField = self.fields["organisation"]  # type: ignore[assignment]
        organisations.queryset = workspace.organisations.in_order()
        groups: forms.ModelChoiceField = self.fields["group"]  # type: ignore[assignment]
        groups.queryset = workspace.stakeholder_groups.in_use().in_order()
        self.helper.layout = Layout(
            Ask("person"),
            Asked(_("Or somebody new"), "name", Pair("email", "phone"), Pair("organisation", "group")),
        )

    def new_person(self) -> dict[str, Any]:
        chosen = {name: self.cleaned_data[name] for name in ("organisation", "group")}
        return {**super().new_person(), **chosen}


class WithdrawForm(DialoogForm):
    """Whether they get a mail about it, and why."""

    mark_optional = False

    tell = forms.BooleanField(label=_("Send them a mail about it"), required=False)
    reason = forms.CharField(
        label=_("Why"), required=False, max_length=300, help_text=_("They read this in the mail.")
    )


def not_yet_invited(session: DialogueSession) -> QuerySet[Person]:
    """Active people of the workspace whom nobody asked to this session."""
    invited = session.invitations.open().values("person_id")
    people = Person.objects.for_workspace(session.workspace).active()
    return people.exclude(pk__in=invited).in_order()
