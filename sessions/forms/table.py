"""Screen 5: per group why it is there and what we ask; distance and history once."""

from dataclasses import dataclass
from typing import Any

from crispy_forms.layout import Div, Layout
from django import forms
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialoog.kernel.ui.forms import DialoogForm, PillSelect, StarterTextarea
from dialoog.kernel.ui.layout import Ask
from sessions import wording
from sessions.models import DialogueSession, History, Influence, SessionGroup
from sessions.reading import interface_language
from sessions.table_texts import ASK, WHY, example, shared

# the fields of a group end in its id, those of all groups in this
ALL = "all"
FIELDS = {WHY: "why_{}", ASK: "ask_{}"}
LEVEL = "level_{}"
STARTERS = {WHY: gettext_lazy("You are asked because …"), ASK: gettext_lazy("We ask you to …")}
SENTENCES = {WHY: wording.why_sentence, ASK: wording.ask_sentence}
LABELS = {WHY: gettext_lazy("Why you"), ASK: gettext_lazy("What we ask of you")}


@dataclass(frozen=True)
class Said:
    """One of the two sentences as the group reads it; "" where nothing stands yet."""

    label: str
    sentence: str
    # the words it begins with, and the fields it is made of, the first that is filled in
    beginning: str
    names: str
    # our words, which nobody has agreed to yet
    is_ours: bool


@dataclass(frozen=True)
class GroupFields:
    """What the screen shows of a group: its sentences as they are read, and the fields behind them."""

    said: list[Said]
    texts: list[forms.BoundField]
    level: forms.BoundField
    # nothing to read, or something to mend
    is_open: bool

    @property
    def is_ours(self) -> bool:
        """Whether nobody wrote either sentence yet."""
        return all(each.is_ours for each in self.said)


class TableForm(DialoogForm):
    """Two sentences per group, in fields named after its id; two for all groups for whoever prefers that.

    Where nothing was written our example stands in the field as a proposal, which is kept when the organiser
    goes on (`texts(agreed=True)`). An empty sentence, and a proposal that was left as it is, give way to the
    one for all groups.
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
        self._common = {name: shared(groups, name) for name in FIELDS}
        # per field the example that stands there because nothing was written
        self._proposals: dict[str, str] = {}
        for name, field in FIELDS.items() if self.has_common else ():
            self.fields[field.format(ALL)] = _starter(name, self._common[name])
        for row in groups:
            self._add_texts(row)
            self.fields[LEVEL.format(row.group_id)] = forms.ChoiceField(
                label=_("Influence of this group"),
                choices=[("", _("As for everybody")), *levels],
                required=False,
                initial=row.influence,
                widget=forms.Select(attrs={"class": "slim"}),
            )
        self.helper.layout = Layout(Ask("history"), Div("history_note", data_when="history=yes"))

    def _add_texts(self, row: SessionGroup) -> None:
        examples = dict(zip(FIELDS, example(row.group.key, self.session.language), strict=True))
        for name, field in FIELDS.items():
            own, common, key = getattr(row, name).strip(), self._common[name], field.format(row.group_id)
            if not own and not common and examples[name]:
                self._proposals[key] = examples[name]
            initial = "" if own == common else own
            attrs = {"placeholder": _as_for_all(common)} if common else None
            self.fields[key] = _starter(name, initial or self._proposals.get(key, ""), attrs=attrs)

    @property
    def common(self) -> list[forms.BoundField]:
        """The two sentences for all groups; none when there is only one group."""
        return [self[field.format(ALL)] for field in FIELDS.values()] if self.has_common else []

    @property
    def proposes(self) -> bool:
        """Whether a sentence of ours stands where nothing was written."""
        return bool(self._proposals)

    @property
    def says_common(self) -> bool:
        """Whether something is written for all groups."""
        return any(field.value() or field.errors for field in self.common)

    @property
    def of_groups(self) -> dict[int, GroupFields]:
        """What the screen shows, per group id."""
        return {row.group_id: self._of_group(row.group_id) for row in self.groups}

    def _of_group(self, group_id: int) -> GroupFields:
        keys = {name: field.format(group_id) for name, field in FIELDS.items()}
        texts = [self[key] for key in keys.values()]
        level = self[LEVEL.format(group_id)]
        said = [self._said(name, key) for name, key in keys.items()]
        is_open = any(field.errors for field in [*texts, level]) or not all(each.sentence for each in said)
        return GroupFields(said, texts, level, is_open)

    def _said(self, name: str, key: str) -> Said:
        """The sentence in the language of the meeting, as its group reads it."""
        to_all = FIELDS[name].format(ALL)
        names = [key, to_all] if self.has_common else [key]
        text = next(filter(None, (self[each].value() for each in names)), "")
        with translation.override(interface_language(self.session.language)):
            beginning, _space, _dots = str(STARTERS[name]).rpartition(" ")
            sentence = SENTENCES[name](text)
        is_ours = self[key].value() == self._proposals.get(key)
        return Said(str(LABELS[name]), sentence, beginning, "|".join(names), is_ours)

    def texts(self, *, agreed: bool) -> dict[int, dict[str, str]]:
        """Per group id what it reads, for `save_table`; our proposals only when they were `agreed` to."""
        return {row.group_id: self._texts_of(row.group_id, agreed=agreed) for row in self.groups}

    def _texts_of(self, group_id: int, *, agreed: bool) -> dict[str, str]:
        data = self.cleaned_data
        found = {"influence": data[LEVEL.format(group_id)]}
        for name, field in FIELDS.items():
            key, common = field.format(group_id), data.get(field.format(ALL), "")
            said = data[key]
            is_ours = said == self._proposals.get(key)
            found[name] = common if not said or (is_ours and (common or not agreed)) else said
        return found


def _as_for_all(sentence: str) -> str:
    return _("As for all groups: %(sentence)s") % {"sentence": sentence}


def _starter(name: str, initial: str, *, attrs: dict[str, str] | None = None) -> forms.CharField:
    widget = StarterTextarea(attrs, starter=STARTERS[name])
    return forms.CharField(label="", required=False, max_length=600, initial=initial, widget=widget)
