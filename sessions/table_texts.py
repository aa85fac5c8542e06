"""The two sentences a group reads: one for all groups, one of its own, or an example to begin with.

What several groups share is not stored twice: the sentence for all is the one that most of them have, so
that an organiser with ten groups writes twice and not twenty times (journeys.md, screen 5).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sessions.models import SessionGroup
from sessions.reading import interface_language
from stakeholders.models import SeedGroup

WHY, ASK = "why_you", "what_we_ask"
# after “You are asked because” and “We ask you to”
EXAMPLES: dict[str, tuple[str | Promise, str | Promise]] = {
    SeedGroup.COMPANIES: (
        _("you buy, sell or make things in this chain, and know what you can change there."),
        _("name the risks you know, and what you need to make them smaller."),
    ),
    SeedGroup.GOVERNMENT: (
        _("you know the rules and the support there is."),
        _("explain what is coming, and what you can and cannot do."),
    ),
    SeedGroup.NGOS: (
        _("you speak with people whom we do not speak."),
        _("tell what you see on the spot, also what is going better."),
    ),
    SeedGroup.UNIONS: (
        _("you speak for people who do the work."),
        _("tell what comes first for workers, and where they can speak for themselves."),
    ),
    SeedGroup.SUPPLIERS: (
        _("you make or grow what is bought here."),
        _("say what you need from buyers to make the risks smaller."),
    ),
    SeedGroup.FINANCE: (
        _("you weigh these risks when you lend or invest."),
        _("tell how you weigh them, and what would help you."),
    ),
    SeedGroup.KNOWLEDGE: (
        _("you know the figures and the research."),
        _("check with us what is right and what is still open."),
    ),
    SeedGroup.CUSTOMERS: (
        _("you know what buyers want to know and what they accept."),
        _("say what buyers would accept, and what they should hear from us."),
    ),
    SeedGroup.WORKERS: (
        _("this is about your work, and you know best how it goes there."),
        _("tell what goes wrong and what must get better, only as far as that is safe for you."),
    ),
    SeedGroup.BRANCH: (
        _("you speak for many companies that have to do with this."),
        _("tell what your members do already, and what they would support."),
    ),
    SeedGroup.LOCAL: (
        _("this is also about your land, your water and your daily life."),
        _("tell what you notice of the work, and what must change."),
    ),
}


def shared(rows: Iterable[SessionGroup], name: str) -> str:
    """The sentence (`WHY` or `ASK`) that most groups have in common; "" when no two have the same."""
    texts = Counter(text for row in rows if (text := getattr(row, name).strip()))
    (text, count), *_rest = texts.most_common(1) or [("", 0)]
    return text if count > 1 else ""


def example(key: str, language: str) -> tuple[str, str]:
    """Why a group that every workspace begins with is asked, and what; "" and "" for any other group."""
    with translation.override(interface_language(language)):
        why, ask = EXAMPLES.get(key, ("", ""))
        return str(why), str(ask)


@cache
def examples_in(written_in: str, language: str) -> Mapping[str, str]:
    """Our sentences for a meeting in `written_in`, each with the one of the same group in `language`."""
    pairs = [zip(example(key, written_in), example(key, language), strict=True) for key in EXAMPLES]
    return MappingProxyType(dict(pair for each in pairs for pair in each))


def is_example(text: str, written_in: str) -> bool:
    """Whether these are our words, which everybody reads in their own language already."""
    return text.strip() in examples_in(written_in, written_in)
