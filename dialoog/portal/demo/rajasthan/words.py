"""Case B: what was written, in English with Dutch for the readers at home."""

from sessions.models import Fallback, Form, Method, TieRule
from stakeholders.models import SeedGroup

TITLE = "Talk about work with sandstone"
PLACE = "Kota and Bundi, Rajasthan"
GOAL = "understood what a day in the yards and quarries is like, and agreed practical steps for next season."
USE = "a joint action plan that we look at every six months. Buyers put their part in how they buy."
NOT_USED_FOR = "drop suppliers who show problems."
OUT_OF_SCOPE = "What is not agreed becomes an open question with a date."
ADOPTER = "Initiatief Steenwijzer"
LAST_TIME = (
    "the training stopped halfway and felt like exposure. Now nothing goes to the press unless both sides "
    "have read it."
)
MEASURES = (
    "Day pay and travel for workers, paid before the talk. Women meet first, with a woman interpreter. "
    "Interpreters at every table."
)
HISTORY = (
    "Exporters and PNK: a training in 2019 stopped halfway and felt like exposure. Agreed: nothing to the "
    "press unless both have read it. Wensink changed its contact person twice in two years."
)
FACILITATOR = "Farah Qureshi, Delhi"
RULES = """Buyers answer questions too, not only ask them.
Interpreters set the pace.
Nobody is asked where they work. No photos, no film, no sound recording.
Nobody is punished for what they say. All four exporters signed this.
What we do not know, we call not known.
You may stop at any time and need not say why."""


GROUPS: dict[str, tuple[str, str]] = {
    SeedGroup.COMPANIES: (
        "you buy this stone and decide what is asked of a yard.",
        "bring how your price is built up and when you pay, and say what you can change.",
    ),
    SeedGroup.SUPPLIERS: (
        "you run the yards and know what can be done there.",
        "open one yard to visitors and show what it costs.",
    ),
    SeedGroup.WORKERS: (
        "you do the work and know what should change first.",
        "tell what a day is like. You need not prove anything and may stop at any time.",
    ),
    SeedGroup.NGOS: ("people trust you.", "bring what you have seen and guard that everybody is safe."),
    SeedGroup.GOVERNMENT: (
        "you know the registration of workers.",
        "tell what registration offers and where it gets stuck.",
    ),
    SeedGroup.LOCAL: (
        "you live where the stone comes from.",
        "tell what the village needs and can do itself.",
    ),
    SeedGroup.KNOWLEDGE: (
        "you know what dust does to people.",
        "say what is known, and what is not.",
    ),
}
UNIONS_NOT_NEEDED = "No union is active in these yards yet; workers are chosen in their villages."
PROCEDURE = {
    "method": Method.OTHER,
    "question": "Which steps do we take together before next season?",
    "electorate": "Four delegations agree: buyers, exporters, workers, and the NGOs with the savings group",
    "own_method": (
        "Each party decides on what it promises itself. The workers talk among themselves first, with their "
        "own interpreter. Nothing about the workplace is agreed unless the workers say yes"
    ),
    "threshold": "A step stands when none of the four delegations has a strong objection",
    "quorum": 8,
    "quorum_groups": 4,
    "fallback": Fallback.NOTHING,
    "tie_rule": TieRule.BOTH,
}

AGENDA: tuple[tuple[int, str, int, str, str, str, str], ...] = (
    (
        1,
        "09:00",
        45,
        Form.PLENARY,
        "Welcome and who is here",
        "Farah Qureshi",
        "Pictures of the rules on the wall.",
    ),
    (1, "", 135, Form.VISIT, "Visit: a yard chosen by exporters", "Rajesh Soni", ""),
    (1, "12:30", 60, Form.INFORMAL, "Meal together", "", ""),
    (1, "", 120, Form.VISIT, "Visit: a quarry chosen by PNK", "Sunita Meena", ""),
    (1, "", 90, Form.VISIT, "Visit: one drawn by lot that morning", "Farah Qureshi", ""),
    (2, "09:30", 30, Form.PLENARY, "Rules, and what each of us hopes for", "Farah Qureshi", ""),
    (2, "", 75, Form.TABLES, "What we saw", "", "Mixed tables, an interpreter at each."),
    (2, "11:30", 90, Form.TABLES, "First: shade, drinking water, toilets", "", "What, where, who pays."),
    (2, "13:00", 60, Form.INFORMAL, "Meal together", "", ""),
    (2, "14:00", 105, Form.TABLES, "Registration, and being paid by bank", "Deepak Verma", ""),
    (2, "16:00", 60, Form.PLENARY, "What buyers change", "Bart Lammers", "Buyers speak, others ask."),
    (3, "09:30", 75, Form.TABLES, "A complaint that is heard", "", "Only if the workers want to."),
    (
        3,
        "11:00",
        75,
        Form.CLOSING,
        "Who does what, and when?",
        "Farah Qureshi",
        "Workers talk among themselves first.",
    ),
    (3, "12:30", 60, Form.INFORMAL, "Meal together", "", ""),
)
ASKED_FOR: dict[str, tuple[str, ...]] = {
    "First: shade, drinking water, toilets": ("Sunita Meena", "Bart Lammers", "Imran Khan"),
    "Registration, and being paid by bank": ("Pooja Agarwal", "Griet Claes"),
    "What buyers change": ("Rajesh Soni",),
    "A complaint that is heard": ("Iris Hoekstra",),
}
WORKER_ASKS = "Will the owner of my yard see that I was there?"
