"""Screen 5: per group why it is there and what we ask; distance and history once."""

from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialoog.kernel.ui.forms import DialoogForm, PillSelect, StarterTextarea
from dialoog.kernel.ui.layout import Ask
from sessions import wording
from sessions.models import DialogueSession, History, Influence, SessionGroup
from sessions.table_texts import ASK, WHY, example, shared

# the fields of a group end in its id, those of all groups in this
ALL = "all"
FIELDS = {WHY: "why_{}", ASK: "ask_{}"}
LEVEL = "level_{}"
STARTERS = {WHY: gettext_lazy("You are asked because …"), ASK: gettext_lazy("We ask you to …")}


class TableForm(DialoogForm):
    """Two sentences for all groups, and per group those that differ, in fields named after its id.

    An empty sentence of a group means the one for all.
    """

    mark_optional = False
    version = forms.IntegerField(widget=forms.HiddenInput)
    travel_paid = forms.BooleanField(label=gettext_lazy("We pay for travel"), required=False)
    measures = forms.CharField(
        label=gettext_lazy("What else do we do about distance?"),
        help_text=gettext_lazy(
            "Everybody reads this in the invitation. For example: a talk in Zwolle the week before."
        ),
        required=False,
        max_length=300,
    )
    history = forms.ChoiceField(
        label=gettext_lazy("Has something happened between the people invited that we should know?"),
        help_text=gettext_lazy("Asked once per meeting. Only you and your colleagues read this."),
        choices=History.choices,
        required=False,
        widget=PillSelect,
    )
    history_note = forms.CharField(
        label=gettext_lazy("What happened"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=3000,
    )

    def __init__(
        self, *args: Any, session: DialogueSession, groups: list[SessionGroup], **kwargs: Any
    ) -> None:
        self.session, self.groups = session, groups
        self.has_common = len(groups) > 1
        super().__init__(*args, **kwargs)
        who = wording.decider(session)
        levels = [(str(level), wording.influence_sentence(level, who)) for level in Influence]
        common = {name: shared(groups, name) for name in FIELDS}
        for name, field in FIELDS.items() if self.has_common else ():
            self.fields[field.format(ALL)] = _starter(name, common[name])
        for row in groups:
            examples = dict(zip(FIELDS, example(row.group.key, session.language), strict=True))
            for name, field in FIELDS.items():
                own = getattr(row, name)
                is_common = bool(own) and own.strip() == common[name]
                self.fields[field.format(row.group_id)] = _starter(
                    name, "" if is_common else own, attrs=self._grey(field, common[name], examples[name])
                )
            self.fields[LEVEL.format(row.group_id)] = forms.ChoiceField(
                label=_("Influence of this group"),
                choices=[("", _("As for everybody")), *levels],
                required=False,
                initial=row.influence,
                widget=forms.Select(attrs={"class": "slim"}),
            )
        self.helper.layout = Layout(Ask("history"), Div("history_note", data_when="history=yes"))

    @property
    def common(self) -> list[forms.BoundField]:
        """The two sentences for all groups; none when there is only one group."""
        return [self[field.format(ALL)] for field in FIELDS.values()] if self.has_common else []

    @property
    def of_groups(self) -> dict[int, dict[str, Any]]:
        """Per group id its two sentences and its influence, as fields of this form."""
        return {
            row.group_id: {
                "texts": [self[field.format(row.group_id)] for field in FIELDS.values()],
                "level": self[LEVEL.format(row.group_id)],
            }
            for row in self.groups
        }

    def _grey(self, field: str, common: str, ready: str) -> dict[str, str]:
        """What stands in grey in an empty field: the sentence for all as it is being typed, or an example."""
        as_all = _("As for all groups: %(sentence)s")
        hint = _("For example: %(sentence)s") % {"sentence": ready} if ready else ""
        return {
            "placeholder": as_all % {"sentence": common} if common else hint,
            "data-follows": field.format(ALL) if self.has_common else "",
            "data-followed": as_all % {"sentence": "{}"},
            "data-otherwise": hint,
        }

    @property
    def has_room_for_examples(self) -> bool:
        """Whether an example would stand where nothing else does."""
        return self.texts() != self.texts(with_examples=True)

    def texts(self, *, with_examples: bool = False) -> dict[int, dict[str, str]]:
        """Per group id what it reads, for `save_table`; the examples only where nothing stands otherwise."""
        return {row.group_id: self._texts_of(row, with_examples=with_examples) for row in self.groups}

    def _texts_of(self, row: SessionGroup, *, with_examples: bool) -> dict[str, str]:
        data = self.cleaned_data
        examples = example(row.group.key, self.session.language) if with_examples else ("", "")
        found = {"influence": data[LEVEL.format(row.group_id)]}
        for (name, field), ready in zip(FIELDS.items(), examples, strict=True):
            found[name] = data[field.format(row.group_id)] or data.get(field.format(ALL), "") or ready
        return found


def _starter(name: str, initial: str, *, attrs: dict[str, str] | None = None) -> forms.CharField:
    widget = StarterTextarea(attrs, starter=STARTERS[name])
    return forms.CharField(label="", required=False, max_length=600, initial=initial, widget=widget)
