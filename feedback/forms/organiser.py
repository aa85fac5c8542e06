"""Forms of organisers' pages: whom people may talk to, the groups for results, the report."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from crispy_forms.layout import Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialoog.kernel.ui.forms import DateInput, DialoogForm, PillSelect, StarterTextarea, TickList
from dialoog.kernel.ui.layout import Ask, Pair
from feedback.actions.questionnaire import proposed_clusters
from feedback.models import AsAnnounced, Questionnaire, Remark, Report
from sessions.models import Contribution, Decides, DialogueSession, Response
from stakeholders.models import StakeholderGroup

MOST_CLUSTERS = 4


class QuestionnaireForm(DialoogForm):
    """Whom people may talk to instead, and which groups are taken together."""

    talk_to = forms.CharField(
        label=gettext_lazy("Whom may people talk to instead?"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Best somebody outside your own organisation."),
    )
    talk_to_phone = forms.CharField(label=gettext_lazy("Telephone"), required=False, max_length=40)
    talk_to_why = forms.CharField(
        label=gettext_lazy("Who that is"),
        required=False,
        max_length=160,
        help_text=gettext_lazy("For example: she led a table and does not work for us."),
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        names = ("talk_to", "talk_to_phone", "talk_to_why")
        super().__init__(*args, initial={name: getattr(questionnaire, name) for name in names}, **kwargs)
        self.questionnaire = questionnaire
        self.groups = self._groups() if not questionnaire.is_opened else []
        choices = [(str(n), _("Group %(letter)s") % {"letter": "ABCD"[n]}) for n in range(MOST_CLUSTERS)]
        for group, place in self.groups:
            self.fields[f"g{group.pk}"] = forms.ChoiceField(
                label=group.label, choices=choices, initial=str(place), required=False
            )
        self.helper.layout = Layout(
            Ask("talk_to"),
            Pair("talk_to_phone", "talk_to_why"),
            *(f"g{group.pk}" for group, _place in self.groups),
        )

    def clusters(self) -> list[tuple[str, list[int]]] | None:
        """The groups taken together, or None when that is fixed."""
        if not self.groups:
            return None
        chosen: dict[str, list[int]] = {}
        for group, place in self.groups:
            chosen.setdefault(self.cleaned_data.get(f"g{group.pk}") or str(place), []).append(group.pk)
        return [("", chosen[key]) for key in sorted(chosen)]

    def _groups(self) -> list[tuple[StakeholderGroup, int]]:
        session = self.questionnaire.session
        saved = session.groups.exclude(cluster=None).select_related("group", "cluster").order_by("position")
        if saved:
            return [(row.group, min(row.cluster.position, MOST_CLUSTERS - 1)) for row in saved if row.cluster]
        proposed = proposed_clusters(session)
        places = {pk: place for place, (_name, ids) in enumerate(proposed) for pk in ids}
        groups = StakeholderGroup.objects.filter(pk__in=places).in_order()
        return [(group, min(places[group.pk], MOST_CLUSTERS - 1)) for group in groups]


class ReportForm(DialoogForm):
    """The report being written: what was decided, an answer to each contribution, what was kept, quotes."""

    decided = forms.CharField(
        label=gettext_lazy("What was decided"),
        required=False,
        max_length=1000,
        widget=StarterTextarea({"dir": "auto"}, starter=gettext_lazy("Decided:"), short=True),
    )
    adoption = forms.CharField(
        label=gettext_lazy("What was done with it, and why"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    as_announced = forms.ChoiceField(
        label=gettext_lazy("Was it decided as told beforehand?"),
        choices=AsAnnounced.choices,
        required=False,
        widget=PillSelect(slim=True),
    )
    as_announced_note = forms.CharField(
        label=gettext_lazy("How it went"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    names_kept = forms.TypedChoiceField(
        label=gettext_lazy("No names with what was said: was that kept?"),
        choices=[
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No")),
            ("", gettext_lazy("Not promised")),
        ],
        coerce={"yes": True, "no": False}.get,
        empty_value=None,
        required=False,
        widget=PillSelect(slim=True),
    )
    missing = forms.CharField(
        label=gettext_lazy("Who was missing, and what you learn from it"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    late_reason = forms.CharField(
        label=gettext_lazy("Why this report is late"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
        help_text=gettext_lazy("The mail then begins with “we are sorry” and this reason."),
    )
    changed = forms.CharField(
        label=gettext_lazy("What changed since the last version"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )
    next_news_on = forms.DateField(
        label=gettext_lazy("When do people hear how the commitments stand?"), required=False, widget=DateInput
    )
    quotes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("In people's own words"),
        queryset=Remark.objects.none(),
        required=False,
        widget=TickList,
        help_text=gettext_lazy(
            "Only what may be quoted. Leave out what tells who wrote it, such as a job or an event."
        ),
    )

    def __init__(
        self, *args: Any, report: Report, contributions: Sequence[Contribution], is_late: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.report, self.contributions = report, contributions
        session = report.session
        for row in contributions:
            self.fields[f"response_{row.pk}"] = forms.ChoiceField(
                label=_("What happened with it?"),
                choices=Response.choices,
                required=False,
                initial=row.response,
                widget=PillSelect(slim=True),
            )
            self.fields[f"reason_{row.pk}"] = forms.CharField(
                label=_("Why, or how"),
                required=False,
                max_length=2000,
                initial=row.reason,
                widget=forms.Textarea({"rows": 1, "dir": "auto"}),
            )
            self.fields[f"on_{row.pk}"] = forms.DateField(
                label=_("People hear it by"), required=False, initial=row.answer_on, widget=DateInput
            )
        if not is_late:
            del self.fields["late_reason"]
        if report.version == 1:
            del self.fields["changed"]
        if session.decides == Decides.NO:
            del self.fields["as_announced"], self.fields["as_announced_note"]
        self._offer_quotes(session)

    def answer_rows(self) -> list[tuple[Contribution, forms.BoundField, forms.BoundField, forms.BoundField]]:
        return [
            (row, self[f"response_{row.pk}"], self[f"reason_{row.pk}"], self[f"on_{row.pk}"])
            for row in self.contributions
        ]

    def responses(self) -> dict[int, tuple[str, str, Any]]:
        values = self.cleaned_data
        return {
            row.pk: (values[f"response_{row.pk}"], values[f"reason_{row.pk}"], values[f"on_{row.pk}"])
            for row in self.contributions
        }

    def _offer_quotes(self, session: DialogueSession) -> None:
        remarks = Remark.objects.filter(
            questionnaire__session=session, questionnaire__counted_at__isnull=False, may_quote=True
        ).order_by("pk")
        if not remarks:
            del self.fields["quotes"]
            return
        field = self.fields["quotes"]
        field.queryset = remarks  # type: ignore[attr-defined]
        field.label_from_instance = lambda remark: remark.text  # type: ignore[attr-defined]
        field.initial = list(remarks.filter(state="quoted").values_list("pk", flat=True))


class SendForm(DialoogForm):
    """When the report goes out."""

    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[("planned", gettext_lazy("On a day I choose, at nine")), ("now", gettext_lazy("Now"))],
        widget=PillSelect,
    )
    day = forms.DateField(label=gettext_lazy("Day"), required=False, widget=DateInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("when") == "planned" and not values.get("day"):
            self.add_error("day", _("Choose a day."))
        return values

    def moment(self, zone: str) -> datetime | None:
        """When it goes; None is now."""
        if self.cleaned_data["when"] == "now":
            return None
        return datetime.combine(self.cleaned_data["day"], time(9), ZoneInfo(zone))


class CorrectionAnswerForm(DialoogForm):
    """What was done with something that was not right."""

    answer = forms.CharField(
        label=gettext_lazy("Your answer"), max_length=2000, widget=forms.Textarea({"rows": 2, "dir": "auto"})
    )
