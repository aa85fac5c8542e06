"""The statements people answer, by code (domain.md section 5). The set is new and not yet validated."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Item:
    """One statement: as it is asked, and short for beside a bar; `faces` marks the ten with pictures."""

    code: str
    text: Promise
    short: Promise
    faces: bool = False

    @property
    def scale(self) -> str:
        return self.code[:2]


_ITEMS = (
    Item("TR1", _("I knew the goal of the meeting beforehand."), _("I knew the goal")),
    Item(
        "TR2",
        _("I knew beforehand what the outcomes would be used for."),
        _("I knew what the outcomes are for"),
    ),
    Item("TR3", _("It was clear to me what I was asked to contribute."), _("I knew what was asked of me")),
    Item(
        "TR4",
        _("It was clear to me how much influence I had on the decision."),
        _("My influence on the decision was clear"),
        faces=True,
    ),
    Item("TR5", _("I knew beforehand how decisions would be taken."), _("I knew how it would be decided")),
    Item(
        "TR6",
        _("Decisions were taken in the way that had been announced."),
        _("It was decided as announced"),
        faces=True,
    ),
    Item("TR7", _("I received the information in time."), _("The information was in time")),
    Item("TR8", _("I could understand the information."), _("The information was clear")),
    Item(
        "IN1",
        _("The people and groups needed for this subject took part."),
        _("The people who are needed took part"),
        faces=True,
    ),
    Item(
        "IN3",
        _("My contribution counted as much as that of others."),
        _("What I said counted as much as what others said"),
        faces=True,
    ),
    Item("KE2", _("I could follow the conversation well."), _("I could follow the conversation"), faces=True),
    Item("KE4", _("What I know or have experienced was put to use."), _("What I know was used"), faces=True),
    Item(
        "BE3",
        _("I know what happens after this meeting, by whom and when."),
        _("I know what happens next"),
        faces=True,
    ),
    Item("BT2", _("People listened to me attentively."), _("People listened to me"), faces=True),
    Item("KU1", _("The conversation was led with skill."), _("The conversation was led well"), faces=True),
    Item("VE1", _("I felt safe to say what I think."), _("I felt safe to say what I think"), faces=True),
    Item(
        "VE2",
        _("I left things unsaid because I worried about consequences."),
        _("I left things unsaid"),
    ),
)
ITEMS: dict[str, Item] = {item.code: item for item in _ITEMS}
# all statements about transparency and all that also have pictures
ASKED: list[str] = [item.code for item in _ITEMS if item.scale == "TR" or item.faces]
FACES: list[str] = [item.code for item in _ITEMS if item.faces]
REVERSED = frozenset({"VE2"})

SCALES: dict[str, Promise] = {
    "TR": _("Openness"),
    "IN": _("Everyone counts"),
    "KE": _("Knowledge"),
    "BE": _("Reliability"),
    "BT": _("Involvement"),
    "IG": _("Integrity"),
    "KU": _("Skill"),
    "VE": _("Safety"),
}
STEPS: list[tuple[str, Promise]] = [
    ("1", _("fully disagree")),
    ("2", _("disagree")),
    ("3", pgettext_lazy("scale", "in between")),
    ("4", _("agree")),
    ("5", _("fully agree")),
]
DONT_KNOW = ("0", _("I do not know, or it does not apply"))
