"""Translations of what the organiser wrote, one text at a time (decisions.md 27)."""

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User
from sessions.content import INTERFACE, TRANSLATABLE
from sessions.models import DialogueSession, SessionText


@transaction.atomic
def save_translation(
    *, session: DialogueSession, field: str, language: str, text: str, source_digest: str, by: User
) -> None:
    """Keep one text in one language; an emptied one is taken away.

    `source_digest` is of the source its writer saw: when that changed meanwhile, the translation is stale
    from the start and says so.
    """
    if session.is_closed:
        raise DomainError(_("This meeting is closed and can no longer be changed."))
    if field not in TRANSLATABLE or language not in INTERFACE or language == session.language:
        raise DomainError(_("This text is not translated."))
    text = text.strip()
    rows = SessionText.objects.filter(session=session, field=field, language=language)
    if not text:
        rows.delete()
    else:
        SessionText.objects.update_or_create(
            session=session,
            field=field,
            language=language,
            defaults={"text": text, "source_digest": source_digest},
        )
    data = {"field": field, "language": language}
    record("translation_saved", on=session, by=Actor.user(by), workspace=session.workspace, data=data)
