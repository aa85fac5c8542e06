"""The four lines of the mail that reports back, from what its reader is told (journeys.md, part c)."""

import re
from functools import cache

from babel import Locale
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from feedback.reading import Input, Reading
from sessions import wording
from sessions.reading import INTERFACE, language_name

_WORD = re.compile(r"[\w’'-]+")
# a word that does not begin a sentence
_INSIDE = re.compile(r"(?<=[^\W\d_,;)] )[\w’'-]+|(?<=[,;)] )[\w’'-]+")


def input_line(reading: Reading, *, is_protected: bool) -> str:
    """The second line of the mail: your input and what was done with it. In the active language."""
    if is_protected:
        # a mail can be read over a shoulder; what somebody said must not be in it (journeys.md, rule 13)
        return _("your answer is on your page.")
    if not reading.own and not reading.inputs:
        return _("we know of nothing you told us that still needs an answer. Is that not right? Tell us.")
    if not reading.own:
        return ngettext(
            "we answered %(count)d contribution. You read it on your page.",
            "we answered %(count)d contributions. You read them on your page.",
            len(reading.inputs),
        ) % {"count": len(reading.inputs)}
    shown = reading.own[:3]
    line = " ".join(_told(each) for each in shown)
    lang = next((each.reason.lang for each in shown if each in reading.own_wishes and each.reason.lang), "")
    if lang:
        line += " " + _("We wrote that answer in %(language)s.") % {"language": language_name(lang)}
    return line


def kept_line(reading: Reading) -> str:
    """The third line of the mail: what was promised and done."""
    sentences: list[str] = []
    for kept in reading.kept:
        # after “Promised and done:” the first goes on in the same sentence
        label = kept.label if sentences else _inside(kept.label, set())
        sentence = f"{label}: {_inside(kept.word, set())}."
        sentences.append(f"{sentence} {kept.note}" if kept.kind != "ok" and kept.note else sentence)
    return " ".join(sentences)


def now_line(reading: Reading) -> str:
    """The fourth line: who does what by when, and until when something can be put right."""
    parts = [
        _("Promised by %(who)s: “%(what)s”, by %(day)s.")
        % {"who": pledge.owner, "what": str(pledge.text).rstrip("."), "day": dates.day_month(pledge.due_on)}
        for pledge in reading.running[:2]
    ]
    if len(reading.running) > 2:
        parts.append(_("The others are on your page."))
    if reading.corrections_by:
        parts.append(
            _("Is something not right? Answer before %(day)s.")
            % {"day": dates.day_month(reading.corrections_by)}
        )
    return " ".join(parts)


def decided_line(reading: Reading) -> str:
    """Under the headline of the mail: the decisions in one sentence, and what was done with them."""
    names = [str(row.text).rstrip(".") for row in reading.decided_items]
    if names:
        known = _names_in(reading)
        names = [names[0], *(_inside(name, known) for name in names[1:])]
    listed = wording.full_stop(wording.joined(names)) if names else ""
    return " ".join(part for part in (listed, str(reading.adoption)) if part)


def _names_in(reading: Reading) -> set[str]:
    """Words that keep their capital letter where no sentence begins: names, as far as this report shows."""
    names = [reading.organisation, reading.contact_name, *(pledge.owner for pledge in reading.pledges)]
    texts = [str(row.text) for row in reading.decided_items]
    texts += [str(text) for _kind, others in reading.other_items for text in others]
    texts += [str(text) for each in reading.inputs for text in (each.text, each.reason)]
    texts += [str(text) for text in (reading.title, reading.decided, reading.adoption)]
    texts += [str(pledge.text) for pledge in reading.pledges]
    found = set(_places())
    found |= {word for name in names for word in _WORD.findall(name) if word not in wording.ARTICLES}
    for text in texts:
        found |= {word for word in _INSIDE.findall(text) if word[0].isupper()}
    return found


@cache
def _places() -> frozenset[str]:
    """Countries and languages of one word, in the languages we speak."""
    locales = [Locale.parse(code) for code in INTERFACE]
    names = [
        name
        for locale in locales
        for each in (locale.territories, locale.languages)
        for name in each.values()
    ]
    return frozenset(name for name in names if " " not in name)


def _inside(text: str, known: set[str]) -> str:
    """A line of a list as it stands inside a sentence: its first letter small, unless of a name."""
    words = _WORD.findall(text)
    is_name = not words or words[0] in known or not words[0].istitle()
    # two capital letters in a row are a name too: “Fair Wear”
    if is_name or (len(words) > 1 and words[1][0].isupper()):
        return text
    return text[:1].lower() + text[1:]


def _told(each: Input) -> str:
    if each.told:
        return each.told
    quoted = _("“%(text)s”") % {"text": Truncator(str(each.text).rstrip(".")).chars(90)}
    done = {
        "ok": _("%(input)s was adopted."),
        "half": _("%(input)s was partly adopted."),
        "no": _("%(input)s was not adopted."),
        "study": _("%(input)s we are finding out."),
        "later": _("%(input)s has no answer yet."),
    }[each.kind] % {"input": quoted}
    return " ".join(part for part in (done, str(each.reason), each.hear) if part)
