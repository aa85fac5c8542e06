"""Forms of people, organisations and groups. They judge shape and words; the actions judge the world."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.validators import validate_email
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.post import UnusableLettersError, checked_address
from dialoog.kernel.ui.forms import DialoogForm, DialoogModelForm, PillSelect
from dialoog.kernel.ui.layout import Ask, Asked, Pair
from dialoog.kernel.workspaces.models import Workspace
from stakeholders.actions.groups import ensure_groups
from stakeholders.languages import LANGUAGES
from stakeholders.models import (
    Basis,
    Channel,
    Cluster,
    Knowledge,
    Mandate,
    Mode,
    Organisation,
    Person,
    StakeholderGroup,
)


def _asked(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [("", _("Not asked yet")), *choices]


def _reachable(address: str) -> None:
    """Says of letters mail servers do not accept that it is these; Django’s check lets some of them pass."""
    try:
        checked_address(address)
    except UnusableLettersError as error:
        raise forms.ValidationError(str(error)) from None
    except DomainError:
        raise forms.ValidationError(validate_email.message) from None


class _OneModelForm(DialoogModelForm):
    """A form of a model whose rules the action judges, so that each refusal lands at its own field."""

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data


class PersonForm(_OneModelForm):
    """Everything that may be known of somebody. Organisation and intermediary are typed, not picked."""

    organisation_name = forms.CharField(
        label=_("Organisation"),
        max_length=160,
        required=False,
        help_text=_("A new name makes a new organisation."),
    )
    through = forms.CharField(
        label=_("Through whom"),
        max_length=254,
        required=False,
        help_text=_("The name or e-mail address of somebody in your list whom this person trusts."),
    )
    channel = forms.ChoiceField(
        label=_("Reached by"), choices=Channel, widget=PillSelect, initial=Channel.MAIL
    )
    participation_mode = forms.ChoiceField(
        label=_("Takes part"),
        choices=Mode,
        initial=Mode.NAMED,
        widget=PillSelect,
        help_text=_("Without their own name, others only see the group. That holds everywhere."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    mandate = forms.ChoiceField(label=_("May decide"), choices=_asked(Mandate.choices), required=False)
    representation_basis = forms.ChoiceField(
        label=_("On what ground"), choices=_asked(Basis.choices), required=False
    )
    knowledge = forms.ChoiceField(
        label=_("Knows the matter"), choices=_asked(Knowledge.choices), required=False
    )

    class Meta:
        model = Person
        fields = [
            "name",
            "job",
            "group",
            "language",
            "channel",
            "email",
            "phone",
            "street",
            "postcode",
            "city",
            "country",
            "place",
            "participation_mode",
            "neutral_mail",
            "represents",
            "representation_basis",
            "mandate",
            "knowledge",
            "contact_preference",
            "note",
        ]
        labels = {
            "group": _("Speaks for the group"),
            "city": _("Town"),
            "represents": _("Speaks for whom"),
            "place": _("Travels from"),
            "neutral_mail": _("Mails with a neutral subject, so that nobody can tell what it is about"),
        }
        help_texts = {
            "note": _("Write it as if this person reads it: they may ask to."),
            "phone": _("With the country code when abroad."),
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        self.workspace = workspace
        super().__init__(*args, **kwargs)
        groups: forms.ModelChoiceField = self.fields["group"]  # type: ignore[assignment]
        ensure_groups(workspace)
        groups.queryset = StakeholderGroup.objects.for_workspace(workspace).in_use().in_order()
        groups.empty_label = gettext("That of the organisation")
        email = self.fields["email"]
        email.validators = [_reachable if check is validate_email else check for check in email.validators]
        self._keep_language()
        if unusable := self.instance.unusable_sentence:
            email.help_text = f"{unusable} {gettext('Ask for another address, or choose another way.')}"
        if self.instance.pk:
            self.initial["organisation_name"] = str(self.instance.organisation or "")
            through = self.instance.intermediary
            self.initial["through"] = (through.email or through.name) if through else ""
        else:
            self.initial.setdefault("language", workspace.language)
        self.helper.layout = self._layout()
        self.helper.add_input(Submit("save", gettext("Save")))

    def _keep_language(self) -> None:
        """A language that came in by a list stays possible."""
        code = self.instance.language
        field: forms.ChoiceField = self.fields["language"]  # type: ignore[assignment]
        if code and code not in dict(LANGUAGES):
            field.choices = [*LANGUAGES, (code, code)]

    def _layout(self) -> Layout:
        return Layout(
            Asked(gettext("Who is it?"), Pair("name", "job"), Pair("organisation_name", "group"), "language"),
            Asked(
                gettext("How do you reach this person?"),
                "channel",
                Pair("email", "phone"),
                Pair("street", "postcode"),
                Pair("city", "country"),
                "through",
                Pair("contact_preference", "place"),
            ),
            Asked(gettext("What keeps this person safe?"), "participation_mode", "neutral_mail"),
            Asked(
                gettext("For whom does this person speak?"),
                Pair("represents", "representation_basis"),
                Pair("mandate", "knowledge"),
                hint=gettext("You need not know this now: guests are asked in the second mailing."),
            ),
            Ask("note"),
        )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        cleaned["intermediary"] = None
        if cleaned.get("channel") == Channel.INTERMEDIARY:
            cleaned["intermediary"] = self._find_through(cleaned.pop("through", "").strip())
        cleaned.pop("through", None)
        is_without_number = cleaned.get("channel") == Channel.PHONE and not cleaned.get("phone")
        if is_without_number and self.instance.unusable_email and cleaned.get("email"):
            # they stood under telephone only because their address could not be used
            cleaned["channel"] = Channel.MAIL
        elif is_without_number and not self.instance.pk:
            self.add_error("phone", gettext("Give a telephone number, or choose another way."))
        return cleaned

    def _find_through(self, words: str) -> Person | None:
        people = Person.objects.for_workspace(self.workspace).active()
        wanted = {"email__iexact": words} if "@" in words else {"name__iexact": words}
        found = list(people.filter(**wanted)[:2]) if words else []
        if len(found) > 1:
            self.add_error(
                "through", gettext("More than one person has this name. Write the e-mail address.")
            )
        elif not found:
            self.add_error(
                "through", gettext("Nobody in your list has this name or address. Add this person first.")
            )
        return found[0] if len(found) == 1 else None


class OrganisationForm(_OneModelForm):
    """What is known of an organisation."""

    class Meta:
        model = Organisation
        fields = ["name", "group", "place", "country", "note"]
        help_texts = {"note": _("Write it as if this organisation reads it: they may ask to.")}
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, workspace: Workspace, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: forms.ModelChoiceField = self.fields["group"]  # type: ignore[assignment]
        ensure_groups(workspace)
        groups.queryset = StakeholderGroup.objects.for_workspace(workspace).in_use().in_order()
        groups.empty_label = gettext("No group yet")
        self.helper.layout = Layout("name", "group", Pair("place", "country"), "note")
        self.helper.add_input(Submit("save", gettext("Save")))

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class GroupForm(DialoogForm):
    """A group of one's own."""

    name = forms.CharField(label=_("Name of the group"), max_length=80)
    description = forms.CharField(
        label=_("Who belongs to it?"),
        help_text=_("One sentence for your colleagues. Guests do not read it."),
        required=False,
        max_length=300,
    )
    cluster = forms.ChoiceField(
        label=_("In reports it is taken together with"),
        choices=Cluster,
        initial=Cluster.SOCIETY,
        widget=PillSelect,
        help_text=_("So that nobody can be recognised in the figures."),
    )
    at_risk_of_exclusion = forms.BooleanField(
        label=_("Needs extra care to be heard"),
        required=False,
        help_text=_("We then ask what stands in the way: language, cost, safety, time."),
    )

    def __init__(self, *args: Any, group: StakeholderGroup | None = None, **kwargs: Any) -> None:
        if group is not None:
            names = ("name", "description", "cluster", "at_risk_of_exclusion")
            kwargs["initial"] = {name: getattr(group, name) for name in names}
        super().__init__(*args, **kwargs)
        if group is not None and not group.is_own:
            del self.fields["name"]
        words = gettext("Save") if group else gettext("Add the group")
        self.helper.add_input(Submit("save", words))


class LanguagesForm(forms.Form):
    """Several people of the list, and the language they are told in from now on."""

    person = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": _("Tick somebody first.")}
    )
    language = forms.ChoiceField(choices=LANGUAGES)

    def __init__(self, data: QueryDict, *, workspace: Workspace) -> None:
        super().__init__(data)
        people = Person.objects.for_workspace(workspace).filter(erased_at=None)
        found = people.filter(pk__in=[pk for pk in data.getlist("person") if pk.isdecimal() and len(pk) < 16])
        several: forms.TypedMultipleChoiceField = self.fields["person"]  # type: ignore[assignment]
        several.choices = [(pk, pk) for pk in found.values_list("pk", flat=True)]


class SearchForm(forms.Form):
    """Narrows a list. What cannot be understood is left out, never refused."""

    q = forms.CharField(required=False, max_length=200)
    group = forms.CharField(required=False, max_length=20)
    channel = forms.ChoiceField(required=False, choices=[("", ""), *Channel.choices])
    archived = forms.BooleanField(required=False)

    def cleaned(self) -> dict[str, Any]:
        self.is_valid()
        return {"q": "", "group": "", "channel": "", "archived": False, **self.cleaned_data}
