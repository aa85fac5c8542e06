"""A text inside or beside a sentence of ours: a name in another language, one full stop at the end."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from sessions import wording
from sessions.reading import Words

register = template.Library()


@register.filter
def full_stop(text: str) -> str:
    return wording.full_stop(text)


@register.filter
def naming(words: Words | str) -> SafeString:
    """The words; a name in them without translation, and an end in another language, are marked as such."""
    if not isinstance(words, Words):
        return conditional_escape(words)
    text = conditional_escape(words.text.removesuffix(words.tail))
    if words.name:
        text = mark_safe(text.replace(conditional_escape(words.name), _in(words.name_lang, words.name)))
    return mark_safe(text + _in(words.tail_lang, words.tail)) if words.tail else text


def _in(language: str, text: str) -> SafeString:
    return format_html('<bdi lang="{}">{}</bdi>', language, text)
