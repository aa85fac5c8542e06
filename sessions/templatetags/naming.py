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
    """The words, with the name that has no translation marked with its language."""
    text = conditional_escape(str(words))
    if not isinstance(words, Words) or not words.name:
        return text
    name = conditional_escape(words.name)
    return mark_safe(text.replace(name, format_html('<bdi lang="{}">{}</bdi>', words.name_lang, words.name)))
