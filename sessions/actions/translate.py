"""Translations of what the organiser wrote, one text at a time (decisions.md 27)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User
from sessions.models import DialogueSession, SessionText, Status, TextOwner
from sessions.reading import INTERFACE, source_digest
from sessions.translations import Source


@dataclass(frozen=True)
class Translated:
    """One text as somebody translated it; `seen` is the hash of the source they had before them."""

    source: Source
    text: str
    seen: str


@transaction.atomic
def save_translations(
    *, session: DialogueSession, language: str, texts: Iterable[Translated], by: User
) -> int:
    """Keep these texts in one language and say how many; an emptied one is taken away.

    A source that changed since it was seen makes its translation stale from the start. Refused for a meeting
    that was called off, and for a language we do not have or it was written in.
    """
    if session.status == Status.CANCELLED:
        raise DomainError(_("This meeting is closed and can no longer be changed."))
    if language not in INTERFACE or language == session.language:
        raise DomainError(_("This text is not translated."))
    given = list(texts)
    for each in given:
        text = each.text.strip()
        keep_text(session=session, source=each.source, language=language, text=text, seen=each.seen)
    data = {"language": language, "count": len(given)}
    record("translation_saved", on=session, by=Actor.user(by), workspace=session.workspace, data=data)
    return len(given)


def keep_text(*, session: DialogueSession, source: Source, language: str, text: str, seen: str = "") -> None:
    """Write down one translation, or take it away; part of an action that records it."""
    rows = SessionText.objects.filter(
        session=session, owner=source.owner, key=source.key, field=source.field, language=language
    )
    if not text:
        rows.delete()
    elif not rows.update(text=text, source_digest=seen or source.digest):
        SessionText.objects.create(
            session=session,
            owner=source.owner,
            key=source.key,
            field=source.field,
            language=language,
            text=text,
            source_digest=seen or source.digest,
        )


def follow_typo(*, session: DialogueSession, old: str, new: str) -> None:
    """A typing error in the source was mended and the translation looked at: it stays what it was made of."""
    SessionText.objects.filter(session=session, source_digest=source_digest(old)).update(
        source_digest=source_digest(new)
    )


def forget_texts(*, session: DialogueSession, owner: TextOwner, key: object) -> None:
    """Take away the translations of a row that is taken away."""
    SessionText.objects.filter(session=session, owner=owner, key=str(key)).delete()
