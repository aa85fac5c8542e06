"""Invented forms for the style guide and its tests: each widget once."""

from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.ui import figures
from dialoog.kernel.ui.forms import (
    Card,
    CardSelect,
    DialoogForm,
    FilePick,
    GuestForm,
    GuestLikert,
    GuestRadio,
    GuestTicks,
    PillSelect,
    StarterTextarea,
    TickList,
    cards,
)
from dialoog.kernel.ui.layout import Ask, Asked, Pair

SENTENCES = {
    "inform": "You hear what was decided and why. This conversation does not change the decision.",
    "consult": "You give your view. The board decides and tells you what it did with it.",
    "involve": "Your concerns are visible in the choices. If the board departs from them, you read why.",
    "collaborate": "You make the list with us. The board adopts it or sets out on paper why not.",
    "empower": "You decide. The board carries out the decision.",
}
FIGURES = {level: figures.influence_pair(level) for level in figures.LEVELS}


class SampleForm(DialoogForm):
    title = forms.CharField(
        label="The meeting is called", help_text="This becomes the title.", max_length=120
    )
    starts_on = forms.DateField(label="Date")
    starts_at = forms.TimeField(label="Time", required=False)
    group = forms.ChoiceField(label="Group", choices=[("a", "Companies"), ("b", "Unions")])
    place = forms.ChoiceField(
        label="Where?", choices=[("x", "At a place"), ("o", "Online")], widget=PillSelect
    )
    needs = forms.MultipleChoiceField(
        label="Who only advises?",
        choices=[("g", "Government"), ("k", "Knowledge institutes")],
        widget=TickList,
        required=False,
    )
    people = forms.FileField(label="Your list", widget=FilePick(accept=".xlsx,.csv"), required=False)
    agreed = forms.BooleanField(label="Travel costs are paid", required=False)

    later = ("starts_at",)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Ask("title"),
            Asked("When?", Pair("starts_on", "starts_at"), hint="You may leave the time open."),
            "group",
            Ask("place"),
            "needs",
            "people",
            "agreed",
            Submit("save", _("Save")),
        )


class SampleScreenForm(DialoogForm):
    goal = forms.CharField(
        label="Goal",
        widget=StarterTextarea(starter="At the end we have together …"),
        initial="agreed on a list.",
    )
    used_for = forms.CharField(
        label="", widget=StarterTextarea(starter="We use the outcome for …", short=True)
    )
    not_for = forms.CharField(
        label="", required=False, widget=StarterTextarea(starter="and not to …", short=True)
    )
    influence = forms.ChoiceField(
        label="How much influence do people have?",
        help_text="Choose the sentence you can keep. This is how they read it.",
        choices=cards(SENTENCES.items(), drawn=FIGURES),
        widget=CardSelect(say=True),
        initial="collaborate",
    )
    decides = forms.ChoiceField(
        label="Is anything decided that day?",
        choices=[
            ("no", Card("No", "We listen and talk. There is no vote.")),
            ("advice", Card("Advice", "The group says together what it thinks. Somebody else decides.")),
            ("yes", Card("Yes", "What the group decides, counts.")),
        ],
        widget=CardSelect(columns=True),
    )
    report_on = forms.DateField(label="You hear from us before", help_text="Two weeks after the meeting.")
    room = forms.ChoiceField(
        label="What stays in the room?",
        choices=[
            ("who", "Outside the room we do not tell who said what."),
            ("open", "Everything is public."),
        ],
        widget=CardSelect,
        required=False,
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(
            Ask("goal"),
            Asked("What happens with the outcome?", Pair("used_for", "not_for")),
            Ask("influence"),
            Ask("decides"),
            Ask("report_on"),
            Ask("room"),
        )


class SampleGuestForm(GuestForm):
    answer = forms.ChoiceField(
        label="Will you be there?",
        choices=[("yes", "Yes"), ("part", "Yes, partly or online"), ("no", "No")],
        widget=GuestRadio,
    )
    clear = forms.ChoiceField(
        label="Is this clear?",
        choices=[("yes", "Yes"), ("q", "I have a question")],
        widget=GuestRadio(side=True),
        help_text="You agree to nothing with this.",
    )
    question = forms.CharField(
        label="Your question", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    needs = forms.MultipleChoiceField(
        label="What do you need?",
        choices=[("t", "Travel costs beforehand"), ("i", "An interpreter")],
        widget=GuestTicks,
        required=False,
    )
    steps = [
        ("1", "fully disagree"),
        ("2", "disagree"),
        ("3", "in between"),
        ("4", "agree"),
        ("5", "fully agree"),
    ]
    safe = forms.ChoiceField(
        label="I felt safe to say what I think.",
        choices=[*steps, ("na", "I do not know")],
        widget=GuestLikert,
    )
    follow = forms.ChoiceField(
        label="I could follow the conversation.",
        choices=[*steps, ("na", "I do not know")],
        widget=GuestLikert(faces=True),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.readers = {"question": "Read by: Eva and Tim."}
